"""Documents of a transfer: made by one side, seen by all."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.clues.actions.documents import Paper, draft_document
from qingyuan.apps.ledger.actions import Subject, record
from qingyuan.apps.transfers import access, queries
from qingyuan.apps.transfers.models import Transfer, TransferDocument


def require_side(transfer: Transfer, by: Member) -> list[str]:
    """Return the roles in which the member may act here. Raises PermissionDenied for a mere onlooker."""
    held = access.roles_on(transfer, by)
    if not held:
        text = _("本件由{sender}移送{police},你可以查看,不能办理。")
        raise PermissionDenied(
            text.format(sender=transfer.sender.short_name, police=transfer.police.short_name)
        )
    return held


def add_papers(transfer: Transfer, papers: tuple[Paper, ...], *, by: Member, at: datetime) -> None:
    """Write the documents that come with a step."""
    flow = queries.workflow()
    for paper in papers:
        draft_document(TransferDocument, flow, paper, by=by, at=at, transfer=transfer, unit=by.unit)


@transaction.atomic
def make_document(*, transfer: Transfer, paper: Paper, by: Member, at: datetime) -> TransferDocument:
    """制作文书: add a document to an open transfer, for a step still to come."""
    transfer = queries.lock(transfer)
    require_side(transfer, by)
    document = draft_document(
        TransferDocument, queries.workflow(), paper, by=by, at=at, transfer=transfer, unit=by.unit
    )
    record(
        "transfer.document-made",
        subject=Subject.of("transfer", transfer.pk),
        by=by.actor,
        at=at,
        facts={"document": document.title, "number": document.number},
    )
    return TransferDocument.objects.get(pk=document.pk)
