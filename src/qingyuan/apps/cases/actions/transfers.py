"""Hold a case against the standards of prosecution, and keep what was decided about handing it over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.cases import queries
from qingyuan.apps.cases.actions.stepping import lock_open, note, refuse
from qingyuan.apps.cases.models import Case
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.actions import SYSTEM, Subject, record
from qingyuan.domain.transfer_test import ADMINISTRATIVE, TransferFinding


@transaction.atomic
def test_transfer(
    *,
    case: Case,
    by: Member,
    at: datetime,
    elements: Mapping[str, bool | None] | None = None,
    suspicion: bool | None = None,
    earlier_checked: bool = False,
    seen: int | None = None,
) -> TransferFinding:
    """对照刑事追诉标准审查: run the transfer test on the facts as they stand and keep the finding in the event.

    `elements` answers what an offence needs besides amounts; `suspicion` is the officer's judgement; `earlier_checked`
    says that earlier punishments were looked up. The case is marked where it goes to the police, by amount or on
    reasonable suspicion. Returns the finding.
    """
    case = lock_open(case, by, seen)
    if elements is not None:
        case.elements = {
            **case.elements,
            **{name: value for name, value in elements.items() if value is not None},
        }
    if suspicion is not None:
        case.suspicion = suspicion
    if earlier_checked:
        case.earlier_checked_at = at
    finding = queries.transfer_finding(case, on=ledger.law_day(at))
    case.transfer_test_at, case.transfer_test_met = at, finding.route != ADMINISTRATIVE
    case.save()
    note("case.transfer-tested", case, by=by, at=at, facts={"finding": finding.as_dict()})
    return finding


@transaction.atomic
def mark_retested(*, case: Case, finding: TransferFinding, at: datetime) -> Case:
    """复查: keep what a later test says of a closed case, when it says something else than the case does.

    The law of the day, a later punishment or a corrected amount may carry a closed case over a line; it then stands
    in the list of what was not transferred. The finding is kept in the event; nothing else of the case changes.
    """
    case = queries.lock(case)
    case.transfer_test_at, case.transfer_test_met = at, finding.route != ADMINISTRATIVE
    case.save(update_fields=["transfer_test_at", "transfer_test_met"])
    record(
        "case.transfer-tested",
        subject=Subject.of("case", case.pk),
        by=SYSTEM,
        at=at,
        facts={"finding": finding.as_dict()},
    )
    return case


@transaction.atomic
def answer_transfer(*, case: Case, answer: str, reason: str, by: Member, at: datetime) -> Case:
    """作出是否移送的决定: note what the head of the unit decided. Called by the department of transfers.

    `answer` is of `Case.TransferAnswer`; not to transfer needs a reason, which is kept on the case.
    """
    case = queries.lock(case)
    if answer == Case.TransferAnswer.NOT_TRANSFERRED and not reason.strip():
        raise refuse(_("决定不移送必须写明理由,并记录在案。"))
    case.transfer_answer, case.transfer_answer_reason = Case.TransferAnswer(answer), reason.strip()
    case.save(update_fields=["transfer_answer", "transfer_answer_reason"])
    shown = {"answer": str(case.get_transfer_answer_display()), "reason": reason.strip()}
    note("case.transfer-answered", case, by=by, at=at, facts=shown)
    return case


@transaction.atomic
def share_case(*, case: Case, scopes: list[int]) -> Case:
    """Let further scopes see a case (the police it is handed to). The caller records its own event."""
    case = queries.lock(case)
    case.seen_by = sorted({*case.seen_by, *scopes})
    case.save(update_fields=["seen_by"])
    return case
