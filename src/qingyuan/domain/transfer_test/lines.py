"""One line beside the figure that is held against it, and one regime's lines together."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from qingyuan.domain.money_ledger import METRIC_LABELS, MONEY_METRICS, Total, text_of
from qingyuan.domain.transfer_test.conditions import Condition, condition_of
from qingyuan.domain.transfer_test.facts import TransferFacts
from qingyuan.law.thresholds import Line, Regime

CONDITION_LABELS = {"ordinary": "一般", "two_marks": "两种以上商标", "repeat": "受过处罚再犯"}
FORM_LABELS = {"any": "", "goods": "商品", "services": "服务", "both": "商品和服务合计"}
UNIT_LABELS = {"CNY": "元"}


@dataclass(frozen=True, slots=True)
class LineResult:
    """对照: a line, the figure, and whether the figure reaches it (None: depends on a fact not known yet).

    `share` is the proven figure as a share of the line, rounded down to four places.
    """

    line: Line
    total: Total
    condition: Condition
    reached: bool | None
    share: Decimal

    @property
    def crossed(self) -> bool:
        """True when the line applies and is reached, both for certain."""
        return self.condition.holds is True and self.reached is True

    @property
    def severity(self) -> tuple[int, int]:
        """How serious crossing it is: the degree, and within a degree an attempt below the completed offence."""
        return (self.line.degree, 0 if self.line.attempt else 1)

    @property
    def text(self) -> str:
        """`非法经营数额52000元，标准50000元（一般）`."""
        unit = UNIT_LABELS.get(self.line.unit, self.line.unit)
        figure = self.total.at_least if self.total.amount is None else self.total.amount
        known = "" if self.total.amount is not None else "已查明"
        marks = [
            CONDITION_LABELS[self.line.condition],
            self.line.tier_label,
            "未遂" if self.line.attempt else "",
        ]
        return (
            f"{FORM_LABELS[self.line.form]}{METRIC_LABELS[self.line.metric]}{known}{text_of(figure)}{unit}，"
            f"标准{text_of(self.line.amount)}{unit}（{'，'.join(mark for mark in marks if mark)}）"
        )

    def as_dict(self) -> dict[str, object]:
        """The comparison as plain JSON, money as text."""
        line = self.line
        return {
            "id": line.id,
            "text": self.text,
            "metric": line.metric,
            "metric_label": METRIC_LABELS[line.metric],
            "form": line.form,
            "condition": line.condition,
            "condition_label": CONDITION_LABELS[line.condition],
            "condition_holds": self.condition.holds,
            "condition_why": self.condition.why,
            "tier": line.tier,
            "degree": line.degree,
            "tier_label": line.tier_label,
            "attempt": line.attempt,
            "op": line.op,
            "amount": text_of(line.amount),
            "unit": line.unit,
            "total": self.total.as_dict(),
            "reached": self.reached,
            "crossed": self.crossed,
            "share": text_of(self.share),
            "source": line.source.as_dict(),
            "note": line.note,
            "doubt": line.doubt,
        }


@dataclass(frozen=True)
class RegimeResult:
    """一套标准的对照结果: every line of one regime that held on `day`, with its figure."""

    regime: Regime
    day: date
    lines: tuple[LineResult, ...]

    @property
    def severity(self) -> tuple[int, int]:
        """The most serious line crossed; (0, 0) when none is."""
        return max((result.severity for result in self.lines if result.crossed), default=(0, 0))

    @property
    def decisive(self) -> tuple[LineResult, ...]:
        """The crossed lines of that seriousness."""
        return tuple(result for result in self.lines if result.crossed and result.severity == self.severity)

    @property
    def share(self) -> Decimal:
        """The largest share of any ordinary line that applies for certain."""
        return max(
            (result.share for result in self.lines if result.line.degree == 1 and result.condition.holds),
            default=Decimal(0),
        )

    def as_dict(self) -> dict[str, object]:
        """The comparison as plain JSON."""
        return {
            "regime": self.regime.id,
            "label": self.regime.label,
            "day": self.day.isoformat(),
            "degree": self.severity[0],
            "attempt": bool(self.decisive) and self.severity[1] == 0,
            "share": text_of(self.share),
            "lines": [result.as_dict() for result in self.lines],
        }


def compare(regime: Regime, day: date, facts: TransferFacts) -> RegimeResult:
    """Hold the facts against every line of `regime` that held on `day`."""
    figures: dict[object, Total] = {}
    results = []
    for line in regime.lines_on(day):
        # Lines differ mostly in their amount: each figure is added up once.
        key = (line.metric, line.form, tuple(sorted((line.factors or {}).items())))
        if key not in figures:
            figures[key] = _figure(line, regime, facts)
        results.append(_against(line, figures[key], condition_of(line, regime, facts)))
    return RegimeResult(regime, day, tuple(results))


def _against(line: Line, total: Total, condition: Condition) -> LineResult:
    reached: bool | None = None
    if line.reached_by(total.at_least):
        reached = True
    elif total.at_most is not None and not line.reached_by(total.at_most):
        reached = False
    share = (total.at_least / line.amount).quantize(Decimal("0.0001"), rounding=ROUND_DOWN)
    return LineResult(line, total, condition, reached, share)


def _figure(line: Line, regime: Regime, facts: TransferFacts) -> Total:
    if line.metric in MONEY_METRICS:
        return facts.ledger.total(line.metric, regime, form=line.form, factors=line.factors)
    count = facts.counts.get(line.metric, Decimal(0))
    return Total(line.metric, count, count)
