"""Write a plan's reading down: the tree in bulk, and its doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Unit
from qingyuan.apps.plan.actions.locking import refuse
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
from qingyuan.intelligence import plan_reading

BATCH = 2000


def read_source(content: bytes, name: str, units: Sequence[Unit]) -> plan_reading.PlanReading:
    """Read an uploaded plan with the region's own units as the directory.

    Raises RefusedError when the file cannot be read or two units share a name.
    """
    try:
        directory = plan_reading.UnitDirectory(
            plan_reading.KnownUnit(unit.name, tuple(dict.fromkeys([unit.short_name, *unit.aliases])))
            for unit in units
        )
        document = plan_reading.extract(content, name)
    except (plan_reading.UnreadableDocument, plan_reading.DirectoryError) as error:
        raise refuse(str(error)) from error
    return plan_reading.read_plan(document, directory=directory)


@dataclass
class _Pieces:
    """The rows of a reading, collected so that each table is written once."""

    parts: list[Part] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    roles: list[UnitRole] = field(default_factory=list)
    campaigns: list[ClauseCampaign] = field(default_factory=list)


def write_reading(plan: Plan, reading: plan_reading.PlanReading, units: Sequence[Unit]) -> None:
    """Write parts, sections, points, clauses, roles, campaign names and doubts of a fresh plan."""
    by_name = {unit.name: unit for unit in units}
    pieces = _Pieces()
    for order, part in enumerate(reading.parts, start=1):
        row = Part(plan=plan, order=order, label=part.label[:40], title=part.title[:200])
        pieces.parts.append(row)
        for number, section in enumerate(part.sections, start=1):
            _section(pieces, row, number, section, by_name)
    for model, rows in (
        (Part, pieces.parts),
        (Section, pieces.sections),
        (Point, pieces.points),
        (Clause, pieces.clauses),
        (UnitRole, pieces.roles),
        (ClauseCampaign, pieces.campaigns),
    ):
        model.objects.bulk_create(rows, batch_size=BATCH)
    Doubt.objects.bulk_create(_doubts(plan, reading, pieces), batch_size=BATCH)


def _section(
    pieces: _Pieces, part: Part, order: int, section: plan_reading.Section, by_name: dict[str, Unit]
) -> None:
    row = Section(part=part, order=order, label=section.label[:40], title=section.title[:200])
    pieces.sections.append(row)
    for number, point in enumerate(section.points, start=1):
        item = Point(section=row, order=number, number=point.number, label=point.label[:40])
        pieces.points.append(item)
        for place, clause in enumerate(point.clauses, start=1):
            _clause(pieces, item, place, clause, by_name)


def _clause(
    pieces: _Pieces, point: Point, order: int, clause: plan_reading.Clause, by_name: dict[str, Unit]
) -> None:
    row = Clause(
        point=point,
        order=order,
        text=clause.text,
        bracket=clause.bracket or "",
        start=clause.span[0],
        end=max(clause.span[1], (clause.bracket_span or (0, 0))[1] if not clause.inherited else 0),
        open_ended=clause.open_ended,
    )
    pieces.clauses.append(row)
    named: set[str] = set()
    for number, duty in enumerate(clause.units, start=1):
        unit = None if duty.collective else by_name.get(duty.unit)
        if unit is not None and unit.code in named:
            continue  # named twice in one bracket: the first place counts
        if unit is not None:
            named.add(unit.code)
        pieces.roles.append(
            UnitRole(
                clause=row,
                order=number,
                raw=duty.raw[:200],
                reading=duty.unit[:200],
                unit=unit,
                role=duty.role,
                collective=duty.collective,
                start=duty.span[0],
                end=duty.span[1],
            )
        )
    pieces.campaigns += [
        ClauseCampaign(clause=row, name=name.name[:120], start=name.span[0], end=name.span[1])
        for name in clause.campaigns
    ]


def _doubts(plan: Plan, reading: plan_reading.PlanReading, pieces: _Pieces) -> list[Doubt]:
    doubts = []
    marked: set[int] = set()
    for doubt in reading.doubts:
        clause, role = _place(pieces, doubt.span)
        if role is not None:
            marked.add(role.pk)
        doubts.append(
            Doubt(
                plan=plan,
                code=doubt.code,
                message=doubt.message[:400],
                place=doubt.point[:60],
                start=doubt.span[0] if doubt.span else None,
                end=doubt.span[1] if doubt.span else None,
                clause=clause,
                unit_role=role,
            )
        )
    return doubts + [
        Doubt(
            plan=plan,
            code="unit_unmatched",
            message=_("“{name}”没有对应到本地区的单位，请指定。").format(name=role.raw)[:400],
            place=role.clause.point.label,
            start=role.start,
            end=role.end,
            clause=role.clause,
            unit_role=role,
        )
        for role in pieces.roles
        if role.unit is None and not role.collective and role.pk not in marked
    ]


def _place(pieces: _Pieces, span: tuple[int, int] | None) -> tuple[Clause | None, UnitRole | None]:
    """The clause a doubt lies in, and the unit name it is exactly about."""
    if span is None:
        return None, None
    for role in pieces.roles:
        if (role.start, role.end) == span:
            return role.clause, role
    for clause in pieces.clauses:
        if clause.start <= span[0] < clause.end:
            return clause, None
    return None, None
