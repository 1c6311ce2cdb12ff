"""The account of a due time, in the words an officer would write under it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Protocol

from qingyuan.basics.chinese_dates import format_date, format_day, format_moment
from qingyuan.basics.clock import civil_date
from qingyuan.law.calendar import WorkingCalendar
from qingyuan.law.citation import Citation
from qingyuan.law.counting import Pause
from qingyuan.law.rules import DeadlineRule, Unit


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was not counted, and why: 周六, 春节, 暂停 …"""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """What the due time would be if a setting, decided because the statute is silent, were decided otherwise."""

    unit: Unit
    due_at: datetime
    setting: str


class Reckoned(Protocol):
    """What an account is written from: a due time with all that went into it."""

    @property
    def rule(self) -> DeadlineRule: ...
    @property
    def start(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def pauses(self) -> tuple[Pause, ...]: ...
    @property
    def extensions(self) -> int: ...
    @property
    def further(self) -> int: ...
    @property
    def calendar(self) -> WorkingCalendar: ...
    @property
    def start_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...
    @property
    def counted_end(self) -> date: ...
    @property
    def counted(self) -> tuple[date, ...]: ...
    @property
    def skipped(self) -> tuple[Skipped, ...]: ...
    @property
    def alternatives(self) -> tuple[Alternative, ...]: ...


_SATURDAY = 5
_SETTINGS = {"silent_day": "“日”的含义（silent_day）"}


def account_of(due: Reckoned) -> tuple[str, ...]:
    """The ordered lines: start, term, extension, what was skipped, the end, other readings, counting, article."""
    return tuple(_lines(due))


def _lines(due: Reckoned) -> Iterator[str]:
    rule = due.rule
    yield _start(due)
    yield f"期限：{rule.term}" + ("以前。" if rule.before else "。")
    yield from _extension(due)
    if rule.unit is Unit.HOUR:
        yield from _paused_hours(due)
        yield f"到期：{format_moment(due.due_at)}。按钟点连续计算，夜间和节假日都计入。"
    elif rule.before:
        yield from _stretches(due.skipped)
        yield f"最迟：{format_day(due.last_day)}，与{rule.starts}之间有整{rule.term}。"
    else:
        yield from _skipped(due)
        yield from _made_up(due)
        yield from _end(due)
    yield from _alternatives(due)
    yield f"计算方法：{rule.counting.explanation}{_basis(rule.counting.citations)}。"
    if rule.doubt:
        yield f"存疑：{rule.doubt}。"
    yield f"依据：{'、'.join(cite.text for cite in rule.citations)}"


def _start(due: Reckoned) -> str:
    rule = due.rule
    if rule.unit is Unit.HOUR:
        return f"起算：{rule.starts}，{format_moment(due.start)}。"
    if rule.before:
        return f"自{rule.starts}（{format_day(due.start_day)}）往前算；当日不计。"
    first = due.start_day + timedelta(days=1)
    return f"起算：{rule.starts}，{format_day(due.start_day)}；当日不计，自{format_date(first)}起算。"


def _extension(due: Reckoned) -> Iterator[str]:
    extension = due.rule.extension
    if extension is None or not due.extensions:
        return
    length = f"{extension.length * due.extensions}{extension.unit.label}"
    yield f"延长{due.extensions}次，共{length}（{extension.approval}）{_basis(extension.citations)}。"
    if due.further:
        yield f"再延长{due.further}{due.rule.unit.label}（{extension.further}）。"


def _paused_hours(due: Reckoned) -> Iterator[str]:
    for pause in due.pauses:
        yield f"暂停：{format_moment(pause[0])}至{format_moment(pause[1])}{_ground(due, pause)}。"


def _skipped(due: Reckoned) -> Iterator[str]:
    for pause in due.pauses:
        first, last = format_date(civil_date(pause[0])), format_date(civil_date(pause[1]))
        yield f"暂停：{first}至{last}，涉及的每一天都不计{_ground(due, pause)}。"
    yield from _stretches(
        item
        for item in due.skipped
        if not item.reason.startswith(("暂停", "末日")) and item.day <= due.counted_end
    )


def _end(due: Reckoned) -> Iterator[str]:
    rule, end, last = due.rule, due.counted_end, due.last_day
    if rule.unit in (Unit.MONTH, Unit.YEAR):
        yield f"期限届满：{format_day(end)}。"
    else:
        yield f"第{len(due.counted)}个{rule.unit.noun}：{format_day(end)}。"
    if last != end:
        yield f"末日{format_date(end)}是{due.calendar.why(end)}，顺延至{format_day(last)}。"
    yield f"到期：{format_day(last)}24时。"


def _ground(due: Reckoned, pause: Pause) -> str:
    ground = due.rule.pauses_on(pause[2]) if len(pause) > 2 else None
    if ground is not None:
        return f"（{ground.label}）{_basis(ground.citations)}"
    cites = dict.fromkeys(cite for ground in due.rule.pauses for cite in ground.citations)
    return _basis(tuple(cites))


def _stretches(skipped: Iterable[Skipped]) -> Iterator[str]:
    """Days that follow each other make one line; all ordinary weekends together make one."""
    numbered = enumerate(skipped)
    runs = [
        [item for _, item in group]
        for _, group in groupby(numbered, key=lambda pair: pair[1].day.toordinal() - pair[0])
    ]
    weekends = [run for run in runs if all(item.reason.startswith("周") for item in run)]
    if weekends:
        spans = "、".join(_span(run) for run in weekends)
        yield f"周末不计（{sum(map(len, weekends))}天）：{spans}。"
    for run in runs:
        if run not in weekends:
            reasons = "、".join(dict.fromkeys(item.reason for item in run))
            yield f"{_span(run)}不计：{reasons}（{len(run)}天）。"


def _span(run: list[Skipped]) -> str:
    first, last = run[0].day, run[-1].day
    return format_date(first) if first == last else f"{format_date(first)}至{format_date(last)}"


def _made_up(due: Reckoned) -> Iterator[str]:
    for day in due.counted:
        if due.rule.unit is Unit.WORKING_DAY and day.weekday() >= _SATURDAY:
            yield f"{format_day(day)}计入：{due.calendar.why(day)}。"
    yield from _not_announced(due)


def _not_announced(due: Reckoned) -> Iterator[str]:
    years = sorted({day.year for day in (due.start_day, due.last_day)})
    for year in range(years[0], years[-1] + 1):
        if not due.calendar.known(year):
            yield f"{year}年放假安排尚未公布，按周末推算；公布后重新计算。"


def _alternatives(due: Reckoned) -> Iterator[str]:
    for other in due.alternatives:
        yield (
            f"条文没有定义“日”，由本单位设置{_SETTINGS.get(other.setting, other.setting)}决定，现按"
            f"{due.rule.unit.noun}计；若按{other.unit.noun}计，到期日为{format_day(civil_date(other.due_at))}。"
        )


def _basis(citations: tuple[Citation, ...]) -> str:
    return f"（依据：{'、'.join(cite.text for cite in citations)}）" if citations else ""
