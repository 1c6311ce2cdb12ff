"""Counts terms: from the day after the start, over the days that count, to a last day that may move on."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from qingyuan.basics.clock import CHINA, civil_date, end_of_day, require_aware
from qingyuan.law.calendar import WorkingCalendar
from qingyuan.law.faults import LawError
from qingyuan.law.rules import DeadlineRule, Unit

Pause = tuple[datetime, datetime] | tuple[datetime, datetime, str]
"""暂停: from when to when the clock stood, and optionally the event that stopped it."""

_ONE_DAY = timedelta(days=1)


class TermError(LawError, ValueError):
    """What was asked of a term is not what the law gives it; the message says what, why and what next."""


@dataclass(frozen=True, slots=True)
class PausedDays:
    """The civil days touched by pauses, joined: a day that a pause touches is not counted at all."""

    stretches: tuple[tuple[date, date], ...]

    def __contains__(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.stretches)

    def days(self, after: date, until: date) -> int:
        """How many paused days lie after `after` up to and including `until`."""
        return sum(
            max(0, (min(last, until) - max(first, after + _ONE_DAY)).days + 1)
            for first, last in self.stretches
        )

    def working_days(self, after: date, until: date, calendar: WorkingCalendar) -> int:
        """How many paused working days lie after `after` up to and including `until`."""
        total = 0
        for first, last in self.stretches:
            low, high = max(first, after + _ONE_DAY), min(last, until)
            if low <= high:
                total += calendar.count(low - _ONE_DAY, high)
        return total


NOT_PAUSED = PausedDays(())


def paused_days(pauses: Sequence[Pause]) -> PausedDays:
    """The whole days taken out by `pauses`. Raises TermError for a pause that ends before it begins."""
    if not pauses:
        return NOT_PAUSED
    joined: list[tuple[date, date]] = []
    for first, last in sorted((civil_date(pause[0]), civil_date(pause[1])) for pause in _checked(pauses)):
        if joined and first <= joined[-1][1] + _ONE_DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return PausedDays(tuple(joined))


def due_moment(
    rule: DeadlineRule,
    start: datetime,
    *,
    calendar: WorkingCalendar,
    pauses: Sequence[Pause] = (),
    extensions: int = 0,
    further: int = 0,
) -> datetime:
    """The moment the term runs out: for hours to the second, for all other units 23:59:59 of the last day.

    `extensions` is how many of the rule's extensions were granted, `further` what was added beyond them in the
    rule's own unit. Raises TermError where the rule allows neither, or no pause; ValueError without a time zone.
    """
    if pauses or extensions or further:
        require_permitted(rule, pauses, extensions, further)
    if rule.unit is Unit.HOUR:
        return _hours(rule, start, pauses, extensions, further)
    return end_of_day(last_day(rule, civil_date(start), calendar, paused_days(pauses), extensions, further))


def last_day(
    rule: DeadlineRule,
    start: date,
    calendar: WorkingCalendar,
    paused: PausedDays = NOT_PAUSED,
    extensions: int = 0,
    further: int = 0,
) -> date:
    """The last day of a term that is not counted in hours; `start` itself is not counted."""
    if rule.before:
        return _before(rule, start, calendar)
    return rolled(rule, counted_end(rule, start, calendar, paused, extensions, further), calendar, paused)


def counted_end(
    rule: DeadlineRule,
    start: date,
    calendar: WorkingCalendar,
    paused: PausedDays,
    extensions: int,
    further: int,
) -> date:
    """The last counted day, before it moves on because nobody works on it."""
    end = start
    for length, unit in stages(rule, extensions, further):
        end = _advance(end, length, unit, calendar, paused)
    return end


def stages(rule: DeadlineRule, extensions: int, further: int) -> list[tuple[int, Unit]]:
    """The stretches of the term in order; those in the same unit are one, so that it is counted straight through."""
    parts = [(rule.length, rule.unit)]
    if rule.extension is not None and extensions:
        parts.append((rule.extension.length * extensions, rule.extension.unit))
    if further:
        parts.append((further, rule.unit))
    joined: list[tuple[int, Unit]] = []
    for length, unit in parts:
        if joined and joined[-1][1] is unit:
            joined[-1] = (joined[-1][0] + length, unit)
        else:
            joined.append((length, unit))
    return joined


def rolled(rule: DeadlineRule, end: date, calendar: WorkingCalendar, paused: PausedDays = NOT_PAUSED) -> date:
    """`end`, or the first day after it on which the term can end, where the rule moves a last day off."""
    while _moves_on(rule, end, calendar) or (end in paused and rule.rolls_on_holiday):
        end += _ONE_DAY
    return end


def add_months(day: date, months: int) -> date:
    """The same day number `months` later; the end of the month where it has none (31 January → 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def require_permitted(rule: DeadlineRule, pauses: Sequence[Pause], extensions: int, further: int) -> None:
    """Raise TermError when the rule knows no pause, no such extension, or nothing beyond it."""
    if pauses and (rule.before or not rule.pauses):
        raise TermError(
            f"“{rule.label}”（{rule.term}）没有法定的扣除事由，不能暂停计算。"
            "期间只在条文写明的情形下扣除；请核对规则编号，或者改走延长。"
        )
    allowed = rule.extension.times if rule.extension else 0
    if not 0 <= extensions <= allowed:
        limit = f"最多延长 {allowed} 次" if allowed else "条文没有规定可以延长"
        raise TermError(f"“{rule.label}”不能延长 {extensions} 次：{limit}。请核对批准文书。")
    if further and (
        further < 0 or rule.extension is None or not rule.extension.further or extensions < allowed
    ):
        raise TermError(
            f"“{rule.label}”不能再延长 {further}{rule.unit.label}：须先用完法定延长，且条文允许再延。"
        )


def _advance(after: date, length: int, unit: Unit, calendar: WorkingCalendar, paused: PausedDays) -> date:
    if unit is Unit.WORKING_DAY:
        end = calendar.advance(after, length)
        while paused.stretches:
            moved = calendar.advance(after, length + paused.working_days(after, end, calendar))
            if moved == end:
                break
            end = moved
        return end
    days = length if unit is Unit.CALENDAR_DAY else (_same_day(after, length, unit) - after).days
    end = after + timedelta(days=days)
    while paused.stretches:
        moved = after + timedelta(days=days + paused.days(after, end))
        if moved == end:
            break
        end = moved
    return end


def _same_day(after: date, length: int, unit: Unit) -> date:
    return add_months(after, length * (12 if unit is Unit.YEAR else 1))


def _moves_on(rule: DeadlineRule, end: date, calendar: WorkingCalendar) -> bool:
    if not (rule.rolls_on_holiday or rule.rolls_on_weekend) or calendar.working(end):
        return False
    return rule.rolls_on_holiday if calendar.holiday(end) else rule.rolls_on_weekend


def _before(rule: DeadlineRule, event: date, calendar: WorkingCalendar) -> date:
    # 七日前: seven whole days lie between, so the day of the act itself is one more back, and is a working day.
    if rule.unit is Unit.WORKING_DAY:
        return calendar.retreat(event, rule.length + 1)
    if rule.unit is Unit.CALENDAR_DAY:
        return event - timedelta(days=rule.length + 1)
    return _same_day(event, -rule.length, rule.unit)


def _hours(
    rule: DeadlineRule, start: datetime, pauses: Sequence[Pause], extensions: int, further: int
) -> datetime:
    hours = sum(length for length, _ in stages(rule, extensions, further))
    due = require_aware(start).astimezone(UTC) + timedelta(hours=hours)
    for first, last in _joined_moments(pauses):
        if first < due and last > start:
            due += last - max(first, start.astimezone(UTC))
    return due.astimezone(CHINA)


def _joined_moments(pauses: Sequence[Pause]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for first, last in sorted(
        (pause[0].astimezone(UTC), pause[1].astimezone(UTC)) for pause in _checked(pauses)
    ):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _checked(pauses: Sequence[Pause]) -> Sequence[Pause]:
    for pause in pauses:
        if require_aware(pause[1]) < require_aware(pause[0]):
            raise TermError(
                f"暂停的结束 {pause[1].isoformat()} 早于开始 {pause[0].isoformat()}。请核对两个时间。"
            )
    return pauses
