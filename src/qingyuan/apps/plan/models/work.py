"""Work that the office follows: a plan's tasks, 督办件, the reports on both, bulletins."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.agencies.models import Assigned, Protected, protected_indexes
from qingyuan.apps.plan.models.plans import Clause, Plan, UnitRole


class WorkState(models.TextChoices):
    """办理状态: the states of the lawbook's workflow `supervised-task`, which both kinds of work follow."""

    ESTABLISHED = "established", _("已立项")
    ASSIGNED = "assigned", _("待签收")
    SIGNED = "signed", _("已签收")
    REPORTED = "reported", _("已反馈")
    URGED = "urged", _("已催办")
    COMPLETED = "completed", _("已办结")
    ANNOUNCED = "announced", _("已通报")
    ARCHIVED = "archived", _("已归档")
    CANCELLED = "cancelled", _("已撤销")


OPEN_STATES = ("established", "assigned", "signed", "reported", "urged")
_OPEN = Q(closed_at=None)


class FollowedWork(Protected, Assigned):
    """What a unit owes the office by a day: signed for, reported on, urged, confirmed.

    The counters are what the lights and lists need, kept by the actions that change them.
    """

    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=WorkState.choices)
    due_at = models.DateTimeField()
    assigned_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    last_reported_at = models.DateTimeField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    """The share done as the unit last said, 0-100."""
    reports = models.PositiveSmallIntegerField(default=0)
    evidence = models.PositiveSmallIntegerField(default=0)
    """How many files were handed in as evidence (佐证材料)."""
    done_claimed = models.BooleanField(default=False)
    """The unit says it is finished and waits for the office to confirm."""
    urged = models.PositiveSmallIntegerField(default=0)
    last_urged_at = models.DateTimeField(null=True, blank=True)
    bigrams = ArrayField(models.CharField(max_length=4), default=list)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Task(FollowedWork):
    """任务: what one clause of an adopted plan asks of one unit."""

    subject_kind = "task"
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="tasks")
    role = models.CharField(max_length=12, choices=UnitRole.Role.choices)
    from_collective = models.BooleanField(default=False)
    """The unit was not named: it belonged to the leading group on the day of adoption."""

    class Meta:
        indexes = (
            *protected_indexes("task"),
            GinIndex(fields=["bigrams"], name="task_bigrams"),
            models.Index(fields=["due_at", "id"], name="task_due"),
            models.Index(fields=["unit", "due_at"], name="task_open_by_unit", condition=_OPEN),
            models.Index(fields=["due_at"], name="task_open_due", condition=_OPEN),
            models.Index(fields=["handler"], name="task_open_by_handler", condition=_OPEN),
            models.Index(fields=["plan", "state"], name="task_plan_state"),
        )
        constraints = (
            models.UniqueConstraint(fields=["clause", "unit"], name="task_once_per_clause_and_unit"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent_to_100"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, closed_at=None)
                | (~Q(state__in=OPEN_STATES) & Q(closed_at__isnull=False)),
                name="task_closed_when_over",
            ),
        )


class Supervision(FollowedWork):
    """督办件: a matter the office presses one unit to finish; it comes from a task, a meeting or an instruction."""

    class Origin(models.TextChoices):
        TASK = "task", _("计划任务")
        MEETING = "meeting", _("会议决定")
        FREE = "free", _("领导批示或其他事项")

    subject_kind = "supervision"
    region = models.ForeignKey("agencies.Region", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    """Runs on within region and year."""
    year = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=8, choices=Origin.choices)
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="supervisions"
    )
    matter = models.TextField()
    established_at = models.DateTimeField()
    sign_by = models.DateTimeField(null=True, blank=True)
    """By when the office wants it signed for, chosen at 交办: a term of office practice, not of law."""

    class Meta:
        indexes = (
            *protected_indexes("supervision"),
            GinIndex(fields=["bigrams"], name="supervision_bigrams"),
            models.Index(fields=["due_at", "id"], name="supervision_due"),
            models.Index(fields=["established_at", "id"], name="supervision_newest"),
            models.Index(fields=["unit", "due_at"], name="supervision_open_by_unit", condition=_OPEN),
            models.Index(fields=["handler"], name="supervision_open_by_handler", condition=_OPEN),
        )
        constraints = (
            models.UniqueConstraint(fields=["region", "year", "number"], name="supervision_number_once"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(closed_at=None), name="supervision_open_once_per_task"
            ),
            models.CheckConstraint(
                condition=Q(origin="task", task__isnull=False) | (~Q(origin="task") & Q(task=None)),
                name="supervision_task_iff_from_task",
            ),
        )

    @property
    def display_number(self) -> str:
        """`督〔2026〕3号`."""
        return f"督〔{self.year}〕{self.number}号"


class ProgressReport(models.Model):
    """进展反馈: what a unit reported on a task or a 督办件; `figures` are named counts, as text."""

    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="progress")
    supervision = models.ForeignKey(Supervision, null=True, on_delete=models.PROTECT, related_name="progress")
    text = models.TextField()
    percent = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=dict)
    done_claimed = models.BooleanField(default=False)
    evidence = models.PositiveSmallIntegerField(default=0)
    reported_by = models.CharField(max_length=80)
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    rejected_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["task", "-reported_at"], name="report_task"),
            models.Index(fields=["supervision", "-reported_at"], name="report_supervision"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(task__isnull=False, supervision=None) | Q(task=None, supervision__isnull=False),
                name="report_on_one_thing",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="report_percent_to_100"),
        )

    def __str__(self) -> str:
        return self.text[:40]


class Bulletin(Protected):
    """督办通报: what the office announces about finished 督办件, with the figures as they stood that day."""

    region = models.ForeignKey("agencies.Region", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    body = models.TextField()
    figures = models.JSONField(default=list)
    """Rows `{unit, supervised, completed, late, urged}` on the day of issue: restatable later."""
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    supervisions = models.ManyToManyField(Supervision, related_name="bulletins")

    class Meta:
        indexes = (
            *protected_indexes("bulletin"),
            models.Index(fields=["issued_at", "id"], name="bulletin_newest"),
        )

    def __str__(self) -> str:
        return self.title
