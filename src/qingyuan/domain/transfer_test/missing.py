"""Which facts are missing, and what each would change."""

from collections.abc import Iterator
from dataclasses import dataclass

from qingyuan.domain.money_ledger import METRIC_LABELS, text_of
from qingyuan.domain.transfer_test.facts import TransferFacts
from qingyuan.domain.transfer_test.lines import CONDITION_LABELS, LineResult, RegimeResult
from qingyuan.law.thresholds import Offence

_LABELS = {
    "two_marks": ("marks", "所涉商标及其来源"),
    "repeat": ("earlier_punishments", "前次处罚及其生效日"),
    "cost": ("cost", "购进或者原材料价款"),
    "gain": ("gain", "违法所得"),
    "sold": ("sold", "销售金额"),
    "loss": ("loss", "权利人损失"),
    "valuation": ("valuation", "未销售货物的计价"),
}


@dataclass(frozen=True, slots=True)
class MissingFact:
    """待查事实: a fact not known yet, and in words what it would change.

    `decisive` is True when it could make a case that is below every line reach one.
    """

    id: str
    label: str
    effects: tuple[str, ...]
    decisive: bool

    def as_dict(self) -> dict[str, object]:
        """The fact as plain JSON."""
        return {"id": self.id, "label": self.label, "effects": list(self.effects), "decisive": self.decisive}


def missing_facts(offence: Offence, result: RegimeResult, facts: TransferFacts) -> tuple[MissingFact, ...]:
    """The facts that could make `result` more serious, or that the offence needs besides amounts."""
    found: dict[str, tuple[str, list[str]]] = {}
    for line in result.lines:
        if line.severity > result.severity:
            for kind, effect in _openings(line):
                id, label = _LABELS[kind]
                found.setdefault(id, (label, []))[1].append(effect)
    below = result.severity == (0, 0)
    raising = [MissingFact(id, label, tuple(effects), below) for id, (label, effects) in found.items()]
    return (*raising, *_silent(result, facts, below), *_elements(offence, facts))


def _openings(result: LineResult) -> Iterator[tuple[str, str]]:
    if result.condition.holds is False or result.reached is False:
        return
    where = f"达到{text_of(result.line.amount)}元一线（{result.line.source.citation.text}）"
    if result.line.unit != "CNY":
        where = f"达到{text_of(result.line.amount)}一线（{result.line.source.citation.text}）"
    if result.line.tier_label:
        where += f"，属{result.line.tier_label}"
    if result.condition.holds is None:
        words = CONDITION_LABELS[result.line.condition]
        also = "" if result.reached else "，且金额查明后足够"
        yield result.line.condition, f"如认定“{words}”{also}，{METRIC_LABELS[result.line.metric]}即{where}"
    if result.reached is None:
        yield from _amounts(result, where)


def _amounts(result: LineResult, where: str) -> Iterator[tuple[str, str]]:
    metric = METRIC_LABELS[result.line.metric]
    for kind in dict.fromkeys(item.kind for item in result.total.open):
        if kind == "cost" and result.total.at_most is not None:
            room = text_of(result.total.at_most - result.line.amount)
            yield kind, f"如（其余）价款不超过{room}元，{metric}即{where}"
        elif kind == "cost":
            yield kind, f"扣除价款后{metric}如不少于{text_of(result.line.amount)}元，即{where}"
        else:
            short = text_of(result.line.amount - result.total.at_least)
            yield kind, f"如再查明不少于{short}元，{metric}即{where}"


def _silent(result: RegimeResult, facts: TransferFacts, below: bool) -> Iterator[MissingFact]:
    forms = {entry.form for entry in facts.ledger.entries if not entry.dealt_with}
    for form, reason in (result.regime.silent or {}).items():
        if form in forms:
            yield MissingFact("circumstances", reason, ("须由法制机构判断是否属于情节严重",), decisive=below)


def _elements(offence: Offence, facts: TransferFacts) -> Iterator[MissingFact]:
    for element in offence.elements:
        if facts.elements.get(element.id) is None:
            yield MissingFact(
                element.id, element.label, (f"如不成立，不构成{offence.label}",), decisive=False
            )
