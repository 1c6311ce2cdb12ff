"""One transfer: where it stands, what each side may do, and why it was proposed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingyuan.apps.agencies.access import reasons
from qingyuan.apps.cases import access as case_access
from qingyuan.apps.cases import queries as cases
from qingyuan.apps.files import access as files
from qingyuan.apps.ledger.queries import duty_cards, law_day, shown_timeline
from qingyuan.apps.transfers import access, queries
from qingyuan.ui.shapes import Fact, FileItem, Ground


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a transfer."""
    transfer = get_object_or_404(access.visible_to(request.member), pk=pk)
    facts = [
        Fact(_("案件"), transfer.case.number, url=_case_url(transfer.case, request.member)),
        Fact(_("移送机关"), transfer.sender.name),
        Fact(_("公安机关"), transfer.police.name),
        Fact(_("监督"), transfer.procuratorate.name),
        Fact(_("依据"), transfer.get_route_display()),
        Fact(_("提出时间"), transfer.proposed_at),
        Fact(_("结果"), transfer.outcome),
    ]
    context = {
        "transfer": transfer,
        "facts": facts,
        "choices": queries.choices(transfer, request.member, at=request.at),
        "documents": queries.documents(transfer),
        "finding": transfer.finding,
        "duties": duty_cards("transfer", pk, at=request.at),
        "events": shown_timeline("transfer", pk),
        "files": [_file(each) for each in files.attachments("transfer", pk)],
        "grounds": [Ground(text) for text in reasons(transfer, request.member)],
        "acts": bool(access.roles_on(transfer, request.member)),
    }
    return render(request, "transfers/record.html", context)


def _case_url(case: Any, member: Any) -> str:
    seen = case_access.visible_to(member).filter(pk=case.pk).exists()
    return reverse("cases:record", args=[case.pk]) if seen else ""


def _file(attachment: Any) -> FileItem:
    return FileItem(
        name=attachment.name,
        url=reverse("files:download", args=[attachment.pk]),
        size=attachment.file.size,
        kind=attachment.label,
        at=attachment.attached_at,
        by=attachment.attached_by,
        digest=attachment.file.sha256,
    )


@require_GET
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel on a case's page: the transfer test as of today, and the transfer if there is one."""
    case = get_object_or_404(case_access.visible_to(request.member), pk=pk)
    context = {
        "case": case,
        "finding": cases.transfer_finding(case, on=law_day(request.at)).as_dict(),
        "transfers": queries.transfers_of(case),
        "may_propose": case_access.handled_by(case, request.member)
        and request.member.has_role("officer", "leader")
        and queries.open_transfer(case) is None,
    }
    return render(request, "transfers/_panel.htmx.html", context)


@require_GET
def document_print(request: HttpRequest, pk: int) -> HttpResponse:
    """A document for the printer."""
    paper = get_object_or_404(access.documents_visible_to(request.member), pk=pk)
    return render(request, "transfers/document.html", {"paper": paper})
