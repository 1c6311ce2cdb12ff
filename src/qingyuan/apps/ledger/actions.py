"""Write the ledger: record events, seal a day, open and close duties.

Every function here runs inside the transaction of the action that calls it, so the change, its event and its
duties stand or fall together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from qingyuan.apps.ledger import queries
from qingyuan.apps.ledger.apps import verb_labels
from qingyuan.apps.ledger.models import Duty, Event, Head, Seal
from qingyuan.basics import chain
from qingyuan.domain.deadlines import compute_due
from qingyuan.law.book import Book
from qingyuan.law.calendar import WorkingCalendar


@dataclass(frozen=True)
class Actor:
    """Who does a thing: the name and unit as they read on that day, and the member's number if there is one."""

    name: str
    unit: str
    member_id: int | None = None


SYSTEM = Actor(name="系统", unit="system")


@dataclass(frozen=True)
class Subject:
    """What an event or a duty is about, as plain text."""

    kind: str
    id: str

    @classmethod
    def of(cls, kind: str, pk: object) -> Subject:
        """Return the subject of a record by its kind and primary key."""
        return cls(kind, str(pk))


@dataclass(frozen=True)
class Draft:
    """An event not yet written; `at` is the time of the fact."""

    verb: str
    subject: Subject
    by: Actor
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    basis: Sequence[str] = ()


def record(
    verb: str,
    *,
    subject: Subject,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    basis: Sequence[str] = (),
) -> Event:
    """Append one event to its subject's chain and return it.

    `facts` is JSON without floats (amounts as text); it must not carry a reporter's identity. `basis` is a
    list of citations as text. Raises KeyError for a verb that no department has declared on its plate, and
    RuntimeError outside a transaction.
    """
    return record_many([Draft(verb, subject, by, at, facts or {}, basis)])[0]


def record_many(drafts: Sequence[Draft]) -> list[Event]:
    """Append many events in the given order, in a fixed number of statements; return them with their ids."""
    if not connection.in_atomic_block:
        raise RuntimeError("an event is written in the transaction of the change it tells of; open one first")
    known = verb_labels()
    for draft in drafts:
        if draft.verb not in known:
            raise KeyError(f"{draft.verb!r} is on no department's plate; add it to `verbs` in its apps.py")
    heads = _lock_heads({draft.subject for draft in drafts})
    events = [_append(draft, heads) for draft in drafts]
    Event.objects.bulk_create(events, batch_size=2000)
    Head.objects.bulk_update(
        [head for head in heads.values() if head.sequence], ["sequence", "hash"], batch_size=2000
    )
    return events


def _lock_heads(subjects: set[Subject]) -> dict[Subject, Head]:
    """Make the missing heads and lock all, in one order so that two writers cannot wait for each other."""
    ordered = sorted(subjects, key=lambda subject: (subject.kind, subject.id))
    kinds, ids = [s.kind for s in ordered], [s.id for s in ordered]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_head (subject_kind, subject_id, sequence, hash)
               SELECT kind, id, 0, %s FROM unnest(%s::text[], %s::text[]) AS wanted(kind, id)
               ON CONFLICT (subject_kind, subject_id) DO NOTHING""",
            [chain.GENESIS, kinds, ids],
        )
    rows = Head.objects.raw(
        """SELECT head.* FROM ledger_head head
           JOIN unnest(%s::text[], %s::text[]) AS wanted(kind, id)
             ON head.subject_kind = wanted.kind AND head.subject_id = wanted.id
           ORDER BY head.subject_kind, head.subject_id FOR NO KEY UPDATE OF head""",
        [kinds, ids],
    )
    return {Subject(head.subject_kind, head.subject_id): head for head in rows}


def _append(draft: Draft, heads: Mapping[Subject, Head]) -> Event:
    head = heads[draft.subject]
    event = Event(
        subject_kind=draft.subject.kind,
        subject_id=draft.subject.id,
        sequence=head.sequence + 1,
        verb=draft.verb,
        actor=draft.by.name,
        unit=draft.by.unit,
        at=draft.at.astimezone(UTC),
        facts=dict(draft.facts),
        basis=list(draft.basis),
        previous=head.hash,
    )
    event.hash = chain.event_hash(queries.hashed_fields(event))
    head.sequence, head.hash = event.sequence, event.hash
    return event


@transaction.atomic
def seal(*, day: date) -> Seal | None:
    """封印: seal every chain that grew since the last seal. Returns None when `day` is sealed already.

    The table lock waits for writers under way and holds new ones for the length of this transaction, so that no
    event with a smaller id can still arrive behind the seal.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_hold_writers()")
    last = Seal.objects.order_by("-last_event", "-day").first()
    if last is not None and last.day >= day:
        return None
    up_to, leaves = queries.grown_heads(after=last.last_event if last else 0)
    facts = {
        "day": day.isoformat(),
        "last_event": up_to,
        "heads": len(leaves),
        "root": chain.merkle_root(sorted(leaves)),
        "previous": last.hash if last else chain.GENESIS,
    }
    return Seal.objects.create(**{**facts, "day": day}, hash=chain.seal_hash(facts))


def make_partitions(*, day: date) -> None:
    """Make sure that events of the coming twelve months have their partitions."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT ledger_make_partition(month::date)
               FROM generate_series(%s::date, %s::date + interval '12 months', interval '1 month') AS month""",
            [day, day],
        )


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
    return Duty.objects.bulk_create(list(duties), batch_size=2000)


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


def extend_duty(rule: str, *, subject: Subject, book: Book, calendar: WorkingCalendar) -> Duty:
    """延长: grant the extension that the rule allows. The caller records the approval as its event.

    Raises Duty.DoesNotExist when no such duty is open, and ValueError when the rule allows no further extension.
    """
    duty = Duty.objects.select_for_update(no_key=True).get(
        rule=rule, subject_kind=subject.kind, subject_id=subject.id, state=Duty.State.OPEN
    )
    duty.extensions += 1
    duty.due_at = queries.due_of(duty, book=book, calendar=calendar).due_at
    duty.save(update_fields=["extensions", "due_at"])
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

    Goes by batches in id order, each its own transaction, so it can be stopped and run again: a duty that is
    already right is left alone.
    """
    moved: list[Moved] = []
    last = 0
    while True:
        with transaction.atomic():
            batch = list(
                Duty.objects.select_for_update(no_key=True)
                .filter(state=Duty.State.OPEN, pk__gt=last)
                .order_by("pk")[:BATCH]
            )
            if not batch:
                return moved
            changed = queries.moved(batch, book=book, calendar=calendar)
            _write_moves(changed, at=at, why=why)
            moved += [Moved(duty, before, duty.due_at) for duty, before in changed]
            last = batch[-1].pk


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
