"""Terms: hours over midnight, month ends, leap days, holidays, pauses, extensions, and the account of each."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from qingyuan.basics.clock import CHINA, end_of_day
from qingyuan.domain.deadlines import Due, DueRequest, Skipped, compute_due, compute_due_many, explain_due
from qingyuan.law import load_book
from qingyuan.law.calendar import Override, WorkingCalendar, load_calendar
from qingyuan.law.counting import Pause, TermError, add_months
from qingyuan.law.rules import Extension, Unit


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def _due(rule: str, start: str, pauses: tuple[Pause, ...] = (), extensions: int = 0, further: int = 0) -> Due:
    at = _at(start)
    return compute_due(
        load_book().deadline(rule, on=at.date()),
        at,
        calendar=load_calendar(),
        pauses=pauses,
        extensions=extensions,
        further=further,
    )


def _pause(first: str, last: str, *event: str) -> Pause:
    return (_at(first), _at(last), *event)  # type: ignore[return-value]


def test_hours_run_through_midnight_and_holidays_to_the_second() -> None:
    assert _due("transfer.hand-over", "2026-02-16T23:59:30").due_at == _at("2026-02-17T23:59:30")
    assert _due("transfer.hand-over", "2024-02-28T08:00").due_at == _at("2024-02-29T08:00")


def test_start_given_in_another_time_zone_counts_from_the_day_in_china() -> None:
    rule = load_book().deadline("transfer.approval", on=date(2026, 3, 2))
    london = datetime.fromisoformat("2026-03-02T17:00:00+00:00")
    assert compute_due(rule, london, calendar=load_calendar()).due_at == end_of_day(date(2026, 3, 6))


def test_start_without_a_time_zone_is_refused() -> None:
    rule = load_book().deadline("transfer.approval", on=date(2026, 3, 2))
    with pytest.raises(ValueError, match="没有时区"):
        compute_due(rule, datetime(2026, 3, 2, 9), calendar=load_calendar())


def test_time_of_day_of_the_start_does_not_matter_for_days() -> None:
    assert _due("case.payment", "2026-03-02T00:00").due_at == _due("case.payment", "2026-03-02T23:59").due_at


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_end_on_the_same_number_or_the_end_of_the_month(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_paused_days_are_not_counted_whole_days() -> None:
    plain = _due("case.decision", "2026-03-02")
    paused = _due("case.decision", "2026-03-02", (_pause("2026-03-10T23:00", "2026-03-12T01:00"),))
    assert plain.counted_end == date(2026, 5, 31)
    assert paused.counted_end == date(2026, 6, 3)
    assert [item.day.day for item in paused.skipped if item.reason == "暂停"] == [10, 11, 12]


def test_pause_across_a_holiday_takes_out_only_the_days_that_would_have_counted() -> None:
    # 13 and 14 February would have counted, the holiday of 15 to 23 never did: two working days are lost.
    plain = _due("report.verification", "2026-02-11")
    paused = _due("report.verification", "2026-02-11", (_pause("2026-02-13T09:00", "2026-02-23T09:00"),))
    assert (plain.last_day, paused.last_day) == (date(2026, 3, 10), date(2026, 3, 12))


def test_overlapping_pauses_are_counted_once_and_a_pause_before_the_start_not_at_all() -> None:
    once = _due("case.decision", "2026-03-02", (_pause("2026-03-10", "2026-03-12"),))
    twice = _due(
        "case.decision",
        "2026-03-02",
        (
            _pause("2026-03-11", "2026-03-12"),
            _pause("2026-03-10", "2026-03-11"),
            _pause("2026-02-01", "2026-03-02"),
        ),
    )
    assert once.due_at == twice.due_at


def test_pause_during_the_time_another_pause_added_counts_too() -> None:
    first = _due("case.decision", "2026-03-02", (_pause("2026-03-10", "2026-03-12"),))
    both = _due(
        "case.decision",
        "2026-03-02",
        (_pause("2026-03-10", "2026-03-12"), _pause("2026-06-03", "2026-06-04")),
    )
    assert (first.last_day, both.last_day) == (date(2026, 6, 3), date(2026, 6, 5))


def test_pause_of_a_term_in_months_adds_its_days() -> None:
    rule = load_book().deadline("publicity.term-minor", on=date(2026, 3, 2))
    rule = replace(rule, pauses=load_book().deadline("case.decision", on=date(2026, 3, 2)).pauses)
    due = compute_due(
        rule, _at("2026-03-02"), calendar=load_calendar(), pauses=(_pause("2026-04-01", "2026-04-10"),)
    )
    assert due.last_day == date(2026, 6, 12)


def test_hours_stop_on_the_clock_while_paused() -> None:
    rule = load_book().deadline("transfer.hand-over", on=date(2026, 3, 2))
    rule = replace(rule, pauses=load_book().deadline("case.decision", on=date(2026, 3, 2)).pauses)
    due = compute_due(
        rule,
        _at("2026-03-02T10:00"),
        calendar=load_calendar(),
        pauses=(
            _pause("2026-03-02T09:00", "2026-03-02T12:00"),
            _pause("2026-03-03T11:00", "2026-03-03T11:30"),
        ),
    )
    assert due.due_at == _at("2026-03-03T12:30")


def test_pause_where_the_law_knows_none_is_refused() -> None:
    with pytest.raises(TermError, match="没有法定的扣除事由"):
        _due("transfer.approval", "2026-03-02", (_pause("2026-03-03", "2026-03-04"),))
    with pytest.raises(ValueError, match="早于开始"):
        _due("case.decision", "2026-03-02", (_pause("2026-03-05", "2026-03-04"),))


def test_extension_continues_the_count_and_has_a_limit() -> None:
    assert _due("report.verification", "2024-09-10", extensions=1).last_day == date(2024, 10, 28)
    with pytest.raises(TermError, match="最多延长 1 次"):
        _due("report.verification", "2024-09-10", extensions=2)
    with pytest.raises(ValueError, match="没有规定可以延长"):
        _due("complaint.acceptance", "2026-03-02", extensions=1)


def test_further_extension_only_after_the_ordinary_one_and_only_where_the_text_knows_it() -> None:
    assert _due("case.decision", "2026-03-02", extensions=1, further=20).counted_end == date(2026, 7, 20)
    with pytest.raises(TermError, match="须先用完法定延长"):
        _due("case.decision", "2026-03-02", further=20)
    with pytest.raises(TermError, match="条文允许再延"):
        _due("report.verification", "2026-03-02", extensions=1, further=5)


def test_extension_in_another_unit_is_counted_from_the_end_of_the_first_stretch() -> None:
    rule = load_book().deadline("report.verification", on=date(2026, 3, 2))
    assert rule.extension is not None
    other = Extension(1, Unit.MONTH, 1, "负责人批准", rule.extension.citations)
    due = compute_due(
        replace(rule, extension=other), _at("2026-03-02"), calendar=load_calendar(), extensions=1
    )
    # 15 working days end on Monday 23 March; one month later is Thursday 23 April.
    assert due.last_day == date(2026, 4, 23)
    assert all(item.day <= date(2026, 3, 23) for item in due.skipped)


def test_weekend_rolls_only_where_the_setting_says_so() -> None:
    rule = load_book().deadline("case.payment", on=date(2026, 3, 6))
    strict = replace(rule, rolls_on_weekend=False)
    calendar = load_calendar()
    saturday, holiday = _at("2026-03-06"), _at("2026-09-17")
    assert compute_due(rule, saturday, calendar=calendar).last_day == date(2026, 3, 23)
    assert compute_due(strict, saturday, calendar=calendar).last_day == date(2026, 3, 21)
    assert compute_due(strict, holiday, calendar=calendar).last_day == date(2026, 10, 8)


def test_term_before_an_event_leaves_whole_days_between() -> None:
    due = _due("hearing.notice", "2026-03-20T09:00")
    assert due.last_day == date(2026, 3, 10)
    assert [item.day for item in due.skipped] == [date(2026, 3, 14), date(2026, 3, 15)]
    with pytest.raises(TermError):
        _due("hearing.notice", "2026-03-20", (_pause("2026-03-11", "2026-03-12"),))


def test_counted_and_skipped_days_make_up_the_whole_span() -> None:
    due = _due("complaint.acceptance", "2026-02-12")
    assert due.counted == tuple(date(2026, 2, day) for day in (13, 14, 24, 25, 26, 27, 28))
    assert due.skipped[0] == Skipped(date(2026, 2, 15), "春节")
    assert len(due.counted) + len(due.skipped) == (due.last_day - due.start_day).days


def test_rolled_days_are_said_to_be_rolled() -> None:
    due = _due("case.payment", "2026-09-17")
    assert due.counted_end == date(2026, 10, 2)
    assert len(due.counted) == 15
    assert {item.reason for item in due.skipped} == {"末日顺延：国庆节", "末日顺延：国庆节调休放假"}
    assert "末日2026年10月2日是国庆节，顺延至2026年10月8日（周四）。" in due.explanation


def test_account_starts_with_the_start_and_ends_with_the_article() -> None:
    lines = _due("complaint.acceptance", "2026-02-12T10:00").explanation
    assert lines[0] == "起算：收到投诉，2026年2月12日（周四）；当日不计，自2026年2月13日起算。"
    assert lines[1] == "期限：7个工作日。"
    assert "2026年2月15日至2026年2月23日不计：春节、春节调休放假（9天）。" in lines
    assert "2026年2月28日（周六）计入：春节调休上班。" in lines
    assert "到期：2026年2月28日（周六）24时。" in lines
    assert lines[-1].startswith("依据：《市场监督管理投诉举报处理暂行办法》(令20号)第十四条")


def test_account_names_pause_extension_and_their_articles() -> None:
    due = _due(
        "case.decision",
        "2026-03-02",
        (_pause("2026-04-01", "2026-04-10", "testing"),),
        extensions=1,
        further=10,
    )
    text = "\n".join(due.explanation)
    assert "延长1次，共30日（自然日）（市场监督管理部门负责人批准）" in text
    assert "再延长10日（自然日）（负责人集体讨论决定继续延期" in text
    assert "暂停：2026年4月1日至2026年4月10日，涉及的每一天都不计（检测、检验、检疫、鉴定）" in text
    assert [cite.article for cite in due.citations] == ["第六十四条", "第八十条"]


def test_account_of_hours_of_a_silent_statute_and_of_an_unknown_year() -> None:
    assert "到期：2026年5月1日17时0分。按钟点连续计算，夜间和节假日都计入。" in (
        _due("transfer.hand-over", "2026-04-30T17:00").explanation
    )
    silent = _due("transfer.approval", "2026-04-30")
    assert any("若按工作日计，到期日为2026年5月8日（周五）" in line for line in silent.explanation)
    assert [(other.unit, other.due_at.date()) for other in silent.alternatives] == [
        (Unit.WORKING_DAY, date(2026, 5, 8))
    ]
    later = _due("publicity.term-minor", "2026-11-30").explanation
    assert "2027年放假安排尚未公布，按周末推算；公布后重新计算。" in later
    before = _due("hearing.notice", "2026-03-20").explanation
    assert before[0] == "自举行听证（2026年3月20日（周五））往前算；当日不计。"


def test_paused_hours_are_in_the_account() -> None:
    rule = load_book().deadline("transfer.hand-over", on=date(2026, 3, 2))
    rule = replace(rule, pauses=load_book().deadline("case.decision", on=date(2026, 3, 2)).pauses)
    lines = explain_due(
        rule,
        _at("2026-03-02T10:00"),
        calendar=load_calendar(),
        pauses=(_pause("2026-03-02T11:00", "2026-03-02T12:00"),),
    )
    assert any(line.startswith("暂停：2026年3月2日11时0分至2026年3月2日12时0分") for line in lines)


def test_new_holiday_moves_the_due_and_is_named() -> None:
    rule = load_book().deadline("complaint.acceptance", on=date(2027, 2, 1))
    start = _at("2027-02-01")
    calendar = WorkingCalendar({date(2027, 2, 5): Override(False, "春节")}, frozenset({2027}))
    before, after = (compute_due(rule, start, calendar=item) for item in (load_calendar(), calendar))
    assert (before.last_day, after.last_day) == (date(2027, 2, 10), date(2027, 2, 11))
    assert Skipped(date(2027, 2, 5), "春节") in after.skipped
    assert not any("尚未公布" in line for line in after.explanation)


def test_bulk_gives_what_single_gives() -> None:
    book, calendar = load_book(), load_calendar()
    pause = (_pause("2026-03-10", "2026-03-12"),)
    requests = [
        DueRequest(
            book.deadline(rule, on=date(2026, 3, 2)), _at("2026-03-02") + timedelta(hours=7 * step), *more
        )
        for step in range(60)
        for rule, *more in (
            ("complaint.acceptance",),
            ("transfer.hand-over",),
            ("case.decision", pause, 1),
            ("publicity.term",),
            ("hearing.notice",),
        )
    ]
    single = [
        compute_due(
            item.rule, item.start, calendar=calendar, pauses=item.pauses, extensions=item.extensions
        ).due_at
        for item in requests
    ]
    assert compute_due_many(requests, calendar=calendar) == single
