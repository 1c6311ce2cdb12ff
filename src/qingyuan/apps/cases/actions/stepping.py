"""How every step of a case is taken: lock, papers, decide, change, record, clocks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.cases import access, queries
from qingyuan.apps.cases.models import TERMINAL, Case, CaseDocument
from qingyuan.apps.clues.actions import Paper, draft_document, require_unmoved, use_documents
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.actions import Subject, record, take_step
from qingyuan.domain.decision import Reason, Refused, RefusedError
from qingyuan.domain.transitions import REASON, Transition, decide_transition
from qingyuan.ui.formats import day

CLOSING = ("close", "close_transferred", "drop")
"""Steps that an open duty stands in the way of."""


def subject_of(case: Case) -> Subject:
    """Return the case as the ledger names it."""
    return Subject.of("case", case.pk)


def refuse(text: str) -> RefusedError:
    """Return the error for what office practice rules out."""
    return RefusedError([Reason(text)])


def require_handler(case: Case, by: Member, *, clerks: bool = True) -> None:
    """Raise PermissionDenied unless the member works for the unit that holds the case or is the court's clerk."""
    if not (access.steppable_by(case, by) if clerks else access.handled_by(case, by)):
        text = _("本案由{unit}承办,你可以查看,不能办理。需要补充情况请联系承办单位。")
        raise PermissionDenied(text.format(unit=case.unit.short_name))


def lock_open(case: Case, by: Member, seen: int | None = None, *, clerks: bool = False) -> Case:
    """Lock and return an open case that the member may work on and that has not moved on since it was read.

    `clerks`: the court's clerk may do this too, not only the unit that holds the case.
    """
    case = queries.lock(case)
    require_handler(case, by, clerks=clerks)
    require_unmoved("case", case.pk, seen)
    if case.closed_at:
        text = _("案件{number}是“{state}”,已经终结,不能再变更。")
        raise refuse(text.format(number=case.number, state=case.get_state_display()))
    return case


def take(
    verb: str,
    case: Case,
    *,
    by: Member,
    at: datetime,
    reason: str = "",
    papers: Sequence[Paper] = (),
    stated: Collection[str] = (),
    found: Mapping[str, Any] | None = None,
    seen: int | None = None,
    change: Callable[[Case], None] | None = None,
    shown: Mapping[str, Any] | None = None,
) -> tuple[Case, Any]:
    """Take one step; return the case as it then stands and the event.

    `stated` are the facts the person states (of `queries.STATED`), `found` those the action itself establishes;
    everything else is found in the records. `change` writes further fields of the case. Raises RefusedError with
    everything that stands in the way at once, each open duty by name.
    """
    case = queries.lock(case)
    require_handler(case, by)
    require_unmoved("case", case.pk, seen)
    flow, source = queries.workflow(), case.state
    for paper in papers:
        draft_document(CaseDocument, flow, paper, by=by, at=at, case=case)
    decision = _decide(case, verb, by=by, at=at, reason=reason, stated=stated, found=found or {})
    used = use_documents(list(case.documents.all()), flow, source, verb, at)
    case.state = decision.target
    if case.state in TERMINAL:
        case.closed_at = at
    if change:
        change(case)
    case.save()
    try:
        event = take_step(
            decision,
            subject=subject_of(case),
            by=by.actor,
            at=at,
            bearers={"holder": case.unit.code},
            title=f"{case.number} {case.cause}",
            member=case.handler_id,
            facts={"reason": reason, "documents": used, **(shown or {})},
        )
    except ValueError as fault:
        raise RefusedError([Reason(str(fault), decision.citations)]) from fault
    return case, event


def _decide(
    case: Case,
    verb: str,
    *,
    by: Member,
    at: datetime,
    reason: str,
    stated: Collection[str],
    found: Mapping[str, Any],
) -> Transition:
    duties = queries.open_duties(case)
    blocking = queries.blocking_duties(case, verb, duties) if verb in CLOSING else []
    facts = {
        **queries.step_facts(case, at, duties),
        **{name: name in stated for name in queries.STATED},
        "open_duties": False,
        **found,
        REASON: reason,
    }
    held = access.roles_on(case, by)
    decision = decide_transition(queries.workflow(), case.state, verb, held, facts, on=ledger.law_day(at))
    against = list(decision.reasons) if isinstance(decision, Refused) else []
    against += [_owed(duty, at) for duty in blocking]
    if against:
        raise RefusedError(against)
    return decision.require()


def _owed(duty: Any, at: datetime) -> Reason:
    """One open duty, by name, as a reason not to close."""
    rule = ledger.book().deadline(duty.rule, on=ledger.law_day(duty.started_at))
    text = _("还有未了结的“{duty}”({unit}),期限至{due}。请先办结这一项,再结案。")
    return Reason(text.format(duty=rule.label, unit=duty.unit, due=day(duty.due_at)), rule.citations)


def note(verb: str, case: Case, *, by: Member, at: datetime, facts: Mapping[str, Any]) -> Any:
    """Record an event of the case that is no step of the workflow."""
    return record(verb, subject=subject_of(case), by=by.actor, at=at, facts=facts)
