"""What the transfer test answers: per offence, and for the case as a whole."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qingyuan.domain.decision import Reason, citations_of
from qingyuan.domain.money_ledger import text_of
from qingyuan.domain.transfer_test.lines import LineResult, RegimeResult
from qingyuan.domain.transfer_test.missing import MissingFact
from qingyuan.law.citation import Citation
from qingyuan.law.thresholds import Offence

MET, NEAR, NOT_MET, NEEDS_FACTS = "met", "near", "not_met", "needs_facts"
STATUS_LABELS = {MET: "达到标准", NEAR: "接近标准", NOT_MET: "未达标准", NEEDS_FACTS: "待查事实"}
MUST_TRANSFER = "must_transfer"
ON_SUSPICION = "transfer_on_reasonable_suspicion"
ADMINISTRATIVE = "administrative"


@dataclass(frozen=True)
class OffenceFinding:
    """一个罪名的结论: never a bare yes; every figure stands beside its line and article.

    `status` is met, near, not_met or needs_facts; `chosen` the regime that governs, None when none held on the day
    of the act; `compared` the regimes held against each other; `choice` says why that one. `excluded` gives the
    elements that are established not to be there. `notes` are doubts a person must weigh.
    """

    offence: Offence
    status: str
    chosen: RegimeResult | None
    compared: tuple[RegimeResult, ...]
    choice: Reason
    missing: tuple[MissingFact, ...]
    excluded: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def degree(self) -> int:
        """0 below every line, 1 in the ordinary tier, more above it; 0 as well when an element is not there."""
        return self.chosen.severity[0] if self.chosen and self.status == MET else 0

    @property
    def attempt(self) -> bool:
        """True when only lines of attempt (未遂) are crossed."""
        return self.degree > 0 and self.chosen is not None and self.chosen.severity[1] == 0

    @property
    def share(self) -> Decimal:
        """The largest share of an ordinary line that is proven; may exceed 1."""
        return self.chosen.share if self.chosen else Decimal(0)

    @property
    def decisive(self) -> tuple[LineResult, ...]:
        """The lines that carry the finding; none unless it is met."""
        return self.chosen.decisive if self.chosen and self.status == MET else ()

    @property
    def tier(self) -> str:
        """`ordinary`, `upper`, or empty when no line is crossed."""
        return self.decisive[0].line.tier if self.decisive else ""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Each decisive line in words with its article; the nearest line when none is crossed."""
        shown = self.decisive
        if not shown and self.chosen is not None:
            ordinary = [result for result in self.chosen.lines if result.line.degree == 1]
            applying = [result for result in ordinary if result.condition.holds]
            shown = tuple(sorted(applying, key=lambda result: result.share, reverse=True)[:1])
        return tuple(
            Reason(f"{self.offence.label}：{result.text}", (result.line.source.citation,)) for result in shown
        )

    def as_dict(self) -> dict[str, object]:
        """The finding as plain JSON, money as text."""
        return {
            "offence": self.offence.id,
            "label": self.offence.label,
            "short": self.offence.short,
            "statute": self.offence.source.as_dict(),
            "intellectual_property": self.offence.intellectual_property,
            "status": self.status,
            "status_label": STATUS_LABELS[self.status],
            "tier": self.tier,
            "degree": self.degree,
            "tier_label": self.decisive[0].line.tier_label if self.decisive else "",
            "attempt": self.attempt,
            "share": text_of(self.share),
            "regime": self.chosen.regime.id if self.chosen else None,
            "choice": self.choice.facts(),
            "reasons": [reason.facts() for reason in self.reasons],
            "decisive": [result.line.id for result in self.decisive],
            "compared": [result.as_dict() for result in self.compared],
            "missing": [fact.as_dict() for fact in self.missing],
            "excluded": list(self.excluded),
            "notes": list(self.notes),
        }


@dataclass(frozen=True)
class TransferFinding:
    """移送审查结论: the findings per offence and where the case goes.

    `route` is must_transfer, transfer_on_reasonable_suspicion or administrative; `review_needed` is True when a
    person in charge must look again before it is followed. A proposal: the chief decides (国务院令第310号第五条).
    """

    on: date
    book_version: str
    findings: tuple[OffenceFinding, ...]
    route: str
    route_label: str
    reasons: tuple[Reason, ...]
    review_needed: bool

    @property
    def met(self) -> bool:
        """True when some offence's line is reached; read with `reasons`, never alone."""
        return any(finding.status == MET for finding in self.findings)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision the route rests on, each once."""
        return citations_of(self.reasons)

    @property
    def missing(self) -> tuple[MissingFact, ...]:
        """The missing facts of all offences, each id once."""
        return tuple({fact.id: fact for finding in self.findings for fact in finding.missing}.values())

    def as_dict(self) -> dict[str, object]:
        """The finding as plain JSON, for the event and the page: money and shares as text, days as ISO text."""
        return {
            "on": self.on.isoformat(),
            "book_version": self.book_version,
            "route": self.route,
            "route_label": self.route_label,
            "met": self.met,
            "review_needed": self.review_needed,
            "reasons": [reason.facts() for reason in self.reasons],
            "findings": [finding.as_dict() for finding in self.findings],
        }
