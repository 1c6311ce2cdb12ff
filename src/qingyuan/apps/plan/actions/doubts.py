"""处理识别疑点: decide what the reader was not sure of, and remember names for next year."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member, Unit
from qingyuan.apps.ledger.actions import Subject, record
from qingyuan.apps.plan.actions.corrections import open_for_correction, refuse_twice, tell
from qingyuan.apps.plan.actions.locking import lock, refuse
from qingyuan.apps.plan.models import Doubt, Plan, UnitRole


@transaction.atomic
def resolve_doubt(
    *,
    doubt: Doubt,
    choice: str,
    by: Member,
    at: datetime,
    unit: Unit | None = None,
    remember: bool = False,
    seen: int | None = None,
) -> Doubt:
    """处理疑点: decide one doubt; with `unit`, say which unit the name means, everywhere in this plan.

    `remember` keeps the name as the unit's alias, so that next year's plan is read without the doubt.
    """
    doubt = Doubt.objects.select_related("plan", "unit_role__clause", "unit_role__unit").get(pk=doubt.pk)
    plan = open_for_correction(doubt.plan, by=by, at=at, seen=seen)
    role = doubt.unit_role
    if unit is not None:
        if role is None:
            raise refuse(_("这个疑点不是关于单位名称的，不能指定单位。"))
        refuse_twice(role.clause, unit, but=role.pk)
        _name_everywhere(plan, role, unit, choice, by=by, at=at)
        if remember:
            _keep_alias(unit, role.raw, by=by, at=at)
    elif remember and role is not None and role.unit is not None:
        _keep_alias(role.unit, role.raw, by=by, at=at)
    doubt.choice, doubt.resolved_by, doubt.resolved_at = choice, by.name, at
    doubt.save(update_fields=["choice", "resolved_by", "resolved_at"])
    facts = {
        "doubt": doubt.message,
        "choice": choice,
        "unit": unit.code if unit else None,
        "remember": remember,
    }
    tell(plan, "识别疑点", by=by, at=at, **facts)
    return doubt


def _name_everywhere(
    plan: Plan, role: UnitRole, unit: Unit, choice: str, *, by: Member, at: datetime
) -> None:
    """Give the unit to this name and to each equal name still without one, and settle their doubts alike."""
    alike = (
        UnitRole.objects.filter(
            clause__point__section__part__plan=plan, raw=role.raw, unit=None, collective=False
        )
        .exclude(clause__roles__unit=unit)
        .exclude(pk=role.pk)
    )
    keys = [role.pk, *alike.values_list("pk", flat=True)]
    UnitRole.objects.filter(pk__in=keys).update(unit=unit)
    Doubt.objects.filter(unit_role__in=keys, choice="").update(
        choice=choice, resolved_by=by.name, resolved_at=at
    )


def _keep_alias(unit: Unit, name: str, *, by: Member, at: datetime) -> None:
    unit = lock(unit)
    if name in (unit.name, unit.short_name, *unit.aliases):
        return
    taken = Unit.objects.filter(region=unit.region_id, aliases__contains=[name]).exclude(pk=unit.pk).first()
    if taken is not None:
        raise refuse(
            _("“{name}”已经是{taken}的别名，不能再记为{unit}的别名。请先在单位资料中改正。").format(
                name=name, taken=taken, unit=unit
            )
        )
    unit.aliases = [*unit.aliases, name]
    unit.save(update_fields=["aliases"])
    subject = Subject.of("unit", unit.pk)
    record("unit.changed", subject=subject, by=by.actor, at=at, facts={"alias_added": name})
