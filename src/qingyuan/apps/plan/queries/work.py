"""Read tasks and 督办件: what is open, late, without material; progress of a plan; what a step still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Q, QuerySet

from qingyuan.apps.agencies.models import Member, Region
from qingyuan.apps.files.access import attachments
from qingyuan.apps.plan.models import (
    AgendaItem,
    Attendance,
    Campaign,
    ClauseCampaign,
    Meeting,
    Plan,
    ProgressReport,
    Resolution,
    Supervision,
    Task,
    WorkState,
)
from qingyuan.apps.plan.models.work import OPEN_STATES
from qingyuan.apps.plan.queries.lights import Light, Standing, read_light
from qingyuan.basics.bigrams import bigrams

RESULT = "办理结果报告"
EVIDENCE = "佐证材料"
NOTICE = "督办通知单"
Work = Task | Supervision


def light_of(work: Work, *, at: datetime) -> Light:
    """Return how a task or 督办件 stands."""
    return read_light(
        Standing(
            assigned_at=work.assigned_at or getattr(work, "established_at", at),
            due_at=work.due_at,
            signed=work.signed_at is not None,
            reports=work.reports,
            evidence=work.evidence,
            percent=work.percent,
            closed_at=work.closed_at,
            cancelled=work.state == WorkState.CANCELLED,
        ),
        at=at,
    )


def open_tasks(plan: Plan) -> QuerySet[Task]:
    """Return the plan's tasks that are not over."""
    return Task.objects.filter(plan=plan, closed_at=None)


def overdue(works: QuerySet[Any], *, at: datetime) -> QuerySet[Any]:
    """Return those that are open after their due time."""
    return works.filter(closed_at=None, due_at__lt=at)


def without_evidence(works: QuerySet[Any], *, at: datetime) -> QuerySet[Any]:
    """Return those open past the half of their time with no evidence handed in."""
    passed = ExpressionWrapper((at - F("assigned_at")) * 2, output_field=DurationField())
    term = ExpressionWrapper(F("due_at") - F("assigned_at"), output_field=DurationField())
    return (
        works.filter(closed_at=None, evidence=0)
        .annotate(passed=passed, term=term)
        .filter(passed__gte=F("term"))
    )


