"""Which days are worked: weekends, the State Council's holidays and make-up days, and an office's own corrections."""

import hashlib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from chinese_calendar import constants
from yaml import YAMLError

from qingyuan.law.book import Document
from qingyuan.law.faults import BookError, Fault, LawError
from qingyuan.law.files import parse_yaml
from qingyuan.law.loader import PACKAGED
from qingyuan.law.schema import Schemas

FIRST = date(2000, 1, 1)
LAST = date(2079, 12, 31)
_FIRST_ANNOUNCED = min(constants.holidays).year
_LAST_ANNOUNCED = max(constants.holidays).year
_WEEKDAYS = "一二三四五六日"
_NAMES = {holiday.value: holiday.chinese for holiday in constants.Holiday}


@dataclass(frozen=True, slots=True)
class Override:
    """One day set by hand: worked or not, and its name (春节, 调休上班 …)."""

    working: bool
    name: str


class WorkingCalendar:
    """工作日历. Immutable; `version` changes whenever any day changes."""

    def __init__(
        self, overrides: Mapping[date, Override] | None = None, announced: frozenset[int] = frozenset()
    ) -> None:
        """Holidays of 2004 to the last year built in, then `overrides`, which win. `announced` are further years
        whose arrangement is complete in the overrides. Raises LawError for a day outside the calendar.
        """
        self._overrides = dict(overrides or {})
        self._announced = announced
        for day in self._overrides:
            _index(day)
        working = [_works(FIRST + timedelta(days=offset)) for offset in range((LAST - FIRST).days + 1)]
        for day, override in self._overrides.items():
            working[_index(day)] = override.working
        self._working = working
        self._counts = list(accumulate(working))
        self._days = [offset for offset, works in enumerate(working) if works]
        self.version = self._digest()

    def working(self, day: date) -> bool:
        """True when `day` is worked. Raises LawError outside the years of the calendar."""
        return self._working[_index(day)]

    def holiday(self, day: date) -> bool:
        """True for a day off that is not just an ordinary weekend: a holiday or a day off in lieu."""
        override = self._overrides.get(day)
        if override is not None:
            return not override.working
        return day in constants.holidays or day in constants.in_lieu_days

    def why(self, day: date) -> str:
        """Why the day is worked or not: 周六, 春节, 春节调休上班, 工作日; says so where nothing is announced yet."""
        override = self._overrides.get(day)
        if override is not None:
            return override.name
        if day in constants.workdays:
            return f"{_NAMES[constants.workdays[day]]}调休上班"
        if day in constants.holidays:
            name = _NAMES[constants.holidays[day]]
            return f"{name}调休放假" if day in constants.in_lieu_days else name
        plain = "工作日" if _works(day) else f"周{_WEEKDAYS[day.weekday()]}"
        return plain if self.known(day.year) else f"{plain}（{day.year}年放假安排尚未公布，按周末推算）"

    def known(self, year: int) -> bool:
        """True when the year's arrangement is known: built in, or entered by hand and marked as announced."""
        return _FIRST_ANNOUNCED <= year <= _LAST_ANNOUNCED or year in self._announced

    def count(self, after: date, until: date) -> int:
        """How many working days lie after `after` up to and including `until`."""
        return self._counts[_index(until)] - self._counts[_index(after)]

    def advance(self, after: date, days: int) -> date:
        """The `days`-th working day after `after`; `days` is at least 1. Raises LawError past the last year."""
        position = self._counts[_index(after)] + days - 1
        if position >= len(self._days):
            raise LawError(_OUTSIDE)
        return FIRST + timedelta(days=self._days[position])

    def retreat(self, before: date, days: int) -> date:
        """The `days`-th working day before `before`; `days` is at least 1. Raises LawError before the first year."""
        position = bisect_left(self._days, _index(before)) - days
        if position < 0:
            raise LawError(_OUTSIDE)
        return FIRST + timedelta(days=self._days[position])

    def _digest(self) -> str:
        text = "".join("1" if works else "0" for works in self._working)
        names = "|".join(f"{day}{item.name}" for day, item in sorted(self._overrides.items()))
        return hashlib.sha256(f"{text}|{names}|{sorted(self._announced)}".encode()).hexdigest()


_OUTSIDE = f"日期超出工作日历的范围（{FIRST.year}—{LAST.year}年）。请核对年份。"


def load_calendar(path: Path | None = None) -> WorkingCalendar:
    """The calendar with the corrections written in `path` (else those of the packaged lawbook, kept once read).

    Raises BookError when the file is not in the form of lawbook/schema/holidays.json or names a day twice.
    """
    return _packaged() if path is None else read_calendar(path)


@cache
def _packaged() -> WorkingCalendar:
    return read_calendar(PACKAGED / "calendar" / "holidays.yaml")


def read_calendar(path: Path) -> WorkingCalendar:
    """The calendar with the corrections written in `path`, read afresh. Raises as `load_calendar`."""
    try:
        content: Any = parse_yaml(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise BookError([_unreadable(path.name, str(error))]) from error
    document = Document("calendar", path.name, "holidays", content if isinstance(content, dict) else {})
    faults = Schemas(PACKAGED / "schema").faults(document)
    if faults:
        raise BookError(faults)
    overrides: dict[date, Override] = {}
    for entry in document.data["days"]:
        if entry["date"] in overrides:
            raise BookError([_twice(path.name, entry["date"])])
        overrides[entry["date"]] = Override(entry["working"], entry["name"])
    return WorkingCalendar(overrides, frozenset(item["year"] for item in document.data["announced"]))


def _unreadable(file: str, why: str) -> Fault:
    return Fault(file, "", "日历文件读不出来", why, "对照样例改正缩进和冒号,存为 UTF-8 后重试。")


def _twice(file: str, day: date) -> Fault:
    return Fault(
        file,
        day.isoformat(),
        "同一天写了两次",
        "一天不能既放假又上班。",
        "对照国务院办公厅的放假通知，只留一条。",
    )


def _works(day: date) -> bool:
    if day in constants.workdays:
        return True
    return day.weekday() < 5 and day not in constants.holidays


def _index(day: date) -> int:
    offset = day.toordinal() - _FIRST_ORDINAL
    if not 0 <= offset <= _LENGTH:
        raise LawError(_OUTSIDE)
    return offset


_FIRST_ORDINAL = FIRST.toordinal()
_LENGTH = LAST.toordinal() - _FIRST_ORDINAL
