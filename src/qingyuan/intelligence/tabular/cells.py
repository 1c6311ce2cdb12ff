"""What a cell says: times as people and programs write them, kinds of letters, text without layout."""

import re
from datetime import date, datetime, time, timedelta

from qingyuan.basics.clock import CHINA, require_aware

_DATE = re.compile(
    r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(上午|下午)?\s*(\d{1,2})[::时](\d{1,2})(?:[::分](\d{1,2}))?[秒分]?(?:\.\d+)?)?\s*\Z"
)
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?\s*\Z")
_SERIAL = re.compile(r"\s*(\d{5})(?:\.(\d+))?\s*\Z")
_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheet dates; the wrong leap day of 1900 is behind it for every date that matters here."""

_BLANKS = re.compile(r"[ \t\u3000\xa0]+")
_LINES = re.compile(r"\s*\n\s*")

KINDS = (
    ("投诉", "complaint"),
    ("举报", "report"),
    ("咨询", "enquiry"),
    ("求助", "enquiry"),
    ("建议", "enquiry"),
)


class CellError(ValueError):
    """A cell that cannot be read; the message says why and what to write instead."""


def moment(value: object) -> datetime:
    """The moment in a cell, in China. Raises CellError.

    Takes dates, `2020/1/6 12:09:38`, `2020年1月6日 下午3:05`, `20200106120938` and the serial numbers of spreadsheets.
    """
    if isinstance(value, datetime):
        return value.replace(tzinfo=CHINA) if value.tzinfo is None else require_aware(value)
    if isinstance(value, date):
        return datetime.combine(value, time.min, tzinfo=CHINA)
    text = str(value).strip()
    if not text:
        raise CellError("没有填写时间。请填写收到时间,例如 2026-05-06 10:30。")
    try:
        found = _written(text) or _serial(text)
    except ValueError as error:
        raise CellError(f"“{text[:30]}”不是存在的日期或者时间。请更正,例如 2026-05-06 10:30。") from error
    if found is None:
        raise CellError(f"“{text[:30]}”不是认得的时间写法。请改写为 2026-05-06 10:30。")
    return found


def _written(text: str) -> datetime | None:
    if match := _DATE.match(text):
        year, month, day, half, hour, minute, second = match.groups()
        hours = int(hour or 0)
        if half == "下午" and hours < 12:
            hours += 12
        return datetime(
            int(year), int(month), int(day), hours, int(minute or 0), int(second or 0), tzinfo=CHINA
        )
    if match := _COMPACT.match(text):
        return datetime(*(int(part or 0) for part in match.groups()), tzinfo=CHINA)  # type: ignore[misc,arg-type]
    return None


def _serial(text: str) -> datetime | None:
    match = _SERIAL.match(text)
    if match is None:
        return None
    seconds = round(float(f"0.{match.group(2) or 0}") * 86_400)
    return datetime.combine(_EPOCH, time.min, tzinfo=CHINA) + timedelta(
        days=int(match.group(1)), seconds=seconds
    )


def kinds(value: str) -> tuple[str, ...]:
    """The kinds of matters a cell names, in order: `投诉举报` is both. Raises CellError for a word not known."""
    found = tuple(dict.fromkeys(kind for word, kind in KINDS if word in value))
    if not found:
        raise CellError(f"“{value[:30]}”不是认得的类别。请写投诉、举报或者咨询;一件可以同时是投诉和举报。")
    return found


def prose(value: str) -> str:
    """Text without the layout of the file it came from: blanks collapsed, empty lines and edges taken away."""
    return _LINES.sub("\n", _BLANKS.sub(" ", value.replace("\r\n", "\n").replace("\x00", ""))).strip()
