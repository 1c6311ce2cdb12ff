"""Decide where a letter goes, assign and return matters, change the routing rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member, Role, Unit
from qingyuan.apps.intake import access
from qingyuan.apps.intake.models import Letter, Matter, MatterKind, RoutingRule, RoutingStamp
from qingyuan.apps.intake.queries import registers
from qingyuan.apps.intake.queries.routes import RoutingTable, pure_rule, routing_table
from qingyuan.apps.ledger.actions import Draft, Subject, reassign_duties, record, record_many
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.domain.routing import RoutingRecord
from qingyuan.domain.routing import route as find_route


@dataclass(frozen=True)
class Routed:
    """Where a matter goes and why; no unit means the coordinator's queue."""

    unit: Unit | None
    explanation: dict[str, Any] = field(default_factory=dict)


def route(letter: Letter, kind: str, table: RoutingTable) -> Routed:
    """Apply the routing rules to a letter; the explanation names the rules that hold and the words they hold by.

    A rule that leads to a unit no longer active sends the letter to the coordinator.
    """
    if not table.rules:  # folding a long letter for no rule would cost an import a quarter of its time
        return Routed(
            None, {"explanation": _("还没有分流规则,转双打办分派。"), "rules": [], "contested": False}
        )
    record = RoutingRecord(
        text=" ".join((letter.title, letter.text, letter.goods, letter.place, letter.platform)),
        goods=letter.goods,
        region=letter.region_id,
        platform=letter.platform,
        source=letter.port,
    )
    found = find_route(record, table.rules, table.powers)
    explanation = {
        "explanation": found.explanation,
        "rules": [match.rule.name for match in (found.match, *found.others) if match],
        "contested": found.contested,
    }
    return Routed(table.units.get(found.unit) if found.unit else None, explanation)


@transaction.atomic
def assign(
    *, matter: Matter, unit: Unit, by: Member, at: datetime, handler: Member | None = None, reason: str = ""
) -> Matter:
    """分派: give a matter to a unit, or within the unit to a member; its open duties go along, their due days stay."""
    return assign_many(pks=[matter.pk], unit=unit, handler=handler, by=by, at=at, reason=reason)[0]


@transaction.atomic
def assign_many(
    *,
    pks: Sequence[int],
    unit: Unit,
    by: Member,
    at: datetime,
    handler: Member | None = None,
    reason: str = "",
) -> list[Matter]:
    """批量分派: assign matters to one unit in one transaction, one event each.

    Another unit's matters are the coordinator's to assign; a unit gives its own to its members. Raises RefusedError
    when one of them is closed or the handler works elsewhere, PermissionDenied for a matter of another unit.
    """
    if handler is not None and handler.unit_id != unit.pk:
        raise RefusedError(
            [
                Reason(
                    _("{name}不在{unit},不能作为承办人。请选择该单位的人员。").format(
                        name=handler.name, unit=unit.short_name
                    )
                )
            ]
        )
    matters = registers.lock_many(pks)
    table = routing_table()
    for matter in matters:
        _require_assignable(matter, unit, by)
    for matter in matters:
        matter.unit, matter.handler, matter.changed_at = unit, handler, at
        matter.seen_by = table.audience(
            unit, matter.registered_unit, supervised=matter.kind == MatterKind.REPORT
        )
    Matter.objects.bulk_update(matters, ["unit", "handler", "changed_at", "seen_by"], batch_size=1000)
    facts = {"unit": unit.code, "handler": handler.name if handler else None, "reason": reason}
    record_many([Draft(f"{m.kind}.assign", Subject.of(m.kind, m.pk), by.actor, at, facts) for m in matters])
    _move_duties(matters, unit.code, handler.pk if handler else None)
    return matters


