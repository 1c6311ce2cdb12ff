"""The steps of a transfer after it was proposed: one function, because the workflow's table says all that differs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.cases import actions as cases
from qingyuan.apps.clues.actions.documents import Paper, use_documents
from qingyuan.apps.clues.actions.guards import require_unmoved
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.actions import Subject, take_step
from qingyuan.apps.transfers import queries
from qingyuan.apps.transfers.actions.documents import add_papers, require_side
from qingyuan.apps.transfers.models import TERMINAL, Transfer, TransferState
from qingyuan.domain.transitions import REASON, Transition, decide_transition

OUTCOMES = {
    TransferState.NOT_APPROVED: _("负责人不批准移送"),
    TransferState.JUDGED: _("法院已判决"),
    TransferState.RETURNED: _("退回行政机关处理"),
}
"""States whose arrival is an outcome of the transfer."""
TRANSFERABLE = frozenset(
    source
    for edge in ledger.book().workflow("case").edges
    if edge.verb == "transfer"
    for source in edge.sources
)
"""States of a case from which the workflow lets it go to the police."""


@transaction.atomic
def take(
    *,
    transfer: Transfer,
    verb: str,
    by: Member,
    at: datetime,
    reason: str = "",
    papers: tuple[Paper, ...] = (),
    stated: Collection[str] = (),
    seen: int | None = None,
) -> Transfer:
    """办理一步: take the workflow's step `verb` for one's own side.

    `papers` are the documents that come with it, `stated` the facts the person states (`queries.STATED`), `seen`
    the ledger sequence the page was read at. Raises PermissionDenied for an onlooker, RefusedError with every
    reason when the step is not open, not this side's, or lacks something.
    """
    transfer = queries.lock(transfer)
    held = require_side(transfer, by)
    require_unmoved("transfer", transfer.pk, seen)
    add_papers(transfer, papers, by=by, at=at)
    rows = list(queries.documents(transfer))
    facts = {
        **queries.step_facts(transfer, rows),
        **{name: name in stated for name in queries.STATED},
        REASON: reason,
    }
    flow, source = queries.workflow(), transfer.state
    decision = decide_transition(flow, source, verb, held, facts, on=ledger.law_day(at)).require()
    used = use_documents(rows, flow, source, verb, at)
    transfer.state = decision.target
    transfer.closed_at = at if transfer.state in TERMINAL else None
    outcome = OUTCOMES.get(TransferState(transfer.state))
    if outcome and transfer.state != source:
        transfer.outcome = f"{outcome}:{reason}" if reason else outcome
    transfer.save(update_fields=["state", "closed_at", "outcome"])
    _record(decision, transfer, by=by, at=at, reason=reason, used=used)
    _tell_case(decision, transfer, by=by, at=at, reason=reason)
    return transfer


def _record(
    decision: Transition, transfer: Transfer, *, by: Member, at: datetime, reason: str, used: list[str]
) -> None:
    sender, police = transfer.sender.code, transfer.police.code
    take_step(
        decision,
        subject=Subject.of("transfer", transfer.pk),
        by=by.actor,
        at=at,
        bearers={
            "holder": sender,
            "sender": sender,
            "police": police,
            "procuratorate": transfer.procuratorate.code,
        },
        title=f"{transfer.number} {transfer.case.party_name}",
        member=transfer.handler_id,
        facts={"reason": reason, "documents": used, "outcome": transfer.outcome},
    )


def _tell_case(decision: Transition, transfer: Transfer, *, by: Member, at: datetime, reason: str) -> None:
    """Write back to the case what the step means for it, in the same transaction.

    A case that is closed already keeps its state; the answer and the outcome are written all the same.
    """
    case = transfer.case
    if decision.verb == "approve":
        cases.answer_transfer(case=case, answer="transferred", reason="", by=by, at=at)
    elif decision.verb == "refuse":
        cases.answer_transfer(case=case, answer="not_transferred", reason=reason, by=by, at=at)
    elif decision.verb == "prosecute":
        courts = [court.scope_id for court in queries.courts_of(case)]
        transfer.seen_by = sorted({*transfer.seen_by, *courts})
        transfer.save(update_fields=["seen_by"])
        cases.share_case(case=case, scopes=courts)
    elif decision.verb == "hand_over":
        cases.share_case(case=case, scopes=[transfer.police.scope_id])
        if case.state in TRANSFERABLE:
            cases.transfer_case(case=case, by=by, at=at)
