"""Civil time: which day it is in China, and where a day ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan.basics.clock import (
    CHINA,
    after_hours,
    civil_date,
    end_of_day,
    in_china,
    require_aware,
    start_of_day,
)

DAY = date(2026, 3, 1)


def test_evening_in_london_is_already_tomorrow_in_china() -> None:
    assert civil_date(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)
    assert civil_date(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)) == DAY


def test_day_begins_at_midnight_and_ends_one_second_before_the_next() -> None:
    assert start_of_day(DAY).isoformat() == "2026-03-01T00:00:00+08:00"
    assert end_of_day(DAY) + timedelta(seconds=1) == start_of_day(date(2026, 3, 2))


def test_hours_run_on_the_clock() -> None:
    assert after_hours(datetime(2026, 2, 28, 20, tzinfo=CHINA), 24) == datetime(2026, 3, 1, 20, tzinfo=CHINA)


@pytest.mark.parametrize("ask", [require_aware, in_china, civil_date])
def test_time_without_zone_is_refused(ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="没有时区"):
        ask(datetime(2026, 3, 1, 9))


@given(st.datetimes(datetime(1995, 1, 1), datetime(2070, 1, 1), timezones=st.timezones()))
def test_civil_date_contains_the_moment(at: datetime) -> None:
    day = civil_date(at)
    assert start_of_day(day) <= at < start_of_day(day + timedelta(days=1))
