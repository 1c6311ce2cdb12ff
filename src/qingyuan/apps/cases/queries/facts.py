"""The facts that the steps of a case need, found in its records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.cases.access import roles_on
from qingyuan.apps.cases.models import Case, CaseDocument, CaseState, Decision, Goods
from qingyuan.apps.clues.queries import document_facts
from qingyuan.apps.ledger import queries as ledger
from qingyuan.domain.transitions import Choice, available_verbs
from qingyuan.law.workflows import Workflow

STATED = {
    "suspension_cause_gone": "中止原因已经消除",
    "legal_review_needed": "需要法制审核(重大公共利益、直接关系当事人或者第三人重大权益、多个法律关系等)",
    "collective_discussion_needed": "情节复杂或者重大,需要负责人集体讨论",
}
"""Facts of the case workflow that the person states; all others are found in the records."""


def least_officers(at: datetime) -> int:
    """Return how many officers a case needs by the law of the day."""
    return int(ledger.book().value("case.officers", on=ledger.law_day(at)).value)


def workflow() -> Workflow:
    """Return the case's workflow."""
    return ledger.book().workflow("case")


def lock(case: Case) -> Case:
    """Lock and return a case with its unit."""
    return (
        Case.objects.select_for_update(no_key=True, of=("self",))
        .select_related("unit__region")
        .get(pk=case.pk)
    )


def decision_of(case: Case) -> Decision | None:
    """Return the case's decision, if there is one."""
    try:
        return case.decision
    except ObjectDoesNotExist:
        return None


def documents(case: Case) -> QuerySet[CaseDocument]:
    """Return a case's documents, oldest first, as its file index lists them."""
    return CaseDocument.objects.filter(case=case).select_related("attachment").order_by("made_at", "pk")


def open_duties(case: Case) -> list[Any]:
    """Return what is still owed on the case and on its evidence."""
    evidence = [str(pk) for pk in case.evidence.values_list("pk", flat=True)]
    about = Q(subject_kind="case", subject_id=str(case.pk)) | Q(
        subject_kind="evidence", subject_id__in=evidence
    )
    return list(ledger.open_duties().filter(about))


def statement_term_ended(case: Case, duties: list[Any], at: datetime) -> bool:
    """Tell whether the party's term to state, defend and ask for a hearing is over, waived, or used in a hearing."""
    if case.statement_waived_at or case.state == CaseState.HEARING:
        return True
    terms = [duty for duty in duties if duty.rule == "case.statement"]
    return bool(case.notified_at) and all(at > duty.due_at for duty in terms)


def step_facts(case: Case, at: datetime, duties: list[Any] | None = None) -> dict[str, Any]:
    """Return the facts of the case's steps as the records show them."""
    duties = open_duties(case) if duties is None else duties
    papers = document_facts(case.documents.all())
    goods = list(case.goods.values_list("disposal", flat=True))
    return {
        **papers,
        "two_officers": case.officers.count() >= least_officers(at),
        "paused": any(duty.rule == "case.decision" and duty.paused_since for duty in duties),
        "extension_used": any(_extension_used(duty) for duty in duties),
        "money_ledger": case.money_confirmed_at is not None,
        "transfer_test_done": case.transfer_test_at is not None,
        "transfer_test_met": case.transfer_test_met,
        "transfer_decided": case.transfer_answer != "",
        "custody_cleared": Goods.Disposal.HELD not in goods,
        "statement_term_ended": statement_term_ended(case, duties, at),
        "hearing_pending": case.state == CaseState.NOTIFIED and papers.get("hearing_request", False),
        "hearing_held": case.state == CaseState.HEARING,
        "open_duties": bool(duties),
        **_decision_facts(case),
    }


def _extension_used(duty: Any) -> bool:
    """Whether the term of the decision has been lengthened as often as its rule allows."""
    if duty.rule != "case.decision":
        return False
    extension = ledger.book().deadline(duty.rule, on=ledger.law_day(duty.started_at)).extension
    return extension is not None and duty.extensions >= extension.times


def _decision_facts(case: Case) -> dict[str, bool]:
    decision = decision_of(case)
    if decision is None:
        return {}
    owes = decision.fine > 0 or decision.gain_confiscated > 0
    return {
        "fine_imposed": owes,
        "goods_confiscated": decision.goods_confiscated,
        "party_absent": decision.party_absent,
        "nothing_to_perform": case.state == CaseState.PERFORMED or not (owes or decision.goods_confiscated),
    }


def blocking_duties(case: Case, verb: str, duties: list[Any]) -> list[Any]:
    """Return the open duties that the step itself does not end: what stands in the way of closing."""
    edge = workflow().edge(case.state, verb)
    ended = set(edge.meets + edge.stops) if edge else set()
    return [duty for duty in duties if duty.subject_kind != "case" or duty.rule not in ended]


def choices(case: Case, member: Member, at: datetime) -> tuple[Choice, ...]:
    """Return the steps this member may take now, each with what it still lacks."""
    facts = {**step_facts(case, at), "pause_ground": True, "competent_unit": True, "evidence_item": True}
    return available_verbs(workflow(), case.state, roles_on(case, member), facts, on=ledger.law_day(at))
