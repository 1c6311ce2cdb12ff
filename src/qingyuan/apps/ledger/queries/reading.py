"""Read the ledger: timelines, heads, duties and the whole as the checker wants it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from qingyuan.apps.ledger.models import Duty, Event, Head, Seal
from qingyuan.basics import chain
from qingyuan.basics.clock import civil_date
from qingyuan.domain.deadlines import Due, DueRequest, compute_due, compute_due_many
from qingyuan.law import load_book
from qingyuan.law.book import Book
from qingyuan.law.calendar import WorkingCalendar, load_calendar
from qingyuan.law.rules import DeadlineRule


def hashed_fields(event: Event) -> dict[str, Any]:
    """Return what an event's hash covers, in the ledger's own spelling."""
    return {
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "sequence": event.sequence,
        "verb": event.verb,
        "actor": event.actor,
        "unit": event.unit,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "facts": event.facts,
        "basis": event.basis,
        "previous": event.previous,
    }


def timeline(kind: str, subject_id: object, *, limit: int = 200) -> QuerySet[Event]:
    """Return a subject's events, newest first."""
    return Event.objects.filter(subject_kind=kind, subject_id=str(subject_id)).order_by("-sequence")[:limit]


def exported_events() -> Iterator[dict[str, Any]]:
    """Yield every event in the order the checker reads: by subject, then sequence. Streams; memory stays flat."""
    rows = Event.objects.order_by("subject_kind", "subject_id", "sequence", "id")
    for event in rows.iterator(chunk_size=5000):
        yield {"id": event.pk, **hashed_fields(event), "hash": event.hash}


def exported_seals() -> list[dict[str, Any]]:
    """Return every seal, oldest first, as the checker wants it."""
    return [
        {
            "day": seal.day.isoformat(),
            "last_event": seal.last_event,
            "heads": seal.heads,
            "root": seal.root,
            "previous": seal.previous,
            "hash": seal.hash,
        }
        for seal in Seal.objects.order_by("last_event", "day")
    ]


def grown_heads(*, after: int) -> tuple[int, list[bytes]]:
    """Return the last event's id and a Merkle leaf for each chain that grew after event `after`."""
    newest = Event.objects.order_by("-id").values_list("id", flat=True).first() or after
    rows = (
        Event.objects.filter(id__gt=after)
        .order_by("subject_kind", "subject_id", "-sequence")
        .distinct("subject_kind", "subject_id")
        .values_list("subject_kind", "subject_id", "sequence", "hash")
    )
    return newest, [chain.leaf(*row) for row in rows.iterator(chunk_size=5000)]


def head_faults() -> Iterator[chain.Fault]:
    """Yield each subject whose last event is not the one its head names: the end of a chain was cut or grown."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT subject_kind, subject_id, head.sequence, last.sequence
               FROM ledger_head head
               FULL JOIN (
                   SELECT DISTINCT ON (subject_kind, subject_id) subject_kind, subject_id, sequence, hash
                   FROM ledger_event ORDER BY subject_kind, subject_id, sequence DESC
               ) last USING (subject_kind, subject_id)
               WHERE (head.sequence, head.hash) IS DISTINCT FROM (last.sequence, last.hash)
                 AND (head.sequence IS DISTINCT FROM 0 OR last.sequence IS NOT NULL)
               ORDER BY 1, 2"""
        )
        for kind, subject_id, wanted, found in cursor.fetchall():
            yield chain.Fault(
                f"{kind} {subject_id} #{wanted or found}",
                f"the chain's head says {wanted or 0} events, {found or 0} are here: its end was cut or added to",
            )


def faults() -> Iterator[chain.Fault]:
    """Recompute the whole ledger and yield every fault, the first bad record of each chain named."""
    yield from chain.check(exported_events(), exported_seals())
    yield from head_faults()


@lru_cache(maxsize=1)
def _calendar(path: str, _stamp: int) -> WorkingCalendar:
    return load_calendar(Path(path) if path else None)


