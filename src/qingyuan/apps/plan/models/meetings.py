"""Meetings of the leading group: agenda, attendance by unit, minutes, and resolutions that become 督办件."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.agencies.models import Protected, protected_indexes
from qingyuan.apps.plan.models.work import Supervision


class Meeting(Protected):
    """会议: called for a time and place; minuted once it was held."""

    region = models.ForeignKey("agencies.Region", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    at = models.DateTimeField()
    place = models.CharField(max_length=120)
    chair = models.CharField(max_length=60)
    called_at = models.DateTimeField()
    minutes = models.TextField(blank=True)
    minuted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (*protected_indexes("meeting"), models.Index(fields=["at", "id"], name="meeting_at"))
        constraints = (
            models.CheckConstraint(
                condition=Q(minuted_at=None, minutes="") | (Q(minuted_at__isnull=False) & ~Q(minutes="")),
                name="meeting_minuted_with_minutes",
            ),
        )

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """议题."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    presenter = models.ForeignKey(
        "agencies.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "order"], name="agenda_order_once"),)

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """到会: one invited unit; blank status until the meeting is held."""

    class Status(models.TextChoices):
        PRESENT = "present", _("到会")
        SUBSTITUTE = "substitute", _("代会")
        ABSENT = "absent", _("缺席")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, blank=True)
    person = models.CharField(max_length=60, blank=True)
    """Who came; for a substitute, the person who stood in."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "unit"], name="attendance_once"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.status}"


class Resolution(models.Model):
    """议定事项: what the meeting decided, of whom, by when; each one is followed as a 督办件."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    supervision = models.OneToOneField(Supervision, on_delete=models.PROTECT, related_name="resolution")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "order"], name="resolution_order_once"),)

    def __str__(self) -> str:
        return self.text[:40]
