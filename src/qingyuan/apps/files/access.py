"""A file is seen through the record it is attached to."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from qingyuan.apps.agencies.access import Rule, door, doors
from qingyuan.apps.agencies.models import Member
from qingyuan.apps.files.models import Attachment

URLS: dict[str, Rule] = {
    "files:download": Rule(record="attachment"),
    "files:withdraw": Rule(record="attachment", writes=True),
}


def attachment_visible_to(member: Member, pk: int) -> Attachment:
    """Return an attachment whose record the member may see. Raises Http404 otherwise, and for a withdrawn one."""
    attachment = Attachment.objects.select_related("file").filter(pk=pk, withdrawn_at=None).first()
    if (
        attachment is None
        or attachment.subject_kind not in doors()
        or not door(attachment.subject_kind, member).filter(pk=attachment.subject_id).exists()
    ):
        raise Http404
    return attachment


def attachments(kind: str, pk: object) -> QuerySet[Attachment]:
    """Return a record's attachments, oldest first. The caller has found the record through its own door."""
    return (
        Attachment.objects.filter(subject_kind=kind, subject_id=str(pk), withdrawn_at=None)
        .select_related("file")
        .order_by("pk")
    )


DOORS: dict[str, object] = {}
"""None: an attachment is reached through the door of its record."""
