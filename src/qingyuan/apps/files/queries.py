"""Read stored content."""

from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from qingyuan.apps.files.models import Attachment, StoredFile
from qingyuan.apps.ledger.models import Event


def path_of(sha256: str) -> Path:
    """Return where content of that hash is kept: two levels of folders, so that none grows too long."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def open_content(file: StoredFile) -> BinaryIO:
    """Open a stored file's content for reading. Raises FileNotFoundError when the store has lost it."""
    return path_of(file.sha256).open("rb")


def unit_of(attachment: Attachment) -> str:
    """Return the code of the unit that attached a file, as the ledger has it; empty when the ledger has nothing."""
    attached = Event.objects.filter(
        subject_kind=attachment.subject_kind,
        subject_id=attachment.subject_id,
        verb="file.attached",
        at=attachment.attached_at,
        facts__sha256=attachment.file.sha256,
    )
    return attached.values_list("unit", flat=True).first() or ""
