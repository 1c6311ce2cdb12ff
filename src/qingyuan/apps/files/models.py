"""Stored files and what they are attached to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """文件: content kept once under its SHA-256, never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]


class Attachment(models.Model):
    """附件: a stored file on a record, under the name it came with.

    `plane` says who may see it: the units only, or the reporter too. Withdrawing hides it and keeps it.
    """

    class Plane(models.TextChoices):
        INTERNAL = "internal", _("仅内部")
        REPORTER = "reporter", _("举报人可见")

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    label = models.CharField(max_length=80, blank=True)
    plane = models.CharField(max_length=10, choices=Plane.choices, default=Plane.INTERNAL)
    attached_by = models.CharField(max_length=80)
    attached_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=["subject_kind", "subject_id", "id"], name="attachment_subject"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="attachment_withdrawn_with_reason",
            ),
        )

    def __str__(self) -> str:
        return self.name
