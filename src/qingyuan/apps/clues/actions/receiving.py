"""Register clues, correct what was registered, and propose which earlier ones they resemble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.access import audience
from qingyuan.apps.agencies.models import Member, Unit
from qingyuan.apps.clues import queries
from qingyuan.apps.clues.actions.guards import require_handler, require_unmoved
from qingyuan.apps.clues.actions.numbering import next_number
from qingyuan.apps.clues.models import Clue, Likeness, Matter, Source
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.actions import Subject, record, take_step
from qingyuan.apps.registry.models import Party
from qingyuan.basics.bigrams import bigrams
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.domain.transitions import decide_transition
from qingyuan.intelligence.similar import match_key, similar, text_key


@dataclass(frozen=True)
class ClueFacts:
    """What is registered of a clue."""

    title: str
    summary: str
    goods: str = ""
    mark_name: str = ""
    party_name: str = ""
    party_code: str = ""
    party_address: str = ""
    place: str = ""
    platform: str = ""

    @classmethod
    def of(cls, clue: Clue) -> ClueFacts:
        """Return the facts as a clue has them."""
        return cls(**{field.name: getattr(clue, field.name) for field in fields(cls)})


@dataclass(frozen=True)
class Origin:
    """A record that makes up a clue: its kind and id, and what is shown of it."""

    kind: str
    record_id: str
    number: str
    title: str
    received_at: datetime


@transaction.atomic
def receive_clue(
    *,
    facts: ClueFacts,
    source: str,
    unit: Unit,
    received_at: datetime,
    by: Member,
    at: datetime,
    matters: Sequence[Origin] = (),
    phone_marks: Sequence[str] = (),
    handler: Member | None = None,
    origin: Clue | None = None,
    party: Party | None = None,
) -> Clue:
    """登记线索: register a clue for a unit, of one or several matters, and propose what it resembles.

    The clock runs from `received_at`, whenever it is entered (`at`). Raises RefusedError when a matter already
    belongs to another clue, or the clue would have been received in the future.
    """
    _require_received(received_at, at)
    _require_free(matters)
    decision = decide_transition(
        queries.workflow(), None, "receive", by.roles, {}, on=ledger.law_day(received_at)
    ).require()
    clue = Clue(
        number=next_number(unit, "线", at=at),
        source=source,
        unit=unit,
        handler=handler,
        received_at=received_at,
        registered_at=at,
        phone_marks=sorted(set(phone_marks)),
        origin=origin,
        party=party,
        seen_by=audience(unit, by.unit, supervised=True),
    )
    _fill(clue, facts)
    clue.save()
    take_step(
        decision,
        subject=Subject.of("clue", clue.pk),
        by=by.actor,
        at=received_at,
        bearers={"holder": unit.code},
        title=f"{clue.number} {clue.title}",
        member=handler.pk if handler else None,
        facts={
            "number": clue.number,
            "title": clue.title,
            "unit": unit.short_name,
            "source": str(Source(source).label),
            "registered_at": at.isoformat(),
            "matters": [matter.number for matter in matters],
        },
    )
    link_rows(clue, matters, by=by, at=at)
    propose_likenesses(clue, at=at)
    return clue


@transaction.atomic
def correct_clue(*, clue: Clue, facts: ClueFacts, by: Member, at: datetime, seen: int | None = None) -> Clue:
    """更正: change what is registered of an open clue; the event keeps what each field said before."""
    clue = queries.lock(clue)
    require_handler(clue, by)
    require_unmoved("clue", clue.pk, seen)
    if clue.closed_at:
        raise RefusedError([Reason(_("线索已经办结,登记内容不再更正。"))])
    before = ClueFacts.of(clue)
    changed = {
        field.name: [getattr(before, field.name), getattr(facts, field.name)]
        for field in fields(ClueFacts)
        if getattr(before, field.name) != getattr(facts, field.name)
    }
    if not changed:
        return clue
    _fill(clue, facts)
    if {"party_name", "party_code"} & changed.keys():
        clue.party = None
    clue.save()
    record(
        "clue.corrected", subject=Subject.of("clue", clue.pk), by=by.actor, at=at, facts={"changed": changed}
    )
    propose_likenesses(clue, at=at)
    return clue


def identify_party(*, clue: int, party: Party) -> None:
    """Note which registered party a clue (its number in the database) is about; part of the caller's own event."""
    Clue.objects.filter(pk=clue).update(party=party)


def _fill(clue: Clue, facts: ClueFacts) -> None:
    for field in fields(ClueFacts):
        setattr(clue, field.name, getattr(facts, field.name).strip())
    clue.party_key = match_key(clue.party_name)[:120]
    clue.place_key = match_key(clue.place or clue.party_address)[:200]
    clue.text_key = text_key(clue.summary)
    clue.bigrams = bigrams(
        clue.number, clue.title, clue.party_name, clue.party_code, clue.place, clue.party_address, clue.goods
    )


def link_rows(clue: Clue, matters: Sequence[Origin], *, by: Member, at: datetime) -> list[Matter]:
    """Write the links of matters that are free. The caller records the event."""
    return Matter.objects.bulk_create(
        Matter(
            clue=clue,
            kind=matter.kind,
            record_id=matter.record_id,
            number=matter.number,
            title=matter.title[:200],
            received_at=matter.received_at,
            linked_by=by.name,
            linked_at=at,
        )
        for matter in matters
    )


def propose_likenesses(clue: Clue, *, at: datetime) -> list[Likeness]:
    """Write a proposal for each clue that looks like this one; pairs proposed before keep their judgement."""
    others = {str(other.pk): other for other in queries.candidates(clue)}
    found = similar(queries.sketch(clue), map(queries.sketch, others.values()))
    rows = []
    for each in found:
        earlier, later = sorted((others[each.id], clue), key=lambda one: (one.received_at, one.pk))
        reasons = [[words, points] for words, points in each.reasons]
        rows.append(
            Likeness(earlier=earlier, later=later, score=each.points, reasons=reasons, proposed_at=at)
        )
    return Likeness.objects.bulk_create(rows, ignore_conflicts=True)


def _require_received(received_at: datetime, at: datetime) -> None:
    if received_at > at:
        raise RefusedError([Reason(_("收到时间晚于现在,请核对日期。核查期限从收到之日起计算。"))])


def _require_free(matters: Sequence[Origin]) -> None:
    taken = [held for matter in matters if (held := queries.matter_of(matter.kind, matter.record_id))]
    if taken:
        names = "、".join(f"{matter.number}(在线索{matter.clue.number})" for matter in taken)
        text = _("这些来件已经在其他线索中:{names}。请先从原线索移出,或者直接并入原线索。")
        raise RefusedError([Reason(text.format(names=names))])
