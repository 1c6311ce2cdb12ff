"""Open, meet, pause, extend and recompute duties. The caller's event is the cause of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qingyuan.apps.ledger import queries
from qingyuan.apps.ledger.actions.bulk import write_many
from qingyuan.apps.ledger.actions.events import SYSTEM, Draft, Subject, record_many
from qingyuan.apps.ledger.models import Duty, Event
from qingyuan.domain.deadlines import compute_due
from qingyuan.law.book import Book
from qingyuan.law.calendar import WorkingCalendar


def open_duty(
    rule: str,
    *,
    subject: Subject,
    unit: str,
    event: Event,
    book: Book,
    calendar: WorkingCalendar,
    title: str = "",
    member: int | None = None,
    start: datetime | None = None,
) -> Duty:
    """Open the duty that `event` gives rise to; its due time comes from the rule in force on the start day.

    `start` is the event's own time unless the statute counts from another moment. Opening a duty that is
    already open for the same subject and rule returns the open one unchanged.
    """
    started = start or event.at
    due = compute_due(book.deadline(rule, on=queries.law_day(started)), started, calendar=calendar)
    duty, _created = Duty.objects.get_or_create(
        rule=rule,
        subject_kind=subject.kind,
        subject_id=subject.id,
        state=Duty.State.OPEN,
        defaults={
            "title": title,
            "unit": unit,
            "member": member,
            "opened_by": event.pk,
            "started_at": started,
            "due_at": due.due_at,
        },
    )
    return duty


def open_duties(duties: Iterable[Duty]) -> list[Duty]:
    """Write duties prepared by `queries.prepare_duty` in bulk, for imports."""
    return write_many(list(duties))


def meet_duties(*rules: str, subject: Subject, event: Event) -> int:
    """Mark the open duties of these rules as met by `event`; return how many there were."""
    return _close(Duty.State.MET, rules, subject, event)


def void_duties(*rules: str, subject: Subject, event: Event) -> int:
    """取消: end open duties that the event makes pointless; with no rule named, all of the subject's."""
    return _close(Duty.State.VOID, rules, subject, event)


def _close(state: Duty.State, rules: tuple[str, ...], subject: Subject, event: Event) -> int:
    duties = Duty.objects.filter(subject_kind=subject.kind, subject_id=subject.id, state=Duty.State.OPEN)
    if rules:
        duties = duties.filter(rule__in=rules)
    elif state is Duty.State.MET:
        raise ValueError("say which rules the event meets; only void_duties may end all")
    return duties.update(state=state, closed_by=event.pk, closed_at=event.at, paused_since=None)


def reassign_duties(*subjects: Subject, unit: str, member: int | None) -> int:
    """Give the subjects' open duties to another unit or member in one statement; the due days stay.

    All subjects are of one kind. Returns how many duties went over.
    """
    if not subjects:
        return 0
    return Duty.objects.filter(
        subject_kind=subjects[0].kind,
        subject_id__in=[subject.id for subject in subjects],
        state=Duty.State.OPEN,
    ).update(unit=unit, member=member)


def pause_duties(*rules: str, subject: Subject, event: Event) -> int:
    """中止: stop the clocks from the event on; the time until `resume_duties` is not counted."""
    return (
        Duty.objects.filter(
            subject_kind=subject.kind, subject_id=subject.id, state=Duty.State.OPEN, rule__in=rules
        )
        .filter(paused_since=None)
        .update(paused_since=event.at)
    )


def resume_duties(*rules: str, subject: Subject, event: Event, book: Book, calendar: WorkingCalendar) -> int:
    """恢复: let the clocks run again and move each due time by what was not counted."""
    duties = Duty.objects.select_for_update(no_key=True).filter(
        subject_kind=subject.kind, subject_id=subject.id, state=Duty.State.OPEN, rule__in=rules
    )
    resumed = [duty for duty in duties if duty.paused_since]
    for duty in resumed:
        duty.pauses = [*duty.pauses, [duty.paused_since.isoformat(), event.at.isoformat()]]
        duty.paused_since = None
        duty.due_at = queries.due_of(duty, book=book, calendar=calendar).due_at
    Duty.objects.bulk_update(resumed, ["pauses", "paused_since", "due_at"])
    return len(resumed)


def extend_duty(
    rule: str, *, subject: Subject, book: Book, calendar: WorkingCalendar, further: int = 0
) -> Duty:
    """延长: grant the extension that the rule allows. The caller records the approval as its event.

    With `further` it grants that much more beyond the extensions, in the rule's unit, where the rule allows it
    once they are used up (继续延期). Raises Duty.DoesNotExist when no such duty is open, and ValueError when the
    rule allows no further extension.
    """
    duty = Duty.objects.select_for_update(no_key=True).get(
        rule=rule, subject_kind=subject.kind, subject_id=subject.id, state=Duty.State.OPEN
    )
    if further:
        duty.further += further
    else:
        duty.extensions += 1
    duty.due_at = queries.due_of(duty, book=book, calendar=calendar).due_at
    duty.save(update_fields=["extensions", "further", "due_at"])
    return duty


@dataclass(frozen=True)
class Moved:
    """One duty whose due time changed when the calendar or its rule did."""

    duty: Duty
    before: datetime
    after: datetime


BATCH = 10_000


def recompute_duties(*, book: Book, calendar: WorkingCalendar, at: datetime, why: str) -> list[Moved]:
    """Recompute every open duty; write and report those that moved, each with an event that says why.

    Looks at all without locking any, then locks and looks again at those that are not right, batch by batch, each
    its own transaction: it can be stopped and run again, and a duty that is right is left alone.
    """
    moved: list[Moved] = []
    last: int | None = 0
    while last is not None:
        last, stale = queries.stale_duties(after=last, limit=BATCH, book=book, calendar=calendar)
        if stale:
            moved += _move(stale, book=book, calendar=calendar, at=at, why=why)
    return moved


@transaction.atomic
def _move(
    keys: Sequence[int], *, book: Book, calendar: WorkingCalendar, at: datetime, why: str
) -> list[Moved]:
    duties = Duty.objects.select_for_update(no_key=True).filter(pk__in=keys, state=Duty.State.OPEN)
    changed = queries.moved(list(duties.order_by("pk")), book=book, calendar=calendar)
    _write_moves(changed, at=at, why=why)
    return [Moved(duty, before, duty.due_at) for duty, before in changed]


def _write_moves(changed: Sequence[tuple[Duty, datetime]], *, at: datetime, why: str) -> None:
    if not changed:
        return
    Duty.objects.bulk_update([duty for duty, _before in changed], ["due_at"], batch_size=2000)
    record_many(
        [
            Draft(
                "duty.moved",
                Subject(duty.subject_kind, duty.subject_id),
                SYSTEM,
                at,
                {"rule": duty.rule, "from": before.isoformat(), "to": duty.due_at.isoformat(), "why": why},
            )
            for duty, before in changed
        ]
    )
