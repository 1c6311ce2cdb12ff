"""Correct a draft's reading: words, units, roles, the cut of clauses, what became of last year's points."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member, Unit
from qingyuan.apps.ledger.actions import Subject, record
from qingyuan.apps.plan.actions.locking import decide, lock, refuse, refuse_if_moved
from qingyuan.apps.plan.models import Clause, Doubt, Plan, Point, Section, UnitRole


def open_for_correction(plan: Plan, *, by: Member, at: datetime, seen: int | None = None) -> Plan:
    """Lock a plan and make sure that this member may correct it now."""
    plan = lock(plan)
    refuse_if_moved("plan", plan.pk, seen)
    decide("plan", plan.state, "correct", roles=by.roles, at=at, facts={})
    return plan


def tell(plan: Plan, what: str, *, by: Member, at: datetime, **facts: Any) -> None:
    """Record what was corrected."""
    subject = Subject.of("plan", plan.pk)
    record("plan.correct", subject=subject, by=by.actor, at=at, facts={"what": what, **facts})


def plan_of(clause: Clause) -> Plan:
    """Return the plan a clause belongs to."""
    return clause.point.section.part.plan


def _clause(pk: int) -> Clause:
    return Clause.objects.select_related("point__section__part__plan").get(pk=pk)


def _mark_changed(point: Point) -> None:
    if point.change == Point.Change.KEPT:
        point.change = Point.Change.CHANGED
        point.save(update_fields=["change"])


@transaction.atomic
def change_plan_heading(
    *, plan: Plan, title: str, number: str, year: int, by: Member, at: datetime, seen: int | None = None
) -> Plan:
    """更正标题、文号、年度."""
    plan = open_for_correction(plan, by=by, at=at, seen=seen)
    before = {"title": plan.title, "number": plan.number, "year": plan.year}
    plan.title, plan.number, plan.year = title, number, year
    plan.save(update_fields=["title", "number", "year"])
    tell(plan, "标题、文号、年度", by=by, at=at, was=before, title=title, number=number, year=year)
    return plan


@transaction.atomic
def correct_clause(*, clause: Clause, text: str, by: Member, at: datetime, seen: int | None = None) -> Clause:
    """更正文字: put the right reading beside the text as written; the same words take the correction away."""
    clause = _clause(clause.pk)
    plan = open_for_correction(plan_of(clause), by=by, at=at, seen=seen)
    if not text.strip():
        raise refuse(_("分项的文字不能为空。要去掉一个要点，请把它标为“不再列入”。"))
    before = clause.reading
    clause.corrected = "" if text == clause.text else text
    clause.save(update_fields=["corrected"])
    _mark_changed(clause.point)
    tell(plan, "分项文字", by=by, at=at, clause=clause.pk, before=before, after=text)
    return clause


@transaction.atomic
def split_clause(*, clause: Clause, head: str, by: Member, at: datetime, seen: int | None = None) -> Clause:
    """拆分分项: cut a clause after the words `head`; both halves keep the units. Returns the new second half."""
    clause = _clause(clause.pk)
    plan = open_for_correction(plan_of(clause), by=by, at=at, seen=seen)
    if clause.corrected:
        raise refuse(_("这个分项的文字已更正。请先改回原文，拆分后再更正。"))
    head = head.strip()
    if not head or not clause.text.startswith(head) or not clause.text[len(head) :].strip():
        raise refuse(
            _("拆分处不在原文中：前半段必须是原文开头的一部分，后半段不能为空。请从原文复制前半段。")
        )
    _shift(clause.point_id, after=clause.order, by=1)
    cut = clause.start + len(head)
    second = Clause.objects.create(
        point=clause.point,
        order=clause.order + 1,
        text=clause.text[len(head) :].strip(),
        bracket=clause.bracket,
        start=min(cut, clause.end),
        end=clause.end,
        open_ended=clause.open_ended,
        due_on=clause.due_on,
    )
    _copy_roles(clause, second)
    clause.campaign_names.filter(start__gte=cut).update(clause=second)
    clause.text, clause.end = head, min(cut, clause.end)
    clause.save(update_fields=["text", "end"])
    _mark_changed(clause.point)
    tell(plan, "拆分分项", by=by, at=at, clause=clause.pk, second=second.pk, head=head)
    return second


def _shift(point: int, *, after: int, by: int) -> None:
    """Move the later clauses of a point; in two steps, because the order is unique at every moment."""
    later = Clause.objects.filter(point=point, order__gt=after)
    keys = list(later.values_list("pk", flat=True))
    far = 10_000
    later.update(order=F("order") + far)
    Clause.objects.filter(pk__in=keys).update(order=F("order") - far + by)


def _copy_roles(source: Clause, target: Clause) -> None:
    roles = list(source.roles.order_by("order"))
    for role in roles:
        role.pk, role.clause = None, target
    UnitRole.objects.bulk_create(roles)


@transaction.atomic
def merge_clauses(*, clause: Clause, by: Member, at: datetime, seen: int | None = None) -> Clause:
    """合并分项: join a clause with the next of its point; units named in either stay, the first's role counts."""
    clause = _clause(clause.pk)
    plan = open_for_correction(plan_of(clause), by=by, at=at, seen=seen)
    following = Clause.objects.filter(point=clause.point, order__gt=clause.order).order_by("order").first()
    if following is None:
        raise refuse(_("这是要点的最后一个分项，后面没有可以合并的分项。"))
    named = set(clause.roles.exclude(unit=None).values_list("unit", flat=True))
    place = clause.roles.aggregate(last=Max("order"))["last"] or 0
    moved = []
    for role in following.roles.order_by("order"):
        if role.unit_id is None or role.unit_id not in named:
            place += 1
            role.clause, role.order = clause, place
            moved.append(role)
    UnitRole.objects.bulk_update(moved, ["clause", "order"])
    following.campaign_names.update(clause=clause)
    Doubt.objects.filter(clause=following).update(clause=clause)
    if clause.corrected or following.corrected:
        clause.corrected = clause.reading + following.reading
    clause.text += following.text
    clause.bracket = clause.bracket or following.bracket
    clause.end = max(clause.end, following.end)
    clause.save()
    facts = {"clause": clause.pk, "merged": following.pk, "text": following.text}
    following.delete()
    _mark_changed(clause.point)
    tell(plan, "合并分项", by=by, at=at, **facts)
    return clause


