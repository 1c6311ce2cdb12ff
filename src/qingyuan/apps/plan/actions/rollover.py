"""年度结转: next year's draft as a copy of this year's plan, every point knowing where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.access import audience
from qingyuan.apps.agencies.models import Member
from qingyuan.apps.ledger.actions import Subject, take_step
from qingyuan.apps.plan.actions.locking import decide, lock, refuse
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
from qingyuan.apps.plan.queries import trees

M = TypeVar("M", bound=Model)


@transaction.atomic
def roll_over(*, plan: Plan, year: int, title: str, by: Member, at: datetime) -> Plan:
    """结转: copy an adopted or closed plan into a draft for a later year; every point starts as kept.

    Names that carry a year (专项行动) get a doubt each. Refused when a plan of that year descends from this one
    already: the one there is returned to, never doubled.
    """
    plan = lock(plan)
    if plan.state not in (Plan.State.ADOPTED, Plan.State.CLOSED):
        raise refuse(_("只有已通过或已总结的工作要点可以结转。请先通过这一份。"))
    if year <= plan.year:
        raise refuse(_("结转年度必须晚于{year}年，请更正年度。").format(year=plan.year))
    there = Plan.objects.filter(previous=plan, year=year).exclude(state=Plan.State.DISCARDED).first()
    if there is not None:
        raise refuse(
            _("{year}年已有从本要点结转的草稿“{title}”，请直接修改它。").format(year=year, title=there)
        )
    step = decide("plan", None, "draft", roles=by.roles, at=at, facts={"source_file": True})
    copy = Plan.objects.create(
        region=plan.region,
        year=year,
        title=title[:200],
        source=plan.source,
        source_name=plan.source_name,
        text=plan.text,
        state=step.target,
        previous=plan,
        drafted_at=at,
        seen_by=audience(by.unit),
    )
    names = _copy_tree(plan, copy)
    dated = [name for name in names if any(character.isdigit() for character in name.name)]
    Doubt.objects.bulk_create(_year_doubt(copy, name) for name in dated)
    facts = {"rolled_over_from": plan.pk, "year": year}
    take_step(step, subject=Subject.of("plan", copy.pk), by=by.actor, at=at, bearers={}, facts=facts)
    return copy


def _copy_tree(plan: Plan, copy: Plan) -> list[ClauseCampaign]:
    """Copy the tree level by level, one write per table; dropped points stay behind."""
    parts = trees.tree(plan)
    clauses = [
        (point, clause)
        for _part, _section, point, clause in trees.clauses_of(parts)
        if point.change != Point.Change.DROPPED
    ]
    new_parts = _write(
        Part, [(part.pk, Part(plan=copy, **_fields(part, "order label title"))) for part in parts]
    )
    sections = [(part, section) for part in parts for section in part.sections.all()]
    new_sections = _write(
        Section,
        [
            (section.pk, Section(part=new_parts[part.pk], **_fields(section, "order label title")))
            for part, section in sections
        ],
    )
    points = {point.pk: point for point, _clause in clauses}
    new_points = _write(
        Point,
        [
            (
                point.pk,
                Point(
                    section=new_sections[point.section_id],
                    previous=point,
                    change=Point.Change.KEPT,
                    **_fields(point, "order number label"),
                ),
            )
            for point in points.values()
        ],
    )
    kept = "order text corrected bracket start end open_ended"
    new_clauses = _write(
        Clause,
        [
            (clause.pk, Clause(point=new_points[point.pk], **_fields(clause, kept)))
            for point, clause in clauses
        ],
    )
    roles = [role for _point, clause in clauses for role in clause.roles.all()]
    kept = "order raw reading unit role collective start end"
    _write(UnitRole, [(r.pk, UnitRole(clause=new_clauses[r.clause_id], **_fields(r, kept))) for r in roles])
    names = [name for _point, clause in clauses for name in clause.campaign_names.all()]
    copies = [
        (n.pk, ClauseCampaign(clause=new_clauses[n.clause_id], **_fields(n, "name start end"))) for n in names
    ]
    return list(_write(ClauseCampaign, copies).values())


def _fields(row: Model, names: str) -> dict[str, object]:
    return {name: getattr(row, name) for name in names.split()}


def _write(model: type[M], rows: Sequence[tuple[int, M]]) -> dict[int, M]:
    """Write rows at once; return them by the key of the row each was copied from."""
    made: Iterable[M] = model._default_manager.bulk_create([row for _key, row in rows], batch_size=2000)
    return dict(zip((key for key, _row in rows), made, strict=True))


def _year_doubt(plan: Plan, name: ClauseCampaign) -> Doubt:
    return Doubt(
        plan=plan,
        code="campaign_year",
        message=_("专项行动“{name}”带有数字，可能是上一年的名称，请核对。").format(name=name.name),
        place=name.clause.point.label,
        start=name.start,
        end=name.end,
        clause=name.clause,
    )
