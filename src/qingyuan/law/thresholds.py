"""Thresholds: the lines at which conduct becomes a crime, by offence and by the day they held.

Read with `book.offences(on=…)` and `book.threshold_lines(offence, on=…)`. Comparing facts with them is
`qingyuan.domain.transfer_test`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qingyuan.law.citation import Citation
from qingyuan.law.dated import Period, Timeline
from qingyuan.law.faults import BookError, Fault, UnknownRuleError
from qingyuan.law.rules import Evidence

if TYPE_CHECKING:
    from qingyuan.law.book import Book, Document

FOLDER = "thresholds"


@dataclass(frozen=True, slots=True)
class Source:
    """出处: a provision, how well its text is known, and the research facts behind it."""

    citation: Citation
    evidence: Evidence
    facts: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The source as plain JSON."""
        return {**self.citation.facts(), "evidence": self.evidence.value, "facts": list(self.facts)}


@dataclass(frozen=True, slots=True)
class Line:
    """线: one amount that must be reached.

    `metric` is what is measured, `form` whose (`any`, `goods`, `services`, `both` summed), `factors` the weights
    of a mixed sum. `condition` is `ordinary`, `two_marks` or `repeat`; `attempt` marks a line whose crossing is an
    attempt (未遂). `degree` is 1 for the ordinary tier and rises with the penalty. `op` is `>=` or `>`; `amount` in
    `unit` (CNY is yuan).
    """

    id: str
    metric: str
    form: str
    condition: str
    op: str
    amount: Decimal
    unit: str
    source: Source
    period: Period
    tier: str = "ordinary"
    degree: int = 1
    tier_label: str = ""
    attempt: bool = False
    factors: Mapping[str, int] | None = None
    note: str | None = None
    doubt: str | None = None

    def reached_by(self, amount: Decimal) -> bool:
        """True when `amount` is on the far side of the line, by its own comparison."""
        return amount > self.amount if self.op == ">" else amount >= self.amount


@dataclass(frozen=True, slots=True)
class Valuation:
    """未售货物的计价顺序: ranks of price bases, best first; bases in one rank are of equal standing."""

    ranks: tuple[tuple[str, ...], ...]
    source: Source


@dataclass(frozen=True, slots=True)
class GainRule:
    """违法所得的算法: which calculator for goods and which for services."""

    goods: str
    services: str
    source: Source


@dataclass(frozen=True, slots=True)
class TwoMarks:
    """两种以上商标: how many, and whether they must come from different sources."""

    at_least: int
    different_sources: bool
    source: Source
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """受过处罚再犯: which earlier punishments count, for how many years (None: without limit), and how many."""

    years: int | None
    kinds: tuple[str, ...]
    offences: tuple[str, ...]
    at_least: int
    source: Source
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Regime:
    """一套标准: the lines and rules of counting that held together from a day to a day.

    `silent` maps a form (services, say) to the reason why no amount is laid down for it.
    """

    id: str
    label: str
    period: Period
    lines: tuple[Line, ...]
    valuation: Valuation | None = None
    gain: GainRule | None = None
    accumulation: Source | None = None
    two_marks: TwoMarks | None = None
    repeat: Repeat | None = None
    silent: Mapping[str, str] | None = None
    note: str | None = None

    def lines_on(self, day: date) -> tuple[Line, ...]:
        """The lines that held on `day`."""
        return tuple(line for line in self.lines if day in line.period)


@dataclass(frozen=True, slots=True)
class Element:
    """构成要件: something besides amounts that the offence needs and a person must establish."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Offence:
    """罪名: an offence, the conduct it punishes, and its standards through time."""

    id: str
    label: str
    short: str
    source: Source
    intellectual_property: bool
    conduct: tuple[str, ...]
    elements: tuple[Element, ...]
    regimes: Timeline[Regime]


@dataclass(frozen=True, slots=True)
class Route:
    """去向: where a finding sends the case, from which day that route exists, on what basis."""

    id: str
    label: str
    effective_from: date
    sources: tuple[Source, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The provisions the route rests on."""
        return tuple(source.citation for source in self.sources)


@dataclass(frozen=True, slots=True)
class TransferRules:
    """移送标准审查规则: the share of a line that counts as near it, the choice of law, the routes."""

    near_share: Decimal
    near_practice: str
    choice_label: str
    choice_sources: tuple[Source, ...]
    choice_doubt: str
    routes: Mapping[str, Route]


def offences(book: "Book", on: date) -> tuple[Offence, ...]:
    """The offences for which some standard held on `on`, in the order of their ids."""
    return tuple(offence for offence in book.all_offences if offence.regimes.on(on) is not None)


def offence(book: "Book", id: str) -> Offence:
    """The offence `id`. Raises UnknownRuleError, naming those there are."""
    for candidate in book.all_offences:
        if candidate.id == id:
            return candidate
    known = "、".join(candidate.id for candidate in book.all_offences)
    raise UnknownRuleError(f"法规库里没有罪名“{id}”。有:{known}。")


def threshold_lines(book: "Book", id: str, on: date) -> tuple[Line, ...]:
    """The lines of offence `id` that held on `on`; none when no standard held. Raises UnknownRuleError."""
    regime = offence(book, id).regimes.on(on)
    return regime.lines_on(on) if regime is not None else ()


