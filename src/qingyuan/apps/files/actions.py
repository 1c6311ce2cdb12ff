"""Store, attach and withdraw files."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.files import queries
from qingyuan.apps.files.models import Attachment, StoredFile
from qingyuan.apps.ledger.actions import Actor, Subject, record
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.domain.uploads import media_type_of


def store(content: bytes, name: str, *, at: datetime) -> StoredFile:
    """Keep content under its hash and return its row; the same content is kept once.

    The file is on disk, synced, before the row exists. Raises RefusedError for content that is not taken in
    (see `qingyuan.domain.uploads`) or is too large.
    """
    if len(content) > settings.QINGYUAN_UPLOAD_LIMIT:
        limit = settings.QINGYUAN_UPLOAD_LIMIT // 1024 // 1024
        raise RefusedError(
            [Reason(_("“{name}”超过 {limit} MB,请压缩或分卷后上传。").format(name=name, limit=limit))]
        )
    media_type = media_type_of(content, name)
    digest = hashlib.sha256(content).hexdigest()
    path = queries.path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(file.name, 0o600)
        os.replace(file.name, path)
    stored, _created = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": len(content), "media_type": media_type.name, "stored_at": at}
    )
    return stored


@transaction.atomic
def attach(
    *,
    content: bytes,
    name: str,
    subject: Subject,
    by: Actor,
    at: datetime,
    label: str = "",
    plane: str = Attachment.Plane.INTERNAL,
) -> Attachment:
    """上传附件: store a file and hang it on a record; the event carries its hash."""
    file = store(content, name, at=at)
    attachment = Attachment.objects.create(
        file=file,
        subject_kind=subject.kind,
        subject_id=subject.id,
        name=name[-200:],
        label=label,
        plane=plane,
        attached_by=by.name,
        attached_at=at,
    )
    record(
        "file.attached",
        subject=subject,
        by=by,
        at=at,
        facts={"name": name, "sha256": file.sha256, "size": file.size, "label": label},
    )
    return attachment


@transaction.atomic
def withdraw(*, attachment: Attachment, reason: str, by: Actor, at: datetime) -> None:
    """撤下附件: hide an attachment for a stated reason; its content stays in the store and in the ledger.

    Only the unit that attached it may: who else sees the record must not make its evidence disappear. Raises
    PermissionDenied for another unit, RefusedError without a reason or when it is withdrawn already.
    """
    attachment = Attachment.objects.select_for_update(no_key=True).get(pk=attachment.pk)
    if queries.unit_of(attachment) != by.unit:
        raise PermissionDenied(
            _("附件由上传单位撤下。需要撤下时请联系{name}。").format(name=attachment.attached_by)
        )
    if attachment.withdrawn_at:
        raise RefusedError([Reason(_("这个附件已经撤下。请刷新页面查看。"))])
    if not reason.strip():
        raise RefusedError([Reason(_("撤下附件必须写明理由。"))])
    attachment.withdrawn_at, attachment.withdrawn_reason = at, reason
    attachment.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(
        "file.withdrawn",
        subject=Subject(attachment.subject_kind, attachment.subject_id),
        by=by,
        at=at,
        facts={"name": attachment.name, "reason": reason},
    )
