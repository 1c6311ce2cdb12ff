"""Make a plan's tasks at adoption: one per clause and unit, in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member, Unit, UnitKind
from qingyuan.apps.ledger.actions import Draft, Subject, record_many
from qingyuan.apps.plan.actions.locking import refuse
from qingyuan.apps.plan.models import Clause, Plan, Point, Task, UnitRole, WorkState
from qingyuan.apps.plan.queries import trees
from qingyuan.basics.bigrams import bigrams
from qingyuan.basics.clock import civil_date, end_of_day


@dataclass(frozen=True)
class _Share:
    """One unit's share in a clause."""

    unit: Unit
    role: str
    from_collective: bool


def make_tasks(plan: Plan, *, by: Member, at: datetime) -> list[Task]:
    """Write the tasks of a plan that is being adopted and return them.

    A collective name stands for the group's members on the day of `at` that the clause does not name itself.
    """
    members = trees.set_members(plan.region, civil_date(at))
    offices = [unit.scope_id for unit in trees.region_units(plan.region) if unit.kind == UnitKind.OFFICE]
    tasks = []
    for _part, _section, point, clause in trees.clauses_of(trees.tree(plan)):
        if point.change != Point.Change.DROPPED:
            shares = list(_shares(clause, members))
            tasks += [_task(plan, point, clause, share, shares, offices, at) for share in shares]
    Task.objects.bulk_create(tasks, batch_size=2000)
    record_many(
        [
            Draft(
                "task.assign",
                Subject.of("task", task.pk),
                by.actor,
                at,
                {
                    "plan": plan.pk,
                    "clause": task.clause_id,
                    "unit": task.unit.code,
                    "role": task.role,
                    "due_at": task.due_at.isoformat(),
                },
            )
            for task in tasks
        ]
    )
    return tasks


def _shares(clause: Clause, members: list[Unit]) -> Iterator[_Share]:
    roles = list(clause.roles.all())
    named = {role.unit_id for role in roles if role.unit_id}
    for role in roles:
        if role.unit is not None:
            yield _Share(role.unit, role.role, False)
    for role in roles:
        if role.collective:
            if not members:
                raise refuse(
                    _(
                        "“{name}”指领导小组成员单位，但本地区没有登记任何成员单位。请先登记成员单位再通过。"
                    ).format(name=role.raw)
                )
            for unit in members:
                if unit.pk not in named:
                    named.add(unit.pk)
                    yield _Share(unit, role.role, True)


def _task(
    plan: Plan,
    point: Point,
    clause: Clause,
    share: _Share,
    shares: list[_Share],
    offices: list[int],
    at: datetime,
) -> Task:
    """One task. The lead units see the tasks of those who work with them; the others see the lead's."""
    partners = {other.unit.scope_id for other in shares if UnitRole.Role.LEAD in (share.role, other.role)}
    assert clause.due_on is not None  # adoption is refused while a clause has no due day
    title = f"{point.label}{' '.join(clause.reading.split())}"
    return Task(
        plan=plan,
        clause=clause,
        unit=share.unit,
        role=share.role,
        from_collective=share.from_collective,
        title=title if len(title) <= 200 else title[:199] + "…",
        state=WorkState.ASSIGNED,
        due_at=end_of_day(clause.due_on),
        assigned_at=at,
        seen_by=sorted({share.unit.scope_id, *partners, *offices}),
        bigrams=bigrams(clause.reading + share.unit.short_name),
    )
