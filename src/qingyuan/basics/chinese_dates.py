"""Dates as Chinese documents write and read them."""

import re
from datetime import date, datetime

from qingyuan.basics.clock import in_china

_WEEKDAYS = "一二三四五六日"
_DIGITS = "〇一二三四五六七八九"
_ZEROS = str.maketrans("零○O", "〇〇〇")
_NUMERIC = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS = re.compile(
    r"([〇一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


def format_date(day: date) -> str:
    """`2023年9月1日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def format_day(day: date) -> str:
    """`2023年9月1日（周五）`."""
    return f"{format_date(day)}（周{_WEEKDAYS[day.weekday()]}）"


def format_moment(at: datetime) -> str:
    """`2023年9月1日9时5分`, on the clock in China. Raises ValueError when `at` has no time zone."""
    local = in_china(at)
    return f"{format_date(local.date())}{local.hour}时{local.minute}分"


def capital_date(day: date) -> str:
    """`二〇二三年九月一日`, as official documents are dated."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_number(day.month)}月{_number(day.day)}日"


def parse_date(text: str) -> date:
    """Read one date: `2023年9月1日`, `2023-09-01`, `2023/9/1`, `20230901`, `二〇二三年九月一日`.

    Raises ValueError when the whole text is not one real date.
    """
    written = text.strip()
    found = _NUMERIC.fullmatch(written) or _COMPACT.fullmatch(written)
    words = _WORDS.fullmatch(written.translate(_ZEROS)) if found is None else None
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if words is not None:
            year = int("".join(str(_DIGITS.index(digit)) for digit in words[1]))
            return date(year, _read(words[2]), _read(words[3]))
    except ValueError:
        raise ValueError(f"“{text}”不是日历上有的日子。请核对年月日。") from None
    raise ValueError(f"“{text}”不是日期。可以写 2023年9月1日、2023-09-01 或 20230901。")


def _number(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _read(words: str) -> int:
    if "十" not in words:
        return _DIGITS.index(words)
    tens, ones = words.split("十", 1)
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)