def calendar() -> WorkingCalendar:
    """Return the working calendar with the office's own overrides; reread when the file changes."""
    path = Path(settings.QINGYUAN_CALENDAR_FILE)
    if not path.is_file():
        return _calendar("", 0)
    return _calendar(str(path), path.stat().st_mtime_ns)


def book() -> Book:
    """Return the lawbook in use."""
    return load_book()


def law_day(at: datetime) -> date:
    """Return the civil day (China) whose law applies to a moment."""
    return civil_date(at)


def due_of(duty: Duty, *, book: Book, calendar: WorkingCalendar) -> Due:
    """Compute a duty's due time afresh from its rule, start, pauses, extensions and what was granted beyond."""
    rule = book.deadline(duty.rule, on=law_day(duty.started_at))
    return compute_due(
        rule,
        duty.started_at,
        calendar=calendar,
        pauses=_pauses(duty),
        extensions=duty.extensions,
        further=duty.further,
    )


def _pauses(duty: Any) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in duty.pauses)


def due_times(clocks: Sequence[Any], *, book: Book, calendar: WorkingCalendar) -> list[datetime]:
    """Compute the due times of duties, or of rows with a duty's `CLOCK` columns, afresh and in order."""
    rules: dict[tuple[str, date], DeadlineRule] = {}
    requests = []
    for clock in clocks:
        key = (clock.rule, law_day(clock.started_at))
        if key not in rules:
            rules[key] = book.deadline(clock.rule, on=key[1])
        pauses = _pauses(clock) if clock.pauses else ()
        requests.append(DueRequest(rules[key], clock.started_at, pauses, clock.extensions, clock.further))
    return compute_due_many(requests, calendar=calendar)


CLOCK = ("pk", "rule", "started_at", "due_at", "pauses", "extensions", "further")
"""What a due time is computed from; reading no more is three times as fast as reading duties."""


def stale_duties(
    *, after: int, limit: int, book: Book, calendar: WorkingCalendar
) -> tuple[int | None, list[int]]:
    """Look at the next `limit` open duties after a key, without locking them.

    Returns the last key looked at (None when there was none) and the keys of those whose due time is not right.
    """
    clocks = list(
        Duty.objects.filter(state=Duty.State.OPEN, pk__gt=after)
        .order_by("pk")
        .values_list(*CLOCK, named=True)[:limit]
    )
    if not clocks:
        return None, []
    right = due_times(clocks, book=book, calendar=calendar)
    stale = [clock.pk for clock, due_at in zip(clocks, right, strict=True) if clock.due_at != due_at]
    return clocks[-1].pk, stale


def moved(duties: Sequence[Duty], *, book: Book, calendar: WorkingCalendar) -> list[tuple[Duty, datetime]]:
    """Return the duties whose due time is no longer right, set to the right one, each with the old one."""
    changed = []
    for duty, due_at in zip(duties, due_times(duties, book=book, calendar=calendar), strict=True):
        if due_at != duty.due_at:
            changed.append((duty, duty.due_at))
            duty.due_at = due_at
    return changed


def open_duties() -> QuerySet[Duty]:
    """Return the open duties, the most urgent first."""
    return Duty.objects.filter(state=Duty.State.OPEN).order_by("due_at", "pk")


def duties_of(kind: str, subject_id: object) -> QuerySet[Duty]:
    """Return a subject's duties, open ones first, then by due time."""
    return Duty.objects.filter(subject_kind=kind, subject_id=str(subject_id)).order_by("-state", "due_at")


def event_count() -> int:
    """Return the number of events."""
    return Event.objects.count()


def seal_count() -> int:
    """Return the number of seals."""
    return Seal.objects.count()


def head_of(kind: str, subject_id: object) -> Head | None:
    """Return the head of a subject's chain; its sequence tells a page whether somebody else wrote meanwhile."""
    return Head.objects.filter(subject_kind=kind, subject_id=str(subject_id)).first()
