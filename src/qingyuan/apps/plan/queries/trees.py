"""A plan as a tree, loaded in a fixed number of queries, and its pieces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from qingyuan.apps.agencies.models import GroupMembership, Region, Unit
from qingyuan.apps.plan.models import (
    Clause,
    ClauseCampaign,
    Doubt,
    Part,
    Plan,
    Point,
    Section,
    UnitRole,
)


def tree(plan: Plan) -> list[Part]:
    """Return the plan's parts with sections, points, clauses, roles (with units) and campaign names loaded."""
    roles = Prefetch("roles", UnitRole.objects.select_related("unit").order_by("order"))
    names = Prefetch("campaign_names", ClauseCampaign.objects.select_related("campaign").order_by("start"))
    clauses = Prefetch("clauses", Clause.objects.order_by("order").prefetch_related(roles, names))
    points = Prefetch("points", Point.objects.order_by("order").prefetch_related(clauses))
    sections = Prefetch("sections", Section.objects.order_by("order").prefetch_related(points))
    return list(Part.objects.filter(plan=plan).order_by("order").prefetch_related(sections))


def clauses_of(parts: list[Part]) -> Iterator[tuple[Part, Section, Point, Clause]]:
    """Yield every clause of a loaded tree with its parents, in order."""
    for part in parts:
        for section in part.sections.all():
            for point in section.points.all():
                for clause in point.clauses.all():
                    yield part, section, point, clause


def point_texts(plan: Plan) -> dict[int, str]:
    """Return the words of each point of a plan that is not dropped."""
    texts: dict[int, str] = {}
    rows = (
        Clause.objects.filter(point__section__part__plan=plan)
        .exclude(point__change=Point.Change.DROPPED)
        .order_by("point_id", "order")
    )
    for clause in rows:
        texts[clause.point_id] = texts.get(clause.point_id, "") + clause.reading
    return texts


def adopted_before(region: Region, year: int) -> Plan | None:
    """Return the region's last adopted or closed plan of an earlier year."""
    return (
        Plan.objects.filter(region=region, year__lt=year, state__in=[Plan.State.ADOPTED, Plan.State.CLOSED])
        .order_by("-year")
        .first()
    )


def same_source(region: Region, source_id: int) -> Plan | None:
    """Return the plan that was read from this very file in the region, the first one if there are several."""
    return (
        Plan.objects.filter(region=region, source=source_id)
        .exclude(state=Plan.State.DISCARDED)
        .order_by("pk")
        .first()
    )


def doubts_of(plan: Plan) -> QuerySet[Doubt]:
    """Return the plan's doubts in the order of the text, each with its unit role and clause."""
    return Doubt.objects.filter(plan=plan).select_related("unit_role", "clause").order_by("start", "pk")


def open_doubts(plan: Plan) -> int:
    """Return how many doubts nobody has decided yet."""
    return Doubt.objects.filter(plan=plan, choice="").count()


def standing_clauses(plan: Plan) -> QuerySet[Clause]:
    """Return the clauses that make tasks: those of points not dropped that name somebody."""
    return (
        Clause.objects.filter(point__section__part__plan=plan)
        .exclude(point__change=Point.Change.DROPPED)
        .filter(Exists(UnitRole.objects.filter(clause=OuterRef("pk"))))
    )


def unresolved_roles(plan: Plan) -> QuerySet[UnitRole]:
    """Return the names that stand for one unit and have none yet."""
    return UnitRole.objects.filter(clause__in=standing_clauses(plan), unit=None, collective=False).order_by(
        "start"
    )


def undated_clauses(plan: Plan) -> int:
    """Return how many clauses that make tasks have no due day."""
    return standing_clauses(plan).filter(due_on=None).count()


def set_members(region: Region, on: date) -> list[Unit]:
    """领导小组成员单位: return the region's units that belong to the leading group on a day."""
    ids = (
        GroupMembership.objects.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on)).values("unit")
    )
    return list(Unit.objects.filter(pk__in=ids, region=region, active=True).order_by("code"))


def region_units(region: Region) -> list[Unit]:
    """Return the active units of a region."""
    return list(Unit.objects.filter(region=region, active=True).order_by("code"))


def plan_counts(plan: Plan) -> dict[str, int]:
    """Return how many parts, sections, points and clauses a plan has."""
    counted = Part.objects.filter(plan=plan).aggregate(
        part_count=Count("pk", distinct=True),
        section_count=Count("sections", distinct=True),
        point_count=Count("sections__points", distinct=True),
        clause_count=Count("sections__points__clauses", distinct=True),
    )
    return {name.removesuffix("_count") + "s": number for name, number in counted.items()}


def years(plans: QuerySet[Plan]) -> list[int]:
    """Return the years of these plans, newest first."""
    return list(plans.order_by("-year").values_list("year", flat=True).distinct())


def clause_in(plan: Plan, pk: int) -> Clause:
    """Return a clause of this plan. Raises Http404 for another plan's."""
    return get_object_or_404(Clause, pk=pk, point__section__part__plan=plan)


def role_in(plan: Plan, pk: int) -> UnitRole:
    """Return a unit role of this plan. Raises Http404 for another plan's."""
    return get_object_or_404(UnitRole, pk=pk, clause__point__section__part__plan=plan)


def doubt_in(plan: Plan, pk: int) -> Doubt:
    """Return a doubt of this plan. Raises Http404 for another plan's."""
    return get_object_or_404(Doubt, pk=pk, plan=plan)


def point_in(plan: Plan, pk: int) -> Point:
    """Return a point of this plan. Raises Http404 for another plan's."""
    return get_object_or_404(Point, pk=pk, section__part__plan=plan)


def section_in(plan: Plan, pk: int) -> Section:
    """Return a section of this plan. Raises Http404 for another plan's."""
    return get_object_or_404(Section, pk=pk, part__plan=plan)


def clauses_in_part(plan: Plan, part: str) -> list[int] | None:
    """Return the clauses of a part by its id; None (all of them) for no part."""
    if not part:
        return None
    return list(
        Clause.objects.filter(point__section__part=part, point__section__part__plan=plan).values_list(
            "pk", flat=True
        )
    )