@transaction.atomic
def add_unit_role(
    *, clause: Clause, unit: Unit, role: str, by: Member, at: datetime, seen: int | None = None
) -> UnitRole:
    """增加责任单位: name a unit that the text leaves out or ends in 等."""
    clause = _clause(clause.pk)
    plan = open_for_correction(plan_of(clause), by=by, at=at, seen=seen)
    refuse_twice(clause, unit)
    last = clause.roles.aggregate(last=Max("order"))["last"] or 0
    added = UnitRole.objects.create(
        clause=clause,
        order=last + 1,
        raw=unit.short_name,
        reading=unit.name,
        unit=unit,
        role=role,
        start=clause.end,
        end=clause.end,
    )
    _mark_changed(clause.point)
    tell(plan, "增加责任单位", by=by, at=at, clause=clause.pk, unit=unit.code, role=role)
    return added


def refuse_twice(clause: Clause, unit: Unit, but: int | None = None) -> None:
    """Refuse a unit that the clause names already, in another place than role `but`."""
    if clause.roles.filter(unit=unit).exclude(pk=but).exists():
        raise refuse(
            _("{unit}已经是这个分项的责任单位，不能重复。请改选其他单位，或移除重复的一项。").format(
                unit=unit
            )
        )


@transaction.atomic
def change_unit_role(
    *, unit_role: UnitRole, unit: Unit | None, role: str, by: Member, at: datetime, seen: int | None = None
) -> UnitRole:
    """更正责任单位或角色; a set of units keeps its name and only its role can change."""
    unit_role = UnitRole.objects.select_related("clause__point__section__part__plan", "unit").get(
        pk=unit_role.pk
    )
    plan = open_for_correction(plan_of(unit_role.clause), by=by, at=at, seen=seen)
    if unit is not None and unit_role.collective:
        raise refuse(_("“{raw}”是一组单位，按登记的成员确定，不能对应到一个单位。").format(raw=unit_role.raw))
    if unit is not None:
        refuse_twice(unit_role.clause, unit, but=unit_role.pk)
    was = {"unit": unit_role.unit.code if unit_role.unit else None, "role": unit_role.role}
    unit_role.unit, unit_role.role = unit, role
    unit_role.save(update_fields=["unit", "role"])
    _mark_changed(unit_role.clause.point)
    now = {"unit": unit.code if unit else None, "role": role}
    tell(plan, "责任单位与角色", by=by, at=at, raw=unit_role.raw, was=was, now=now)
    return unit_role


@transaction.atomic
def remove_unit_role(*, unit_role: UnitRole, by: Member, at: datetime, seen: int | None = None) -> None:
    """移除责任单位."""
    unit_role = UnitRole.objects.select_related("clause__point__section__part__plan").get(pk=unit_role.pk)
    plan = open_for_correction(plan_of(unit_role.clause), by=by, at=at, seen=seen)
    _mark_changed(unit_role.clause.point)
    facts = {"clause": unit_role.clause_id, "raw": unit_role.raw, "role": unit_role.role}
    unit_role.delete()
    tell(plan, "移除责任单位", by=by, at=at, **facts)


@transaction.atomic
def mark_point(*, point: Point, dropped: bool, by: Member, at: datetime, seen: int | None = None) -> Point:
    """标记沿革: leave a point of last year out of this year's plan, or take it in again."""
    point = Point.objects.select_related("section__part__plan", "previous").get(pk=point.pk)
    plan = open_for_correction(point.section.part.plan, by=by, at=at, seen=seen)
    if point.previous is None:
        raise refuse(_("这个要点不是从上一年延续来的，没有“不再列入”可言。"))
    if dropped:
        point.change = Point.Change.DROPPED
    else:
        now = "".join(clause.reading for clause in point.clauses.order_by("order"))
        then = "".join(clause.reading for clause in point.previous.clauses.order_by("order"))
        point.change = Point.Change.KEPT if now == then else Point.Change.CHANGED
    point.save(update_fields=["change"])
    tell(plan, "沿革", by=by, at=at, point=point.label, change=str(point.change))
    return point


@transaction.atomic
def add_point(*, section: Section, text: str, by: Member, at: datetime, seen: int | None = None) -> Point:
    """新增要点: add a point at the end of a section, numbered after the last; its units are added next."""
    section = Section.objects.select_related("part__plan").get(pk=section.pk)
    plan = open_for_correction(section.part.plan, by=by, at=at, seen=seen)
    if not text.strip():
        raise refuse(_("要点的文字不能为空。请写明要做什么。"))
    last = section.points.aggregate(order=Max("order"))["order"] or 0
    highest = Point.objects.filter(section__part__plan=plan).aggregate(n=Max("number"))["n"] or 0
    point = Point.objects.create(
        section=section, order=last + 1, number=highest + 1, label=f"{highest + 1}.", change=Point.Change.NEW
    )
    Clause.objects.create(point=point, order=1, text=text.strip(), start=0, end=0)
    tell(plan, "新增要点", by=by, at=at, point=point.label, text=text)
    return point
