"""Civil time in China: the one time zone every term of law is counted in."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
"""The time zone of every civil date (北京时间); no summer time since 1992."""

_LAST_MOMENT = time(23, 59, 59)


def require_aware(at: datetime) -> datetime:
    """Return `at` unchanged. Raises ValueError when it carries no time zone: which day it is would be a guess."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError(
            f"时间 {at.isoformat()} 没有时区：无法确定它在北京时间是哪一天。请传入带时区的时间，例如 "
            "datetime(..., tzinfo=CHINA)。"
        )
    return at


def in_china(at: datetime) -> datetime:
    """The same moment on the clock in China. Raises ValueError when `at` has no time zone."""
    return require_aware(at).astimezone(CHINA)


def civil_date(at: datetime) -> date:
    """The civil date in China on which the moment `at` lies. Raises ValueError when `at` has no time zone.

    17:00 in London on 1 March is already 2 March in China.
    """
    return in_china(at).date()


def start_of_day(day: date) -> datetime:
    """The first moment (00:00:00, China) of `day`."""
    return datetime.combine(day, time.min, tzinfo=CHINA)


def end_of_day(day: date) -> datetime:
    """The last second (23:59:59, China) of `day`: a term counted in days runs out at 24 o'clock of its last day."""
    return datetime.combine(day, _LAST_MOMENT, tzinfo=CHINA)


def after_hours(at: datetime, hours: int) -> datetime:
    """The moment `hours` clock hours after `at`, shown in China time."""
    return (require_aware(at).astimezone(UTC) + timedelta(hours=hours)).astimezone(CHINA)