def transfer_rules(book: "Book") -> TransferRules:
    """The rules of the transfer test itself."""
    data = book.document(FOLDER, "transfer-test").data
    choice = data["choice_of_law"]
    return TransferRules(
        near_share=Decimal(data["near_share"]),
        near_practice="、".join(basis["office-practice"] for basis in data["near_basis"]),
        choice_label=choice["label"],
        choice_sources=tuple(_source(raw, book) for raw in choice["cite"]),
        choice_doubt=choice["doubt"],
        routes={
            id: Route(id, raw["label"], raw["from"], tuple(_source(cite, book) for cite in raw["cite"]))
            for id, raw in data["routes"].items()
        },
    )


def read_offences(book: "Book") -> tuple[Offence, ...]:
    """Every offence of the book, in the order of their ids. Raises BookError when one cannot be used.

    Reads the documents afresh; `book.all_offences` keeps the result.
    """
    found = (document for document in book.documents(FOLDER) if document.data["kind"] == "offence")
    return tuple(offence_from(document, book) for document in sorted(found, key=lambda item: item.id))


def offence_from(document: "Document", book: "Book") -> Offence:
    """The offence a document of the book describes. Raises BookError when two of its regimes overlap."""
    data = document.data
    regimes = [_regime(raw, book) for raw in data["regimes"]]
    try:
        timeline = Timeline((regime.period, regime) for regime in regimes)
    except ValueError as error:
        raise BookError(
            [Fault(document.file, document.id, str(error), "同一天只能有一套标准。", "改正 from 或者 to。")]
        ) from error
    return Offence(
        id=document.id,
        label=data["label"],
        short=data["short"],
        source=_source(data["statute"], book),
        intellectual_property=data["intellectual_property"],
        conduct=tuple(data["conduct"]),
        elements=tuple(Element(raw["id"], raw["label"]) for raw in data["elements"]),
        regimes=timeline,
    )


def _regime(raw: Mapping[str, Any], book: "Book") -> Regime:
    period = Period(raw["from"], raw.get("to"))
    lines = tuple(_line(item, period, book) for item in raw["lines"])
    multiple = raw.get("multiple")
    gain, valuation, accumulation = raw.get("gain"), raw.get("valuation"), raw.get("accumulation")
    return Regime(
        id=raw["id"],
        label=raw["label"],
        period=period,
        lines=lines + (_multiplied(lines, multiple, book) if multiple else ()),
        valuation=Valuation(
            tuple(tuple(rank) for rank in valuation["unsold"]), _source(valuation["cite"], book)
        )
        if valuation
        else None,
        gain=GainRule(gain["goods"], gain["services"], _source(gain["cite"], book)) if gain else None,
        accumulation=_source(accumulation["cite"], book) if accumulation else None,
        two_marks=_two_marks(raw.get("two_marks"), book),
        repeat=_repeat(raw.get("repeat"), book),
        silent={item["form"]: item["reason"] for item in raw.get("silent", ())},
        note=raw.get("note"),
    )


def _line(raw: Mapping[str, Any], period: Period, book: "Book") -> Line:
    return Line(
        id=raw["id"],
        metric=raw["metric"],
        form=raw.get("form", "any"),
        condition=raw["condition"],
        op=raw["op"],
        amount=Decimal(raw["amount"]),
        unit=raw["unit"],
        source=_source(raw["cite"], book),
        period=Period(raw.get("from", period.first), raw.get("to", period.last)),
        tier=raw.get("tier", "ordinary"),
        degree=raw.get("degree", 1),
        tier_label=raw.get("tier_label", ""),
        attempt=raw.get("attempt", False),
        factors=raw.get("factors"),
        note=raw.get("note"),
        doubt=raw.get("doubt"),
    )


def _multiplied(lines: tuple[Line, ...], raw: Mapping[str, Any], book: "Book") -> tuple[Line, ...]:
    source = _source(raw["cite"], book)
    return tuple(
        replace(
            line,
            id=f"{line.id}-upper",
            amount=line.amount * raw["by"],
            source=source,
            tier="upper",
            degree=raw["degree"],
            tier_label=raw["tier_label"],
            note=f"{line.amount.normalize():f}元的{raw['by']}倍"
            if line.unit == "CNY"
            else f"一般标准的{raw['by']}倍",
        )
        for line in lines
        if line.tier == raw["of"]
    )


def _two_marks(raw: Mapping[str, Any] | None, book: "Book") -> TwoMarks | None:
    if raw is None:
        return None
    return TwoMarks(raw["at_least"], raw["different_sources"], _source(raw["cite"], book), raw.get("doubt"))


def _repeat(raw: Mapping[str, Any] | None, book: "Book") -> Repeat | None:
    if raw is None:
        return None
    return Repeat(
        years=raw.get("years"),
        kinds=tuple(raw["kinds"]),
        offences=tuple(raw["offences"]),
        at_least=raw["at_least"],
        source=_source(raw["cite"], book),
        doubt=raw.get("doubt"),
    )


def _source(raw: Mapping[str, Any], book: "Book") -> Source:
    (citation,) = book.cite(raw)
    return Source(citation, Evidence(raw["evidence"]), tuple(raw.get("fact", ())))
