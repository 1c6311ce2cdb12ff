"""A year's plan as it was written and as it is read: part, section, point, clause, unit role.

Every piece keeps its place (`start`, `end`) in the plan's extracted text, so that a page can show the source and
the reading side by side. Read words stay as written; a correction stands beside them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.agencies.models import Protected, protected_indexes


class Plan(Protected):
    """工作要点: one region's plan for one year, from upload to the year's close."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        REVIEWED = "reviewed", _("已校核")
        ADOPTED = "adopted", _("已通过")
        CLOSED = "closed", _("已总结结转")
        DISCARDED = "discarded", _("已作废")

    region = models.ForeignKey("agencies.Region", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    """文号, as `白打假办发〔2023〕5号`; blank until the document has one."""
    source = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    drafted_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            *protected_indexes("plan"),
            models.Index(fields=["year", "id"], name="plan_year"),
            models.Index(fields=["drafted_at", "id"], name="plan_drafted"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["region", "year", "source"],
                condition=~Q(state="discarded"),
                name="plan_source_once_a_year",
            ),
            models.UniqueConstraint(
                fields=["region", "year"],
                condition=Q(state__in=["adopted", "closed"]),
                name="plan_adopted_once_a_year",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Part(models.Model):
    """部分, usually 一、. A plan without this level has one part with an empty label."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "order"], name="part_order_once"),)

    def __str__(self) -> str:
        return f"{self.label}{self.title}"


class Section(models.Model):
    """节, usually （一）."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["part", "order"], name="section_order_once"),)

    def __str__(self) -> str:
        return f"{self.label}{self.title}"


class Point(models.Model):
    """要点: a numbered item; `previous` is last year's point it grew from (沿革)."""

    class Change(models.TextChoices):
        NEW = "new", _("新增")
        KEPT = "kept", _("延续")
        CHANGED = "changed", _("修改")
        DROPPED = "dropped", _("不再列入")

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="points")
    order = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(null=True)
    label = models.CharField(max_length=40, blank=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    change = models.CharField(max_length=8, choices=Change.choices, default=Change.NEW)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["section", "order"], name="point_order_once"),
            models.CheckConstraint(
                condition=Q(change="new") | Q(previous__isnull=False), name="point_change_has_previous"
            ),
        )

    def __str__(self) -> str:
        return self.label or f"#{self.order}"


class Clause(models.Model):
    """分项: the text that one responsibility bracket closes. `corrected` is the reading to use, blank = as written."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="clauses")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    corrected = models.TextField(blank=True)
    bracket = models.TextField(blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    open_ended = models.BooleanField(default=False)
    """The bracket ends in a bare 等: more units may be meant than are named."""
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["point", "order"], name="clause_order_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="clause_span_in_order"),
        )

    def __str__(self) -> str:
        return self.reading[:40]

    @property
    def reading(self) -> str:
        """The text in force: the corrected one where there is one."""
        return self.corrected or self.text


class UnitRole(models.Model):
    """责任: one name in a bracket, the unit it means, and its part in the work.

    A collective name (领导小组有关成员单位) has no unit: who it means depends on the day.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头")
        PARTICIPANT = "participant", _("配合")
        SHARED = "shared", _("按职责分工")

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="roles")
    order = models.PositiveSmallIntegerField()
    raw = models.CharField(max_length=200)
    reading = models.CharField(max_length=200)
    """The settled name: `raw` with slips mended, before it is looked up among the units."""
    unit = models.ForeignKey(
        "agencies.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=12, choices=Role.choices)
    collective = models.BooleanField(default=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=["clause", "order"], name="unit_role_in_clause"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(collective=False) | Q(unit=None), name="unit_role_set_has_no_unit"
            ),
            models.UniqueConstraint(
                fields=["clause", "unit"], condition=Q(unit__isnull=False), name="unit_role_once_in_clause"
            ),
        )

    def __str__(self) -> str:
        return self.raw


class ClauseCampaign(models.Model):
    """A campaign's name in a clause, and the campaign itself once the office has started it."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="campaign_names")
    name = models.CharField(max_length=120)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    campaign = models.ForeignKey(
        "plan.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.name


class Doubt(models.Model):
    """识别疑点: what a person must look at before the plan can be adopted, and what was decided."""

    class Choice(models.TextChoices):
        ACCEPTED = "accepted", _("识别正确")
        CORRECTED = "corrected", _("已更正")
        AS_WRITTEN = "as_written", _("以原文为准")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="doubts")
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=400)
    place = models.CharField(max_length=60, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    clause = models.ForeignKey(Clause, null=True, on_delete=models.SET_NULL, related_name="+")
    unit_role = models.ForeignKey(UnitRole, null=True, on_delete=models.SET_NULL, related_name="+")
    choice = models.CharField(max_length=12, choices=Choice.choices, blank=True)
    resolved_by = models.CharField(max_length=80, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["plan"], name="doubt_open", condition=Q(choice="")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(choice="", resolved_at=None) | (~Q(choice="") & Q(resolved_at__isnull=False)),
                name="doubt_resolved_with_choice",
            ),
        )

    def __str__(self) -> str:
        return self.message[:60]
