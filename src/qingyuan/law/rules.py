"""What the book says: values, deadlines, grounds; each dated, each with its citations."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qingyuan.law.citation import Citation

Content = bool | int | Decimal | str | date | tuple["Content", ...] | Mapping[str, "Content"]
"""What a value can be. Amounts, ratios and multiples are Decimal, counts are int; never a float."""


class Unit(StrEnum):
    """The units a term can run in. They are never converted into each other."""

    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The unit in Chinese, as it follows a number: 24`小时`, 3`个月`."""
        return _UNIT_LABELS[self]

    @property
    def noun(self) -> str:
        """The unit in Chinese, standing alone: `工作日`, `自然日`."""
        return _UNIT_NOUNS[self]


_UNIT_LABELS = {
    Unit.HOUR: "小时",
    Unit.CALENDAR_DAY: "日（自然日）",
    Unit.WORKING_DAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
}


_UNIT_NOUNS = {
    Unit.HOUR: "小时",
    Unit.CALENDAR_DAY: "自然日",
    Unit.WORKING_DAY: "工作日",
    Unit.MONTH: "月",
    Unit.YEAR: "年",
}


class Evidence(StrEnum):
    """How well the text behind a value is known."""

    READ = "read"  # the article itself was read
    SECONDARY = "secondary"  # a reprint, a table or a news page was read
    SELF_TESTED = "self-tested"  # checked against real numbers or records
    MEMORY = "memory"  # from memory: to be read again before anyone relies on it
    DISPUTED = "disputed"  # the copies read contradict each other: never decisive until signed off


@dataclass(frozen=True, slots=True)
class Value:
    """值: what one rule says on one day.

    `label`, `unit`, `kind` as in the book; `citations` and `facts` (ids of the research facts) are its grounds;
    `effective_to` None means still in force. `signed` is True once a lawyer has checked the entry. `op` is the
    comparison for a threshold (`>=` …). `doubt` says in words what is uncertain. `attributes` holds what else the
    entry says (conditions, scope, form).
    """

    id: str
    label: str
    kind: str
    unit: str
    value: Content
    citations: tuple[Citation, ...]
    evidence: Evidence
    facts: tuple[str, ...]
    effective_from: date
    effective_to: date | None
    signed: bool
    op: str | None = None
    doubt: str | None = None
    note: str | None = None
    attributes: Mapping[str, Content] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counting:
    """期间计算: one statute's way of counting a term (CAL-01 … CAL-09).

    `rolls` is True when a last day on a holiday moves on. `silent` is True where the statute does not say what 日
    means, so that a setting decides. `explanation` is the rule in our own words.
    """

    id: str
    label: str
    citations: tuple[Citation, ...]
    rolls: bool
    silent: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class PauseGround:
    """扣除期间的事由: what stops the clock, by which article. `event` is the name duties use."""

    event: str
    label: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """延长: how much longer, how many times, who approves. `further` names what may lengthen it beyond that."""

    length: int
    unit: Unit
    times: int
    approval: str
    citations: tuple[Citation, ...]
    facts: tuple[str, ...] = ()
    further: str | None = None


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """期限: a term as in force on one day.

    `length` in `unit`; `starts` says from what; `before` is True for a term that runs back from an event
    (听证七日前). `rolls_on_holiday` and `rolls_on_weekend` say whether a last day that is not a working day moves
    on. `setting` names the deployment's setting that chose the unit where the statute is silent, and
    `alternatives` the units it could have chosen instead.
    """

    id: str
    label: str
    length: int
    unit: Unit
    starts: str
    counting: Counting
    rolls_on_holiday: bool
    rolls_on_weekend: bool
    before: bool
    pauses: tuple[PauseGround, ...]
    extension: Extension | None
    setting: str | None
    alternatives: tuple[Unit, ...]
    citations: tuple[Citation, ...]
    evidence: Evidence
    facts: tuple[str, ...]
    effective_from: date
    effective_to: date | None
    signed: bool
    doubt: str | None = None
    note: str | None = None

    @property
    def term(self) -> str:
        """The length in words: `7个工作日`."""
        return f"{self.length}{self.unit.label}"

    def in_unit(self, unit: Unit) -> "DeadlineRule":
        """The same rule read in another unit, for comparison where the statute is silent."""
        return replace(self, unit=unit)

    def pauses_on(self, event: str) -> PauseGround | None:
        """The ground on which `event` stops this clock, or None when it does not."""
        return next((ground for ground in self.pauses if ground.event == event), None)


@dataclass(frozen=True, slots=True)
class Ground:
    """法定情形: one item of a closed statutory list, such as a ground for refusing a complaint."""

    id: str
    text: str
    citation: Citation
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Instrument:
    """法律文件: a law, regulation, rule or interpretation, in one version."""

    id: str
    title: str
    number: str
    issuer: str
    effective_from: date
    effective_to: date | None

    @property
    def display(self) -> str:
        """`《市场监督管理投诉举报处理办法》(令121号)`; a law known by its name alone has no number."""
        return f"《{self.title}》({self.number})" if self.number else f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment decides where statutes are silent or open (lawbook/calendar/settings.yaml).

    `silent_day` is what 日 means where nothing says so, `silent_day_of` the exceptions by rule id; `weekend_rolls`
    says whether a last day on an ordinary weekend moves on where the text speaks only of 法定节假日.
    """

    silent_day: Unit = Unit.CALENDAR_DAY
    silent_day_of: Mapping[str, Unit] | None = None
    weekend_rolls: bool = True

    def day(self, rule: str) -> Unit:
        """The unit of an undefined 日 in `rule`."""
        return (self.silent_day_of or {}).get(rule, self.silent_day)
