"""Which days are worked, 2024–2026 as announced, later years as entered by hand."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from qingyuan.law.calendar import FIRST, LAST, Override, WorkingCalendar, load_calendar
from qingyuan.law.faults import BookError, LawError


def _day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        ("2024-02-09", True, "工作日"),
        ("2024-02-12", False, "春节"),
        ("2024-02-16", False, "春节调休放假"),
        ("2024-02-18", True, "春节调休上班"),
        ("2024-09-14", True, "中秋调休上班"),
        ("2024-10-12", True, "国庆节调休上班"),
        ("2025-01-26", True, "春节调休上班"),
        ("2025-10-06", False, "中秋"),
        ("2025-10-08", False, "国庆节调休放假"),
        ("2026-02-14", True, "春节调休上班"),
        ("2026-02-17", False, "春节"),
        ("2026-02-28", True, "春节调休上班"),
        ("2026-03-07", False, "周六"),
        ("2026-03-08", False, "周日"),
        ("2026-10-10", True, "国庆节调休上班"),
    ],
)
def test_announced_days(day: str, works: bool, why: str) -> None:
    calendar = load_calendar()
    assert calendar.working(_day(day)) is works
    assert calendar.why(_day(day)) == why


def test_year_without_announcement_goes_by_weekends_and_says_so() -> None:
    calendar = load_calendar()
    assert not calendar.known(2027)
    assert calendar.working(_day("2027-01-01"))
    assert not calendar.working(_day("2027-01-02"))
    assert calendar.why(_day("2027-01-02")) == "周六（2027年放假安排尚未公布，按周末推算）"
    assert calendar.why(_day("2026-01-10")) == "周六"


FILE = """
id: holidays
announced: [{year: 2027, source: 放假通知}]
days:
  - {date: 2027-01-01, working: false, name: 元旦}
  - {date: 2027-01-09, working: true, name: 元旦调休上班}
"""


def test_office_file_wins_and_ends_the_guessing(tmp_path: Path) -> None:
    path = tmp_path / "放假.yaml"
    path.write_text(FILE, encoding="utf-8")
    calendar = load_calendar(path)
    assert calendar.known(2027)
    assert not calendar.working(_day("2027-01-01"))
    assert calendar.holiday(_day("2027-01-01"))
    assert calendar.why(_day("2027-01-01")) == "元旦"
    assert calendar.working(_day("2027-01-09"))
    assert calendar.why(_day("2027-01-02")) == "周六"
    assert calendar.version != load_calendar().version


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (FILE + "  - {date: 2027-01-01, working: true, name: 上班}\n", "同一天写了两次"),
        (FILE.replace("working: false, ", ""), "缺少必填项"),
        ("[]", "缺少必填项"),
    ],
    ids=["a day twice", "a day without a verdict", "not a calendar"],
)
def test_faulty_file_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "放假.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BookError, match=message):
        load_calendar(path)


def test_version_follows_any_day_and_any_name() -> None:
    day = _day("2027-05-01")
    plain = WorkingCalendar()
    off, renamed = (
        WorkingCalendar({day: Override(False, "劳动节")}),
        WorkingCalendar({day: Override(False, "五一")}),
    )
    assert len({plain.version, off.version, renamed.version}) == 3
    assert WorkingCalendar({day: Override(False, "劳动节")}).version == off.version


def test_counting_over_the_calendar_agrees_with_looking_at_each_day() -> None:
    calendar = load_calendar()
    start = _day("2024-01-01")
    for span in (1, 17, 120, 400):
        days = [start + timedelta(days=offset) for offset in range(1, span + 1)]
        assert calendar.count(start, days[-1]) == sum(calendar.working(day) for day in days)
    assert calendar.advance(_day("2026-02-12"), 3) == _day("2026-02-24")
    assert calendar.retreat(_day("2026-02-24"), 1) == _day("2026-02-14")


@pytest.mark.parametrize("day", [FIRST - timedelta(days=1), LAST + timedelta(days=1)])
def test_day_outside_the_calendar_is_an_error_not_a_guess(day: date) -> None:
    with pytest.raises(LawError, match="超出工作日历的范围"):
        load_calendar().working(day)
    with pytest.raises(LawError, match="超出工作日历的范围"):
        WorkingCalendar({day: Override(False, "假")})


def test_term_that_runs_off_the_calendar_is_an_error() -> None:
    with pytest.raises(LawError, match="超出工作日历的范围"):
        load_calendar().advance(LAST, 1)
    with pytest.raises(LawError, match="超出工作日历的范围"):
        load_calendar().retreat(FIRST, 1)