def search_work(works: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Return those whose text contains the words, by the bigram index; one character is looked for in titles."""
    windows = bigrams(text)
    return works.filter(bigrams__contains=windows) if windows else works.filter(title__icontains=text)


def waiting_for(works: QuerySet[Any], member: Member) -> QuerySet[Any]:
    """Return the open work of the member's own unit."""
    return works.filter(unit=member.unit_id, closed_at=None)


def can_urge(works: QuerySet[Any]) -> QuerySet[Any]:
    """Return those that the workflow lets the office urge."""
    return works.filter(state__in=["assigned", "signed", "reported", "urged"])


def reports_of(work: Work) -> QuerySet[ProgressReport]:
    """Return a work's progress reports, newest first."""
    return (
        ProgressReport.objects.filter(**{work.subject_kind: work})
        .select_related("unit")
        .order_by("-reported_at")
    )


def documents_in(work: Work) -> dict[str, bool]:
    """Return which documents of the workflow are attached: notice, result report, evidence."""
    labels = set(attachments(work.subject_kind, work.pk).values_list("label", flat=True))
    return {
        "task_notice": NOTICE in labels,
        "result_report": RESULT in labels,
        "evidence": EVIDENCE in labels,
    }


def next_number(region: Region, year: int) -> int:
    """Return the next number of a 督办件 in the region and year; the caller holds the region's row lock."""
    last = Supervision.objects.filter(region=region, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@dataclass(frozen=True)
class UnitProgress:
    """One row of the matrix: a unit and how many tasks it has in each state."""

    code: str
    unit: str
    total: int
    waiting: int
    active: int
    urged: int
    done: int
    overdue: int
    bare: int
    """Open without any evidence."""

    @property
    def percent(self) -> int:
        """The share confirmed as finished, rounded down."""
        return self.done * 100 // self.total if self.total else 0


def _tallies(at: datetime) -> dict[str, Count]:
    is_open = Q(state__in=OPEN_STATES)
    return {
        "total": Count("pk", filter=~Q(state="cancelled")),
        "waiting": Count("pk", filter=Q(state="assigned")),
        "active": Count("pk", filter=Q(state__in=["signed", "reported"])),
        "urged_now": Count("pk", filter=Q(state="urged")),
        "done": Count("pk", filter=Q(state__in=["completed", "announced", "archived"])),
        "overdue": Count("pk", filter=is_open & Q(due_at__lt=at)),
        "bare": Count("pk", filter=is_open & Q(evidence=0)),
    }


def by_unit(tasks: QuerySet[Task], *, at: datetime) -> list[UnitProgress]:
    """Return the matrix unit × state, the units with most overdue tasks first."""
    rows = tasks.order_by().values("unit__code", "unit__short_name").annotate(**_tallies(at))
    found = [
        UnitProgress(
            row["unit__code"],
            row["unit__short_name"],
            row["total"],
            row["waiting"],
            row["active"],
            row["urged_now"],
            row["done"],
            row["overdue"],
            row["bare"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (-row.overdue, row.percent, -row.total, row.code))


def by_clause(tasks: QuerySet[Task], *, at: datetime) -> dict[int, dict[str, int]]:
    """Return for each clause how many tasks there are, done and overdue; parts and sections are sums of these."""
    rows = tasks.order_by().values("clause").annotate(**_tallies(at))
    return {row["clause"]: {name: row[name] for name in ("total", "done", "overdue", "bare")} for row in rows}


def totals(tasks: QuerySet[Any], *, at: datetime) -> dict[str, int]:
    """Return the counts of all."""
    return tasks.order_by().aggregate(**_tallies(at))


def by_plan(plans: Iterable[Plan], *, at: datetime) -> dict[int, dict[str, int]]:
    """Return the counts of each plan, in one query."""
    rows = (
        Task.objects.filter(plan__in=[plan.pk for plan in plans])
        .order_by()
        .values("plan")
        .annotate(**_tallies(at))
    )
    return {row["plan"]: row for row in rows}


def figures_by_unit(supervisions: QuerySet[Supervision]) -> list[dict[str, Any]]:
    """Return the figures of a bulletin: per unit how many, finished, finished late, times urged."""
    late = Q(closed_at__gt=F("due_at"))
    finished = Q(state__in=["completed", "announced", "archived"])
    rows = (
        supervisions.order_by()
        .values("unit__code", "unit__short_name")
        .annotate(
            supervised=Count("pk"),
            completed=Count("pk", filter=finished),
            late=Count("pk", filter=finished & late),
            times_urged=Count("pk", filter=Q(urged__gt=0)),
        )
        .order_by("unit__code")
    )
    return [
        {
            "unit": row["unit__short_name"],
            "supervised": row["supervised"],
            "completed": row["completed"],
            "late": row["late"],
            "urged": row["times_urged"],
        }
        for row in rows
    ]


def overdue_not_urged_since(*, at: datetime, since: datetime) -> list[QuerySet[Any]]:
    """Return the overdue tasks and 督办件 that can be urged and were not urged after `since`."""
    quiet = Q(last_urged_at=None) | Q(last_urged_at__lte=since)
    kinds: tuple[type[Any], ...] = (Task, Supervision)
    return [can_urge(overdue(kind._default_manager.filter(quiet), at=at)) for kind in kinds]


def tasks_of(plan: Plan) -> QuerySet[Task]:
    """Return all tasks of a plan: its progress is shown to whoever sees the plan, as counts."""
    return Task.objects.filter(plan=plan)


def units_in(works: QuerySet[Any]) -> list[str]:
    """Return the short names of the units these fall on."""
    return list(works.order_by("unit__code").values_list("unit__short_name", flat=True).distinct())


def partners(task: Task, visible: QuerySet[Task]) -> QuerySet[Task]:
    """Return the other tasks of the same clause that the member sees, the lead's first."""
    return visible.filter(clause=task.clause_id).exclude(pk=task.pk).order_by("role", "unit__code")


def unstarted_campaigns(plans: QuerySet[Plan]) -> list[str]:
    """Return the campaign names of adopted plans that nobody has started yet."""
    names = ClauseCampaign.objects.filter(
        campaign=None, clause__point__section__part__plan__in=plans.filter(state="adopted").values("pk")
    )
    return sorted(set(names.values_list("name", flat=True)))


def tasks_in(campaign: Campaign) -> QuerySet[Task]:
    """Return all tasks of a campaign, to be counted."""
    return Task.objects.filter(campaigns=campaign)


def records_of(campaign: Campaign) -> list[tuple[str, str]]:
    """Return kind and id of the records attached to a campaign, newest first."""
    return list(campaign.records.order_by("-pk").values_list("kind", "record_id")[:500])


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """Return the invited units with their status."""
    return list(meeting.attendance.select_related("unit").order_by("unit__code"))


def resolutions_of(meeting: Meeting) -> QuerySet[Resolution]:
    """Return what the meeting decided, each with its 督办件."""
    return meeting.resolutions.select_related("unit", "supervision").order_by("order")


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Return the agenda in order."""
    return meeting.agenda.select_related("presenter").order_by("order")
