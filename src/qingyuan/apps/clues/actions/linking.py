"""Join and separate: matters into clues, clues into clues, and judging whether two are the same. Originals stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.clues import queries
from qingyuan.apps.clues.actions.guards import require_handler
from qingyuan.apps.clues.actions.receiving import ClueFacts, Origin, _require_free, link_rows, receive_clue
from qingyuan.apps.clues.actions.steps import _step, assign_clue
from qingyuan.apps.clues.models import Clue, Likeness, Matter, Source
from qingyuan.apps.ledger.actions import Subject, record
from qingyuan.domain.decision import Reason, RefusedError


def _refuse(text: str) -> RefusedError:
    return RefusedError([Reason(text)])


@transaction.atomic
def link_matters(*, clue: Clue, matters: Sequence[Origin], by: Member, at: datetime) -> list[Matter]:
    """并入来件: add matters to an open clue. Raises RefusedError when one is in a clue already."""
    clue = queries.lock(clue)
    require_handler(clue, by)
    if clue.closed_at:
        raise _refuse(_("线索{number}已经办结,不能再并入来件。请登记新线索。").format(number=clue.number))
    _require_free(matters)
    rows = link_rows(clue, matters, by=by, at=at)
    record(
        "clue.matter-linked",
        subject=Subject.of("clue", clue.pk),
        by=by.actor,
        at=at,
        facts={"matters": [matter.number for matter in matters]},
    )
    return rows


@transaction.atomic
def unlink_matter(*, matter: Matter, reason: str, by: Member, at: datetime) -> Matter:
    """移出来件: take a matter out of its clue for a stated reason; the link stays on record, the original is free."""
    clue = queries.lock(matter.clue)
    require_handler(clue, by)
    matter = Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)
    if not reason.strip():
        raise _refuse(_("移出来件必须写明理由。"))
    if matter.unlinked_at:
        raise _refuse(_("{number}已经移出。请刷新页面查看。").format(number=matter.number))
    if clue.closed_at:
        raise _refuse(_("线索{number}已经办结,来件不能再移出。").format(number=clue.number))
    matter.unlinked_by, matter.unlinked_at, matter.unlink_reason = by.name, at, reason.strip()
    matter.save(update_fields=["unlinked_by", "unlinked_at", "unlink_reason"])
    record(
        "clue.matter-unlinked",
        subject=Subject.of("clue", clue.pk),
        by=by.actor,
        at=at,
        facts={"matters": [matter.number], "reason": matter.unlink_reason},
    )
    return matter


@transaction.atomic
def merge_clue(
    *, clue: Clue, into: Clue, reason: str, by: Member, at: datetime, seen: int | None = None
) -> Clue:
    """并入其他线索: close a clue because another open one goes on for both; nothing is copied, nothing lost.

    Both are locked in the order of their ids, so that two people merging crosswise cannot wait for each other.
    """
    if clue.pk == into.pk:
        raise _refuse(_("不能把线索并入自己。请选择另一条线索。"))
    locked = {one.pk: queries.lock(one) for one in sorted((clue, into), key=lambda each: each.pk)}
    target = locked[into.pk]
    require_handler(target, by)
    if target.closed_at:
        text = _("线索{number}是“{state}”,不能再并入。请并入一条还在办理的线索。")
        raise _refuse(text.format(number=target.number, state=target.get_state_display()))

    def join(clue: Clue) -> None:
        clue.merged_into, clue.outcome = target, reason[:500]

    merged = _step(
        "merge",
        clue,
        reason=reason,
        by=by,
        at=at,
        found={"surviving_clue": True},
        seen=seen,
        change=join,
        shown={"into": target.number},
    )
    target.phone_marks = sorted({*target.phone_marks, *merged.phone_marks})
    target.save(update_fields=["phone_marks"])
    record(
        "clue.absorbed",
        subject=Subject.of("clue", target.pk),
        by=by.actor,
        at=at,
        facts={"clue": merged.number, "reason": reason},
    )
    return merged


@transaction.atomic
def merge_clues(*, clues: Sequence[Clue], into: Clue, reason: str, by: Member, at: datetime) -> int:
    """批量并入: merge many clues into one, all or none; return how many."""
    others = sorted((clue for clue in clues if clue.pk != into.pk), key=lambda each: each.pk)
    for clue in others:
        merge_clue(clue=clue, into=into, reason=reason, by=by, at=at)
    return len(others)


@transaction.atomic
def assign_clues(*, clues: Sequence[Clue], handler: Member, by: Member, at: datetime) -> int:
    """批量指派: give many clues to one member, all or none; return how many."""
    for clue in sorted(clues, key=lambda each: each.pk):
        assign_clue(clue=clue, handler=handler, by=by, at=at)
    return len(clues)


@transaction.atomic
def separate_clue(*, clue: Clue, reason: str, by: Member, at: datetime) -> Clue:
    """拆出: undo a merge. A merged clue has ended, so its matter goes on as a new clue, from its first day.

    The new clue takes the live matters with it and its clock runs from when the merged one was received: a merge by
    mistake buys no time. Returns the new clue.
    """
    clue = queries.lock(clue)
    if clue.merged_into_id is None:
        raise _refuse(_("线索{number}没有并入其他线索,不需要拆出。").format(number=clue.number))
    if not reason.strip():
        raise _refuse(_("拆出必须写明理由。"))
    if Clue.objects.filter(origin=clue, source=Source.SEPARATED).exists():
        raise _refuse(_("线索{number}已经拆出过。请刷新页面查看。").format(number=clue.number))
    target = queries.lock(clue.merged_into)
    require_handler(target, by)
    live = list(Matter.objects.select_for_update(no_key=True).filter(clue=clue, unlinked_at=None))
    Matter.objects.filter(pk__in=[matter.pk for matter in live]).update(
        unlinked_by=by.name, unlinked_at=at, unlink_reason=reason.strip()[:300]
    )
    new = receive_clue(
        facts=ClueFacts.of(clue),
        source=Source.SEPARATED,
        unit=clue.unit,
        received_at=clue.received_at,
        by=by,
        at=at,
        matters=[Origin(m.kind, m.record_id, m.number, m.title, m.received_at) for m in live],
        phone_marks=clue.phone_marks,
        handler=clue.handler,
        origin=clue,
        party=clue.party,
    )
    for subject in (clue, target):
        record(
            "clue.separated",
            subject=Subject.of("clue", subject.pk),
            by=by.actor,
            at=at,
            facts={"clue": new.number, "reason": reason.strip()},
        )
    return new


ANSWERS = {
    "yes": Likeness.Judgement.CONFIRMED,
    "no": Likeness.Judgement.REFUSED,
    "unsure": Likeness.Judgement.UNSURE,
}
"""What the pair page posts, and what it means."""


@transaction.atomic
def judge_likeness(*, likeness: Likeness, answer: str, by: Member, at: datetime) -> Likeness:
    """判断是否同一事项: remember what a person says of a pair; the last word counts, all are on record."""
    if answer not in ANSWERS:
        raise _refuse(_("请回答“是同一个”“不是”或者“不确定”。"))
    likeness = (
        Likeness.objects.select_for_update(no_key=True, of=("self",))
        .select_related("earlier__unit", "later__unit")
        .get(pk=likeness.pk)
    )
    require_handler(likeness.later, by)
    likeness.judgement, likeness.judged_by, likeness.judged_at = ANSWERS[answer], by.name, at
    likeness.save(update_fields=["judgement", "judged_by", "judged_at"])
    for clue, other in ((likeness.earlier, likeness.later), (likeness.later, likeness.earlier)):
        record(
            "clue.judged",
            subject=Subject.of("clue", clue.pk),
            by=by.actor,
            at=at,
            facts={"clue": other.number, "answer": str(likeness.get_judgement_display())},
        )
    return likeness
