"""The steps of a clue, one function each, all through the lawbook's workflow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.access import audience
from qingyuan.apps.agencies.models import Member, Unit
from qingyuan.apps.clues import queries
from qingyuan.apps.clues.actions.answering import tell_filed, tell_not_filed
from qingyuan.apps.clues.actions.documents import Paper, draft_document, use_documents
from qingyuan.apps.clues.actions.guards import require_handler, require_unmoved
from qingyuan.apps.clues.actions.receiving import ClueFacts, receive_clue
from qingyuan.apps.clues.models import Clue, ClueDocument, ClueState, Source
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.actions import Subject, reassign_duties, record, take_step
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.domain.transitions import REASON, decide_transition

CLOSING = {ClueState.FILED, ClueState.REFUSED, ClueState.MERGED, ClueState.TRANSFERRED_OUT}


def _step(
    verb: str,
    clue: Clue,
    *,
    by: Member,
    at: datetime,
    reason: str = "",
    papers: Sequence[Paper] = (),
    stated: Collection[str] = (),
    found: Mapping[str, Any] | None = None,
    seen: int | None = None,
    change: Callable[[Clue], None] | None = None,
    shown: Mapping[str, Any] | None = None,
) -> Clue:
    """Lock, write the papers that come with the step, decide, change, record. All steps are this."""
    clue = queries.lock(clue)
    require_handler(clue, by)
    require_unmoved("clue", clue.pk, seen)
    flow, source = queries.workflow(), clue.state
    for paper in papers:
        draft_document(ClueDocument, flow, paper, by=by, at=at, clue=clue)
    facts = {
        **queries.step_facts(clue),
        **{name: name in stated for name in queries.STATED},
        **(found or {}),
        REASON: reason,
    }
    decision = decide_transition(flow, source, verb, by.roles, facts, on=ledger.law_day(at)).require()
    used = use_documents(list(clue.documents.all()), flow, source, verb, at)
    clue.state = decision.target
    if clue.state in CLOSING:
        clue.closed_at = at
    if change:
        change(clue)
    clue.save()
    try:
        take_step(
            decision,
            subject=Subject.of("clue", clue.pk),
            by=by.actor,
            at=at,
            bearers={"holder": clue.unit.code},
            title=f"{clue.number} {clue.title}",
            member=clue.handler_id,
            facts={"reason": reason, "documents": used, **(shown or {})},
        )
    except ValueError as fault:
        raise RefusedError([Reason(str(fault), decision.citations)]) from fault
    return clue


@transaction.atomic
def verify_clue(*, clue: Clue, by: Member, at: datetime, seen: int | None = None) -> Clue:
    """开始核查: begin to verify; whoever begins takes the clue if nobody has it yet."""

    def take(clue: Clue) -> None:
        clue.handler = clue.handler or by

    clue = _step("verify", clue, by=by, at=at, found={"assignees": True}, seen=seen, change=take)
    reassign_duties(Subject.of("clue", clue.pk), unit=clue.unit.code, member=clue.handler_id)
    return clue


@transaction.atomic
def assign_clue(
    *,
    clue: Clue,
    by: Member,
    at: datetime,
    unit: Unit | None = None,
    handler: Member | None = None,
    seen: int | None = None,
) -> Clue:
    """指派: give an open clue to a unit, a member, or both; the clock runs on, its duty goes with the clue."""
    target = unit or (handler.unit if handler else clue.unit)
    if handler and handler.unit_id != target.pk:
        text = _("{name}不在{unit},不能指派。请选择该单位的人员。")
        raise RefusedError([Reason(text.format(name=handler.name, unit=target.short_name))])

    def give(clue: Clue) -> None:
        clue.unit, clue.handler = target, handler
        clue.seen_by = sorted({*clue.seen_by, *audience(target, supervised=True)})

    clue = _step(
        "assign",
        clue,
        by=by,
        at=at,
        found={"assignees": bool(unit or handler)},
        seen=seen,
        change=give,
        shown={"unit": target.short_name, "handler": handler.name if handler else ""},
    )
    reassign_duties(Subject.of("clue", clue.pk), unit=target.code, member=handler.pk if handler else None)
    return clue


@transaction.atomic
def extend_verification(
    *,
    clue: Clue,
    reason: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Clue:
    """延长核查期限: grant the one extension the rule allows. Raises RefusedError when it was granted before."""
    return _step("extend", clue, reason=reason, by=by, at=at, papers=papers, seen=seen)


@transaction.atomic
def pause_verification(
    *,
    clue: Clue,
    reason: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Clue:
    """扣除期间: stop the clock for a test, an appraisal or the right holder's identification."""
    return _step("pause", clue, reason=reason, by=by, at=at, papers=papers, seen=seen)


