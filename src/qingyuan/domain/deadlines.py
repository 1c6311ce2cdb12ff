"""Due times, each with the account of how it was counted: start, days counted, days skipped and why, article."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from qingyuan.basics.clock import civil_date
from qingyuan.domain.due_account import Alternative, Skipped, account_of
from qingyuan.law.calendar import WorkingCalendar
from qingyuan.law.citation import Citation
from qingyuan.law.counting import Pause, counted_end, due_moment, paused_days
from qingyuan.law.rules import DeadlineRule, Unit

_ONE_DAY = timedelta(days=1)
PAUSED = "暂停"
"""The reason given for a day on which the clock stood."""

__all__ = ["Alternative", "Due", "DueRequest", "Skipped", "compute_due", "compute_due_many", "explain_due"]


@dataclass(frozen=True, slots=True)
class DueRequest:
    """One due time to compute: a rule, a start, and what happened to the clock since."""

    rule: DeadlineRule
    start: datetime
    pauses: tuple[Pause, ...] = ()
    extensions: int = 0
    further: int = 0


@dataclass(frozen=True)
class Due:
    """到期: the moment a term runs out. The account of it is worked out only when somebody asks."""

    rule: DeadlineRule
    start: datetime
    due_at: datetime
    pauses: tuple[Pause, ...]
    extensions: int
    further: int
    calendar: WorkingCalendar

    @property
    def start_day(self) -> date:
        """The civil day of the start, which is not counted itself."""
        return civil_date(self.start)

    @property
    def last_day(self) -> date:
        """The civil day on which the term runs out."""
        return civil_date(self.due_at)

    @cached_property
    def counted_end(self) -> date:
        """The last day counted: the last day, unless that one moved on because nobody works on it."""
        if self.rule.unit is Unit.HOUR or self.rule.before:
            return self.last_day
        return counted_end(
            self.rule, self.start_day, self.calendar, paused_days(self.pauses), self.extensions, self.further
        )

    @cached_property
    def counted(self) -> tuple[date, ...]:
        """Every day counted, in order; empty for a term in hours and for one that runs back."""
        if self.rule.unit is Unit.HOUR or self.rule.before:
            return ()
        skipped = {item.day for item in self.skipped}
        return tuple(day for day in _days(self.start_day, self.counted_end) if day not in skipped)

    @cached_property
    def skipped(self) -> tuple[Skipped, ...]:
        """Every day between start and due that was not counted, with the reason."""
        if self.rule.unit is Unit.HOUR:
            return ()
        if self.rule.before:
            between = _days(self.last_day, self.start_day - _ONE_DAY)
            in_working_days = self.rule.unit is Unit.WORKING_DAY
            return tuple(
                Skipped(day, self.calendar.why(day))
                for day in between
                if in_working_days and not self.calendar.working(day)
            )
        return tuple(self._skipped_forward())

    def _skipped_forward(self) -> Iterator[Skipped]:
        paused = paused_days(self.pauses)
        for day in _days(self.start_day, self.last_day):
            if day in paused:
                yield Skipped(day, PAUSED)
            elif self._working_unit(day) and not self.calendar.working(day):
                yield Skipped(day, self.calendar.why(day))
            elif self.counted_end < day < self.last_day:
                yield Skipped(day, f"末日顺延：{self.calendar.why(day)}")

    @cached_property
    def explanation(self) -> tuple[str, ...]:
        """The account in ordered Chinese lines; the last names the article."""
        return account_of(self)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The article of the term, of each extension used, of the pauses, and of the way of counting."""
        rule = self.rule
        found = list(rule.citations)
        if rule.extension is not None and self.extensions:
            found.extend(rule.extension.citations)
        if self.pauses:
            named = {pause[2] for pause in self.pauses if len(pause) > 2}
            found.extend(
                cite
                for ground in rule.pauses
                if not named or ground.event in named
                for cite in ground.citations
            )
        found.extend(rule.counting.citations)
        return tuple(dict.fromkeys(found))

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The due times under the units the setting could have chosen where the statute does not say."""
        return tuple(
            Alternative(unit, self._in(unit), self.rule.setting or "") for unit in self.rule.alternatives
        )

    def _in(self, unit: Unit) -> datetime:
        other = self.rule.in_unit(unit)
        return _moment(
            DueRequest(other, self.start, self.pauses, self.extensions, self.further), self.calendar
        )

    def _working_unit(self, day: date) -> bool:
        extension = self.rule.extension
        if extension is None or not self.extensions or extension.unit is self.rule.unit:
            return self.rule.unit is Unit.WORKING_DAY
        first = counted_end(self.rule, self.start_day, self.calendar, paused_days(self.pauses), 0, 0)
        return (self.rule.unit if day <= first else extension.unit) is Unit.WORKING_DAY


def compute_due(
    rule: DeadlineRule,
    start: datetime,
    *,
    calendar: WorkingCalendar,
    pauses: Sequence[Pause] = (),
    extensions: int = 0,
    further: int = 0,
) -> Due:
    """When the term of `rule`, begun at `start`, runs out.

    `rule` must be the one in force on the start day. `pauses` are pairs of aware times (optionally with the event
    that stopped the clock): every day a pause touches is left out. `extensions` is the number of the rule's
    extensions granted; `further` is what was granted beyond them, in the rule's unit. Raises TermError (a
    ValueError) where the law gives the term no pause or no such extension, and ValueError for a time without a
    time zone.
    """
    request = DueRequest(rule, start, tuple(pauses), extensions, further)
    due_at = _moment(request, calendar)
    return Due(rule, start, due_at, request.pauses, extensions, further, calendar)


def compute_due_many(requests: Iterable[DueRequest], *, calendar: WorkingCalendar) -> list[datetime]:
    """The due time of each request, in order, the same as `compute_due` gives; for recomputing in bulk.

    Duties begun on the same day under the same rule share their answer, so each is worked out once.
    """
    known: dict[tuple[int, date], datetime] = {}
    found: list[datetime] = []
    for request in requests:
        rule = request.rule
        if request.pauses or request.extensions or request.further or rule.unit is Unit.HOUR:
            found.append(_moment(request, calendar))
            continue
        key = (id(rule), civil_date(request.start))
        due_at = known.get(key)
        if due_at is None:
            due_at = known[key] = _moment(request, calendar)
        found.append(due_at)
    return found


def explain_due(
    rule: DeadlineRule,
    start: datetime,
    *,
    calendar: WorkingCalendar,
    pauses: Sequence[Pause] = (),
    extensions: int = 0,
    further: int = 0,
) -> tuple[str, ...]:
    """The account of a due time alone. Arguments and errors as `compute_due`."""
    return compute_due(
        rule, start, calendar=calendar, pauses=pauses, extensions=extensions, further=further
    ).explanation


def _moment(request: DueRequest, calendar: WorkingCalendar) -> datetime:
    return due_moment(
        request.rule,
        request.start,
        calendar=calendar,
        pauses=request.pauses,
        extensions=request.extensions,
        further=request.further,
    )


def _days(after: date, until: date) -> Iterator[date]:
    return (after + timedelta(days=offset) for offset in range(1, (until - after).days + 1))
