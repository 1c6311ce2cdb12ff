"""Whether a line's condition holds: two marks of different sources, a repeat within the window."""

from dataclasses import dataclass
from datetime import date

from qingyuan.domain.transfer_test.facts import EarlierPunishment, TransferFacts
from qingyuan.law.thresholds import Line, Regime, Repeat


@dataclass(frozen=True, slots=True)
class Condition:
    """条件: True, False, or None while a fact is missing; and why."""

    holds: bool | None
    why: str


ORDINARY = Condition(True, "一般标准")


def condition_of(line: Line, regime: Regime, facts: TransferFacts) -> Condition:
    """Whether `line` applies to the facts under `regime`."""
    if line.condition == "two_marks":
        return _two_marks(regime, facts)
    if line.condition == "repeat":
        return _repeat(regime, facts)
    return ORDINARY


def _two_marks(regime: Regime, facts: TransferFacts) -> Condition:
    rule = regime.two_marks
    if rule is None:
        return Condition(False, "本套标准没有“两种以上商标”一项")
    if facts.marks is None:
        return Condition(None, "所涉商标尚未登记")
    if not rule.different_sources:
        count = len({mark.name for mark in facts.marks})
        return Condition(count >= rule.at_least, f"涉及{count}种注册商标")
    sources = {mark.source for mark in facts.marks if mark.source}
    unknown = {mark.name for mark in facts.marks if not mark.source}
    if len(sources) >= rule.at_least:
        return Condition(True, f"涉及{len(sources)}个不同来源的注册商标")
    if len(sources) + len(unknown) >= rule.at_least:
        return Condition(None, f"有{len(unknown)}种商标的来源（注册人）尚未查明")
    return Condition(False, f"只涉及{len(sources) + len(unknown)}个来源的注册商标")


def _repeat(regime: Regime, facts: TransferFacts) -> Condition:
    rule = regime.repeat
    if rule is None:
        return Condition(False, "本套标准没有“受过处罚再犯”一项")
    if facts.earlier is None:
        return Condition(None, "前次处罚情况尚未查明")
    relevant = [past for past in facts.earlier if past.kind in rule.kinds and past.offence in rule.offences]
    answers = [_within(past, rule, facts.act_days()) for past in relevant]
    window = f"{rule.years}年内" if rule.years else "曾"
    if answers.count(True) >= rule.at_least:
        return Condition(True, f"{window}受过{answers.count(True)}次同类处罚")
    if answers.count(True) + answers.count(None) >= rule.at_least:
        return Condition(None, "前次处罚的生效日或者本次行为日尚未查明")
    return Condition(False, f"{window}没有受过同类处罚")


def _within(past: EarlierPunishment, rule: Repeat, days: tuple[date, ...]) -> bool | None:
    if rule.years is None:
        return True
    if past.effective_on is None or not days:
        return None
    last = _years_later(past.effective_on, rule.years)
    return any(past.effective_on <= day <= last for day in days)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February has no anniversary in that year
        return day.replace(year=day.year + years, day=28)