@transaction.atomic
def resume_verification(
    *, clue: Clue, by: Member, at: datetime, papers: Sequence[Paper] = (), seen: int | None = None
) -> Clue:
    """恢复计时: let the clock run again when the conclusion has come in."""
    return _step("resume", clue, by=by, at=at, papers=papers, seen=seen)


@transaction.atomic
def refuse_clue(
    *,
    clue: Clue,
    reason: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Clue:
    """不予立案: close a verified clue without a case, with the approved form and the reason."""

    def close(clue: Clue) -> None:
        clue.outcome = reason[:500]

    clue = _step("refuse", clue, reason=reason, by=by, at=at, papers=papers, seen=seen, change=close)
    tell_not_filed(clue, reason, by=by, at=at)
    return clue


@transaction.atomic
def file_clue(
    *,
    clue: Clue,
    case_number: str,
    stated: Collection[str],
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Clue:
    """立案: close the clue because it has become a case. Called by the case's own filing, in its transaction."""

    def close(clue: Clue) -> None:
        clue.outcome = case_number

    clue = _step(
        "file",
        clue,
        stated=stated,
        by=by,
        at=at,
        papers=papers,
        seen=seen,
        change=close,
        shown={"case": case_number},
    )
    tell_filed(clue, case_number, by=by, at=at)
    return clue


@transaction.atomic
def transfer_out(
    *,
    clue: Clue,
    to: Unit,
    reason: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Clue:
    """移送有管辖权单位: hand the clue to the competent unit, which sees it from now on and gives a receipt."""
    if to.pk == clue.unit_id:
        raise RefusedError([Reason(_("接收单位就是承办单位,不需要移送。请选择有管辖权的其他单位。"))])

    def hand(clue: Clue) -> None:
        clue.transferred_to, clue.outcome = to, reason[:500]
        clue.seen_by = sorted({*clue.seen_by, *audience(to, supervised=True)})

    return _step(
        "transfer_out",
        clue,
        reason=reason,
        by=by,
        at=at,
        papers=papers,
        found={"competent_unit": True},
        seen=seen,
        change=hand,
        shown={"to": to.short_name},
    )


@transaction.atomic
def give_receipt(*, clue: Clue, receipt_number: str, by: Member, at: datetime) -> Clue:
    """签收: the receiving unit takes a transferred clue over; returns the new clue, whose clock starts now."""
    clue = queries.lock(clue)
    if clue.transferred_to_id is None or clue.receipt_at:
        raise RefusedError([Reason(_("这条线索没有等待签收的移送,可能已经签收。请刷新页面查看。"))])
    to = Unit.objects.select_related("region").get(pk=clue.transferred_to_id)
    if to.scope_id not in by.scopes:
        text = _("这条线索移送给{unit},由该单位签收。")
        raise RefusedError([Reason(text.format(unit=to.short_name))])
    clue.receipt_at, clue.receipt_number = at, receipt_number
    clue.save(update_fields=["receipt_at", "receipt_number"])
    taken = receive_clue(
        facts=ClueFacts.of(clue),
        source=Source.TRANSFER_IN,
        unit=to,
        received_at=at,
        by=by,
        at=at,
        phone_marks=clue.phone_marks,
        origin=clue,
        party=clue.party,
    )
    record(
        "clue.receipt-given",
        subject=Subject.of("clue", clue.pk),
        by=by.actor,
        at=at,
        facts={"receipt": receipt_number, "clue": taken.number},
    )
    return taken
