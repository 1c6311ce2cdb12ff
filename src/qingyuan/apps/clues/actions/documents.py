"""Make and approve the documents that carry a workflow's steps; cases use the same for theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member, Role
from qingyuan.apps.clues import queries
from qingyuan.apps.clues.actions.guards import require_handler
from qingyuan.apps.clues.models import Clue, ClueDocument, OfficialDocument
from qingyuan.apps.files.models import Attachment
from qingyuan.apps.ledger.actions import Subject, record
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.law.workflows import Workflow

APPROVAL = "审批"
"""In the title of a requirement of the lawbook: the document counts only once a person in charge has approved it."""


@dataclass(frozen=True)
class Paper:
    """A document to be made: the requirement it meets, and its content or the uploaded original."""

    kind: str
    content: str = ""
    number: str = ""
    attachment: Attachment | None = None


def draft_document(
    model: type[OfficialDocument], flow: Workflow, paper: Paper, *, by: Member, at: datetime, **owner: Any
) -> OfficialDocument:
    """Write a document of a record (`owner`: its foreign key). A leader's own approval form is approved as made.

    Raises RefusedError for a kind the workflow does not know and for a document with neither text nor file.
    """
    required = queries.requirement(flow, paper.kind)
    if required is None:
        text = _("{label}没有文书“{kind}”。请从所列文书中选择。").format(label=flow.label, kind=paper.kind)
        raise RefusedError([Reason(text)])
    if not paper.content.strip() and paper.attachment is None:
        text = _("文书“{title}”没有内容。请填写正文,或者上传签字盖章的原件。").format(title=required.label)
        raise RefusedError([Reason(text)])
    needs_approval = APPROVAL in required.label
    approved = needs_approval and by.has_role(Role.LEADER)
    return model._default_manager.create(
        **owner,
        kind=paper.kind,
        title=required.label,
        number=paper.number,
        content=paper.content.strip(),
        attachment=paper.attachment,
        made_by=by.name,
        made_by_member=by.pk,
        made_at=at,
        needs_approval=needs_approval,
        approved_by=by.name if approved else "",
        approved_at=at if approved else None,
    )


def judge_document(
    document: OfficialDocument, *, agrees: bool, opinion: str, by: Member, at: datetime
) -> None:
    """Write a leader's decision on an approval form. Raises RefusedError when it is not waiting for one."""
    if not by.has_role(Role.LEADER):
        raise RefusedError([Reason(_("审批由单位负责人办理。请转交负责人。"))])
    if not document.needs_approval or document.approved_at or document.refused_at or document.used_at:
        text = _("“{title}”不在待审批状态,可能已由他人审批。请刷新页面查看。").format(title=document.title)
        raise RefusedError([Reason(text)])
    if not agrees and not opinion.strip():
        raise RefusedError([Reason(_("不同意必须写明理由,以便承办人修改后重新报批。"))])
    document.opinion = opinion.strip()
    document.approved_by = by.name
    if agrees:
        document.approved_at = at
    else:
        document.refused_at = at
    document.save(update_fields=["opinion", "approved_by", "approved_at", "refused_at"])


def use_documents(
    rows: Sequence[OfficialDocument], flow: Workflow, state: str | None, verb: str, at: datetime
) -> list[str]:
    """Mark the documents that carried a step as used; return their titles for the event."""
    edge = flow.edge(state, verb)
    wanted = {each.id for each in edge.requires if each.kind == "document"} if edge else set()
    used = [document for document in rows if document.valid and document.kind in wanted]
    for document in used:
        document.used_at = at
    if used:
        type(used[0])._default_manager.bulk_update(used, ["used_at"])
    return [f"{document.title} {document.number}".strip() for document in used]


@transaction.atomic
def make_document(*, clue: Clue, paper: Paper, by: Member, at: datetime) -> ClueDocument:
    """制作文书: add a document to an open clue."""
    clue = queries.lock(clue)
    require_handler(clue, by)
    document = draft_document(ClueDocument, queries.workflow(), paper, by=by, at=at, clue=clue)
    record(
        "clue.document-made",
        subject=Subject.of("clue", clue.pk),
        by=by.actor,
        at=at,
        facts={"document": document.title, "number": document.number, "approved": bool(document.approved_at)},
    )
    return document


@transaction.atomic
def approve_document(
    *, document: ClueDocument, agrees: bool, opinion: str = "", by: Member, at: datetime
) -> ClueDocument:
    """审批: agree to an approval form of a clue, or refuse it with a reason."""
    clue = queries.lock(document.clue)
    require_handler(clue, by)
    document = ClueDocument.objects.select_for_update(no_key=True).get(pk=document.pk)
    judge_document(document, agrees=agrees, opinion=opinion, by=by, at=at)
    record(
        "clue.document-approved" if agrees else "clue.document-refused",
        subject=Subject.of("clue", clue.pk),
        by=by.actor,
        at=at,
        facts={"document": document.title, "opinion": document.opinion},
    )
    return document
