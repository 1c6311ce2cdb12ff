"""提出移送: propose to hand a case to the police, with the test that shows why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.access import audience
from qingyuan.apps.agencies.models import Member, Unit, UnitKind
from qingyuan.apps.cases import access as case_access
from qingyuan.apps.cases import queries as cases
from qingyuan.apps.cases.models import Case
from qingyuan.apps.clues.actions.documents import Paper, use_documents
from qingyuan.apps.clues.actions.numbering import next_number
from qingyuan.apps.clues.queries import document_facts
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.actions import Subject, take_step
from qingyuan.apps.transfers import queries
from qingyuan.apps.transfers.actions.documents import add_papers
from qingyuan.apps.transfers.models import Transfer
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.domain.transfer_test.findings import ADMINISTRATIVE
from qingyuan.domain.transitions import REASON, decide_transition

SERIES = "移"


@transaction.atomic
def propose_transfer(
    *,
    case: Case,
    police: Unit,
    report: Paper,
    by: Member,
    at: datetime,
) -> Transfer:
    """提出移送: open a transfer of a case on the transfer test as it stands now.

    Below the lines a case goes on reasonable suspicion (国务院令第310号第三条第二款) once that judgement is entered in
    the case. Raises RefusedError when the test says administrative, when a transfer is already open, or when the
    workflow's requirements are not met; the duty of approval opens with it.
    """
    case = cases.lock(case)
    if not case_access.handled_by(case, by):
        text = _("案件{number}由{unit}承办,由该单位提出移送。")
        raise RefusedError([Reason(text.format(number=case.number, unit=case.unit.short_name))])
    _require_free(case, police)
    procuratorate = queries.procuratorate_of(case)
    if procuratorate is None:
        raise RefusedError([Reason(_("本区没有设立检察院单位,移送无法接受监督。请先由管理员设立。"))])
    day = ledger.law_day(at)
    finding = cases.transfer_finding(case, on=day)
    if finding.route == ADMINISTRATIVE:
        raise RefusedError(
            [
                Reason(
                    _(
                        "按现有事实,本案未达追诉标准。补充金额、标识或者以往处罚后再审查;认为有合理嫌疑的,请先在案件中登记这一判断。"
                    )
                ),
                *finding.reasons,
            ]
        )
    transfer = Transfer.objects.create(
        number=next_number(case.unit, SERIES, at=at),
        case=case,
        title=f"{case.party_name} {case.cause}"[:200],
        sender=case.unit,
        police=police,
        procuratorate=procuratorate,
        route=finding.route,
        offences=[each.offence.id for each in finding.findings if each.status == "met"],
        finding=finding.as_dict(),
        proposed_at=at,
        handler=case.handler or by,
        seen_by=audience(case.unit, police, supervised=True),
        confidentiality=case.confidentiality,
    )
    add_papers(transfer, (report,), by=by, at=at)
    flow = queries.workflow()
    rows = list(queries.documents(transfer))
    known = {
        **document_facts(rows),
        "two_officers": cases.step_facts(case, at)["two_officers"],
        "transfer_finding": True,
        REASON: report.content,
    }
    decision = decide_transition(flow, None, "propose", by.roles, known, on=day).require()
    used = use_documents(rows, flow, None, "propose", at)
    take_step(
        decision,
        subject=Subject.of("transfer", transfer.pk),
        by=by.actor,
        at=at,
        bearers={"holder": case.unit.code, "sender": case.unit.code, "police": police.code},
        title=f"{transfer.number} {case.party_name}",
        member=transfer.handler_id,
        facts={
            "case": case.number,
            "route": finding.route_label,
            "finding": finding.as_dict(),
            "documents": used,
            "police": police.short_name,
        },
    )
    return transfer


def _require_free(case: Case, police: Unit) -> None:
    if police.kind != UnitKind.POLICE:
        text = _("{unit}不是公安机关。请从本区公安机关中选择。")
        raise RefusedError([Reason(text.format(unit=police.short_name))])
    already = queries.open_transfer(case)
    if already:
        text = _("案件{case}已有移送{number}正在办理,不能重复提出。")
        raise RefusedError([Reason(text.format(case=case.number, number=already.number))])
    if case.closed_at is not None and not case.transfer_test_met:
        raise RefusedError([Reason(_("案件已结案且未达追诉标准,不能提出移送。"))])
