"""Values that hold from a day to a day."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; `last` None means still in force (or never ended)."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"生效区间颠倒：{self.first} 晚于 {self.last}。")

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: "Period") -> bool:
        """True when some day lies in both."""
        starts_before = self.last is None or other.first <= self.last
        return starts_before and (other.last is None or self.first <= other.last)

    def covers(self, other: "Period") -> bool:
        """True when every day of `other` lies in this period."""
        return self.first <= other.first and (
            self.last is None or (other.last is not None and other.last <= self.last)
        )

    def gap_before(self, later: "Period") -> "Period | None":
        """The days between the end of this period and the start of `later`, or None when they touch."""
        if self.last is None or later.first <= self.last + timedelta(days=1):
            return None
        return Period(self.last + timedelta(days=1), later.first - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.first.isoformat()} 至 {self.last.isoformat() if self.last else '今'}"


class Timeline(Generic[T]):
    """Versions of one thing, in order of time, never two on one day."""

    __slots__ = ("_firsts", "entries")

    def __init__(self, entries: Iterable[tuple[Period, T]]) -> None:
        """Raises ValueError when two periods overlap."""
        self.entries: tuple[tuple[Period, T], ...] = tuple(sorted(entries, key=lambda entry: entry[0].first))
        for (earlier, _), (later, _) in zip(self.entries, self.entries[1:], strict=False):
            if earlier.overlaps(later):
                raise ValueError(f"两个版本的生效区间重叠：{earlier} 与 {later}。")
        self._firsts = [period.first for period, _ in self.entries]

    def on(self, day: date) -> T | None:
        """The version in force on `day`, or None when none was."""
        position = bisect_right(self._firsts, day) - 1
        if position < 0:
            return None
        period, item = self.entries[position]
        return item if day in period else None

    def __iter__(self) -> Iterator[T]:
        return iter(item for _, item in self.entries)

    def __len__(self) -> int:
        return len(self.entries)
