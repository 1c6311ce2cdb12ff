"""What must hold for every term, start, pause and calendar, against a counter that looks at one day at a time."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from qingyuan.basics.clock import CHINA
from qingyuan.domain.deadlines import DueRequest, compute_due, compute_due_many
from qingyuan.law import load_book
from qingyuan.law.calendar import Override, WorkingCalendar, load_calendar
from qingyuan.law.counting import Pause
from qingyuan.law.rules import DeadlineRule, Unit

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
MOMENTS = st.builds(
    lambda day, seconds: datetime.combine(day, time(), tzinfo=CHINA) + timedelta(seconds=seconds),
    DAYS,
    st.integers(0, 86_399),
)


def _pause(start: datetime, length: int) -> Pause:
    return (start, start + timedelta(hours=length))


PAUSES = st.lists(st.builds(_pause, MOMENTS, st.integers(0, 1_500)), max_size=4).map(tuple)


@cache
def _rules() -> tuple[DeadlineRule, ...]:
    base = load_book().deadline("case.decision", on=date(2026, 1, 5))
    lengths = {Unit.HOUR: 24, Unit.CALENDAR_DAY: 15, Unit.WORKING_DAY: 15, Unit.MONTH: 3, Unit.YEAR: 1}
    return tuple(
        replace(
            base,
            unit=unit,
            length=length,
            rolls_on_holiday=holiday and unit not in (Unit.HOUR, Unit.WORKING_DAY),
            rolls_on_weekend=holiday and weekend and unit not in (Unit.HOUR, Unit.WORKING_DAY),
            extension=None,
        )
        for unit, length in lengths.items()
        for holiday, weekend in ((True, True), (True, False), (False, False))
    )


RULES = st.builds(
    lambda rule, length: replace(rule, length=length),
    st.deferred(lambda: st.sampled_from(_rules())),
    st.integers(1, 40),
)


@given(rule=RULES, start=MOMENTS, pauses=PAUSES, holidays=st.sets(DAYS, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_adding_holidays_never_makes_a_due_earlier(
    rule: DeadlineRule, start: datetime, pauses: tuple[Pause, ...], holidays: set[date]
) -> None:
    more = WorkingCalendar({day: Override(False, "假") for day in holidays})
    fewer = compute_due(rule, start, calendar=load_calendar(), pauses=pauses).due_at
    assert compute_due(rule, start, calendar=more, pauses=pauses).due_at >= fewer


@given(rule=RULES, start=MOMENTS, pauses=PAUSES, extra=st.builds(_pause, MOMENTS, st.integers(0, 1_500)))
@settings(max_examples=200, deadline=None)
def test_pausing_never_makes_a_due_earlier(
    rule: DeadlineRule, start: datetime, pauses: tuple[Pause, ...], extra: Pause
) -> None:
    calendar = load_calendar()
    without = compute_due(rule, start, calendar=calendar, pauses=pauses).due_at
    assert compute_due(rule, start, calendar=calendar, pauses=(*pauses, extra)).due_at >= without


@given(rule=RULES, start=MOMENTS, pauses=PAUSES)
@settings(max_examples=150, deadline=None)
def test_days_agree_with_counting_one_day_at_a_time(
    rule: DeadlineRule, start: datetime, pauses: tuple[Pause, ...]
) -> None:
    calendar = load_calendar()
    if rule.unit not in (Unit.CALENDAR_DAY, Unit.WORKING_DAY):
        rule = replace(rule, unit=Unit.WORKING_DAY, rolls_on_holiday=False, rolls_on_weekend=False)
    out = {
        day
        for pause in pauses
        for day in _each(pause[0].date(), pause[1].date())
    }  # fmt: skip
    day, left = start.date(), rule.length
    while left:
        day += timedelta(days=1)
        left -= day not in out and (rule.unit is Unit.CALENDAR_DAY or calendar.working(day))
    while _must_move(rule, day, calendar) or (rule.rolls_on_holiday and day in out):
        day += timedelta(days=1)
    assert compute_due(rule, start, calendar=calendar, pauses=pauses).last_day == day


@given(rule=RULES, start=MOMENTS, pauses=PAUSES)
@settings(max_examples=150, deadline=None)
def test_account_and_moment_agree(rule: DeadlineRule, start: datetime, pauses: tuple[Pause, ...]) -> None:
    due = compute_due(rule, start, calendar=load_calendar(), pauses=pauses)
    assert due.due_at > start
    assert due.explanation[-1].startswith("依据：")
    if rule.unit is Unit.HOUR:
        return
    days = {*due.counted, *(item.day for item in due.skipped), due.last_day}
    assert days == set(_each(due.start_day + timedelta(days=1), due.last_day))
    assert not set(due.counted) & {item.day for item in due.skipped}
    if rule.unit in (Unit.CALENDAR_DAY, Unit.WORKING_DAY):
        assert len(due.counted) == rule.length


@given(requests=st.lists(st.builds(DueRequest, RULES, MOMENTS, PAUSES), max_size=12))
@settings(max_examples=60, deadline=None)
def test_bulk_equals_single(requests: list[DueRequest]) -> None:
    calendar = load_calendar()
    repeated = [*requests, *requests, *(replace(item, pauses=()) for item in requests)]
    single = [
        compute_due(item.rule, item.start, calendar=calendar, pauses=item.pauses).due_at for item in repeated
    ]
    assert compute_due_many(repeated, calendar=calendar) == single


def _must_move(rule: DeadlineRule, day: date, calendar: WorkingCalendar) -> bool:
    if calendar.working(day):
        return False
    return rule.rolls_on_holiday if calendar.holiday(day) else rule.rolls_on_weekend


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
