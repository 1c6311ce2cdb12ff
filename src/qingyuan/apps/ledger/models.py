"""Events, chain heads, seals and duties: what was, and what is owed.

Subjects, actors and units are plain text here. No foreign key leaves the ledger, so history can neither
block nor follow a change of live data.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """事件: one change of state, written once.

    The table is partitioned by month of `at`; the database refuses UPDATE, DELETE and TRUNCATE
    (migration 0002). `hash` covers everything but `id`, see `qingyuan.basics.chain.FIELDS`.
    """

    id = models.BigAutoField(primary_key=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    verb = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    unit = models.CharField(max_length=40)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    basis = models.JSONField(default=list)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_event"
        indexes = (
            models.Index(fields=["subject_kind", "subject_id", "sequence"], name="event_subject"),
            models.Index(fields=["verb", "at"], name="event_verb"),
            models.Index(fields=["unit", "at"], name="event_unit"),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} #{self.sequence} {self.verb}"


class Head(models.Model):
    """链头: the last event of each subject. Its row lock orders the writers of one chain."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="head_one_per_subject"),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} #{self.sequence}"


class Seal(models.Model):
    """封印: the Merkle root over the heads of all chains that grew since the seal before it."""

    day = models.DateField(unique=True)
    last_event = models.BigIntegerField()
    heads = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    time_stamp = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"{self.day} {self.root[:12]}"


class Duty(models.Model):
    """法定职责: who must do what by when, computed from a rule of the lawbook, never typed."""

    class State(models.TextChoices):
        OPEN = "open", _("办理中")
        MET = "met", _("已履行")
        VOID = "void", _("已取消")

    rule = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    title = models.CharField(max_length=200, blank=True)
    """What the 工作台 shows beside the rule: number and short name of the record, never a reporter's identity."""
    unit = models.CharField(max_length=40)
    member = models.BigIntegerField(null=True)
    opened_by = models.BigIntegerField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    pauses = models.JSONField(default=list)
    paused_since = models.DateTimeField(null=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    further = models.PositiveSmallIntegerField(default=0, db_default=0)
    """What was granted beyond the extensions (集体讨论决定继续延期), in the rule's unit."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    closed_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["unit", "due_at"], name="duty_open_by_unit", condition=Q(state="open")),
            models.Index(fields=["due_at"], name="duty_open_due", condition=Q(state="open")),
            models.Index(fields=["member", "due_at"], name="duty_open_by_member", condition=Q(state="open")),
            models.Index(fields=["subject_kind", "subject_id"], name="duty_subject"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["rule", "subject_kind", "subject_id"],
                condition=Q(state="open"),
                name="duty_open_once_per_rule",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None)
                | (~Q(state="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="duty_closed_has_event",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.subject_kind} {self.subject_id} {self.state}"