def _require_assignable(matter: Matter, unit: Unit, by: Member) -> None:
    access.require_handling(by, matter)
    if matter.closed_at is not None:
        raise RefusedError(
            [
                Reason(
                    _("{number}已经办结,不能再分派。请在筛选中去掉已办结的事项。").format(
                        number=matter.number
                    )
                )
            ]
        )
    if matter.unit_id != unit.pk and not by.has_role(Role.COORDINATOR):
        raise RefusedError(
            [
                Reason(
                    _("{number}不能直接改派给其他单位:请“转有权部门”,或者退回双打办改派。").format(
                        number=matter.number
                    )
                )
            ]
        )


def _move_duties(matters: Sequence[Matter], unit: str, member: int | None) -> None:
    by_kind: dict[str, list[Subject]] = defaultdict(list)
    for matter in matters:
        by_kind[matter.kind].append(Subject.of(matter.kind, matter.pk))
    for subjects in by_kind.values():
        reassign_duties(*subjects, unit=unit, member=member)


@transaction.atomic
def return_to_office(*, matter: Matter, reason: str, by: Member, at: datetime) -> Matter:
    """退回统筹: give a matter back to the coordinator's queue, with the reason; the clocks run on."""
    matter = registers.lock(matter)
    access.require_handling(by, matter)
    if matter.closed_at is not None or matter.unit is None:
        raise RefusedError([Reason(_("只有在办事项可以退回;本件已办结或者已在待分派队列中。"))])
    if not reason.strip():
        raise RefusedError([Reason(_("退回必须写明理由,例如不属于本单位职责及其依据。"))])
    table = routing_table()
    office = table.office(matter.letter.region_id)
    before, matter.unit, matter.handler, matter.changed_at = matter.unit, None, None, at
    matter.routing = {"returned_by": before.short_name, "reason": reason}
    matter.seen_by = table.audience(
        before, matter.registered_unit, supervised=matter.kind == MatterKind.REPORT
    )
    matter.save(update_fields=["unit", "handler", "changed_at", "routing", "seen_by"])
    subject = Subject.of(matter.kind, matter.pk)
    record(
        f"{matter.kind}.return",
        subject=subject,
        by=by.actor,
        at=at,
        facts={"from": before.code, "reason": reason},
    )
    reassign_duties(subject, unit=(office or before).code, member=None)
    return matter


@transaction.atomic
def set_routing_rule(
    *,
    rule: RoutingRule | None,
    name: str,
    conditions: dict[str, Any],
    unit: Unit,
    priority: int,
    active: bool,
    basis: str,
    by: Member,
    at: datetime,
) -> RoutingRule:
    """变更分流规则: add a rule (`rule` None) or change one; every process rereads the rules at its next letter."""
    _require_usable(name, conditions, unit)
    rule = RoutingRule.objects.select_for_update(no_key=True).get(pk=rule.pk) if rule else RoutingRule()
    before = {"name": rule.name, "conditions": rule.conditions, "active": rule.active} if rule.pk else {}
    rule.name, rule.conditions, rule.unit = name, conditions, unit
    rule.priority, rule.active, rule.basis = priority, active, basis
    rule.save()
    if not RoutingStamp.objects.filter(pk=1).update(version=F("version") + 1):
        RoutingStamp.objects.create(pk=1, version=1)
    after = {
        "name": name,
        "conditions": conditions,
        "unit": unit.code,
        "priority": priority,
        "active": active,
    }
    record(
        "routing-rule.changed",
        subject=Subject.of("routing-rule", rule.pk),
        by=by.actor,
        at=at,
        facts={"before": before, "after": after, "basis": basis},
    )
    return rule


def _require_usable(name: str, conditions: dict[str, Any], unit: Unit) -> None:
    """Refuse what the routing itself would not take, in its own words."""
    try:
        pure_rule("new", name, unit.code, 1, conditions)
    except ValueError as error:
        raise RefusedError([Reason(str(error))]) from error
    if not any(conditions.values()):
        raise RefusedError([Reason(_("规则没有任何条件,会把所有来件都送到同一单位。请至少写一个条件。"))])
