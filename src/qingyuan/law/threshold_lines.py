"""What a standard of prosecution is made of: lines, valuation, conditions, regimes, offences, routes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qingyuan.law.citation import Citation
from qingyuan.law.dated import Period, Timeline
from qingyuan.law.rules import Evidence


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
