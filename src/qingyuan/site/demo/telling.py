"""Tell stories in order of time: each record's life is a generator that says when its next step is due.

A life yields the time of its next step and takes the step when it is resumed. Steps after the present are not
taken, so a record stands where its life has brought it by today.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from qingyuan.basics.clock import CHINA, civil_date
from qingyuan.law.calendar import WorkingCalendar

Life = Iterator[datetime]
FIRST_HOUR, LAST_HOUR = 9, 17
Each = Callable[[datetime], None]


def tell(lives: Iterable[Life], *, until: datetime, before_each: Each | None = None) -> int:
    """Take the steps of all lives in order of time up to `until`; return how many were taken.

    `before_each` is told the time of every step before it is taken.
    """
    waiting: list[tuple[datetime, int, Life]] = []
    for order, life in enumerate(lives):
        _wait(waiting, life, order, until)
    taken = 0
    while waiting:
        at, order, life = heapq.heappop(waiting)
        if before_each:
            before_each(at)
        _wait(waiting, life, order, until)
        taken += 1
    return taken


def _wait(waiting: list[tuple[datetime, int, Life]], life: Life, order: int, until: datetime) -> None:
    at = next(life, None)
    if at is not None and at <= until:
        heapq.heappush(waiting, (at, order, life))


class Diary:
    """Finds the time of a next step: in office hours of a working day, or at any hour for the public."""

    def __init__(self, calendar: WorkingCalendar, rng: Random) -> None:
        self._calendar = calendar
        self.rng = rng

    def by(self, rng: Random) -> Diary:
        """Return the same diary with other chance."""
        return Diary(self._calendar, rng)

    def after(self, at: datetime, days: float = 0) -> datetime:
        """Return a moment in office hours, `days` or a little more after `at`, later than `at` in any case."""
        moved = at + timedelta(days=days)
        day = civil_date(moved)
        if days < 1:
            moved = at + timedelta(minutes=self.rng.randint(20, 110))
            if civil_date(moved) == day and moved.astimezone(CHINA).hour < LAST_HOUR and self._works(day):
                return moved
            day += timedelta(days=1)
        while not self._works(day):
            day += timedelta(days=1)
        return self.moment(day)

    def moment(self, day: date) -> datetime:
        """Return a moment in the office hours of a day."""
        minutes = self.rng.randrange((LAST_HOUR - FIRST_HOUR) * 60)
        return datetime.combine(day, time(FIRST_HOUR), tzinfo=CHINA) + timedelta(minutes=minutes)

    def working_day(self, day: date) -> date:
        """Return the day itself or the working day after it."""
        while not self._works(day):
            day += timedelta(days=1)
        return day

    def _works(self, day: date) -> bool:
        return self._calendar.working(day)
