"""Duties prepared in bulk: letters of one day share their due time, so it is computed once a day and rule."""

from __future__ import annotations

from datetime import date, datetime

from qingyuan.apps.intake.models import Matter
from qingyuan.apps.ledger.models import Duty, Event
from qingyuan.apps.ledger.queries import book, calendar, law_day
from qingyuan.domain.deadlines import compute_due
from qingyuan.law.rules import Unit


class DueCache:
    """Computes due times for one batch. A term in hours depends on the moment, any other on the civil day."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, date], datetime] = {}
        self._book, self._calendar = book(), calendar()

    def due_at(self, rule: str, start: datetime) -> datetime:
        """Return when a term that starts at `start` runs out."""
        day = law_day(start)
        if (rule, day) in self._kept:
            return self._kept[rule, day]
        term = self._book.deadline(rule, on=day)
        due_at = compute_due(term, start, calendar=self._calendar).due_at
        if term.unit is not Unit.HOUR:
            self._kept[rule, day] = due_at
        return due_at

    def duty(self, rule: str, matter: Matter, event: Event, unit: str, start: datetime) -> Duty:
        """Return the duty, not yet written, of a matter whose clock starts at `start`."""
        return Duty(
            rule=rule,
            subject_kind=matter.kind,
            subject_id=str(matter.pk),
            title=title_of(matter),
            unit=unit,
            member=matter.handler_id,
            opened_by=event.pk,
            started_at=start,
            due_at=self.due_at(rule, start),
        )


def title_of(matter: Matter) -> str:
    """Return what the 工作台 shows of a matter: number and title, in which no identity stands."""
    return f"{matter.number} {matter.letter.title}"[:200]
