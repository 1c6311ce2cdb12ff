"""Write events and seal them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from qingyuan.apps.ledger import queries
from qingyuan.apps.ledger.actions.bulk import write_many
from qingyuan.apps.ledger.apps import verb_labels
from qingyuan.apps.ledger.models import Event, Head, Seal
from qingyuan.basics import chain


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
    write_many(events)
    _move_heads([head for head in heads.values() if head.sequence])
    return events


def _move_heads(heads: Sequence[Head]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE ledger_head head SET sequence = moved.sequence, hash = moved.hash
               FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS moved(id, sequence, hash)
               WHERE head.id = moved.id""",
            [
                [head.pk for head in heads],
                [head.sequence for head in heads],
                [head.hash for head in heads],
            ],
        )


def _lock_heads(subjects: set[Subject]) -> dict[Subject, Head]:
    """Make the missing heads and lock all, in one order so that two writers cannot wait for each other."""
    ordered = sorted(subjects, key=lambda subject: (subject.kind, subject.id))
    kinds, ids = [s.kind for s in ordered], [s.id for s in ordered]
    # The update changes nothing: it locks a head that is there and returns it, in the same statement.
    rows = Head.objects.raw(
        """INSERT INTO ledger_head (subject_kind, subject_id, sequence, hash)
           SELECT kind, id, 0, %s FROM unnest(%s::text[], %s::text[]) AS wanted(kind, id)
           ON CONFLICT (subject_kind, subject_id) DO UPDATE SET sequence = ledger_head.sequence
           RETURNING id, subject_kind, subject_id, sequence, hash""",
        [chain.GENESIS, kinds, ids],
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
