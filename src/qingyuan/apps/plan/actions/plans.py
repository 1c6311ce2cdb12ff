"""Take a plan from upload to adoption and to the year's close."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.access import audience
from qingyuan.apps.agencies.models import Member
from qingyuan.apps.files.actions import attach, store
from qingyuan.apps.ledger.actions import Subject, record, take_step
from qingyuan.apps.plan.actions.locking import decide, lock, refuse, refuse_if_moved
from qingyuan.apps.plan.actions.reading import read_source, write_reading
from qingyuan.apps.plan.actions.tasks import make_tasks
from qingyuan.apps.plan.models import Doubt, Plan, Point
from qingyuan.apps.plan.queries import lineage, trees, work

SUMMARY = "年度工作总结"


@transaction.atomic
def draft_plan(
    *,
    content: bytes,
    name: str,
    by: Member,
    at: datetime,
    year: int | None = None,
    title: str = "",
    number: str = "",
) -> Plan:
    """上传文稿: read a plan's file and return its draft; the same file again returns the plan it made.

    `year` and `title` override what the text says. Raises RefusedError when the file cannot be read, names no
    year and none is given, or the member may not draft plans.
    """
    region = by.unit.region
    source = store(content, name, at=at)
    if (known := trees.same_source(region, source.pk)) is not None:
        return known
    step = decide("plan", None, "draft", roles=by.roles, at=at, facts={"source_file": True})
    units = trees.region_units(region)
    reading = read_source(content, name, units)
    year = year or reading.year
    if year is None:
        raise refuse(_("文稿没有写明年度，无法归入哪一年的工作要点。请在“年度”一栏填写年份后重新上传。"))
    plan = Plan.objects.create(
        region=region,
        year=year,
        title=(title or reading.title or name)[:200],
        number=number,
        source=source,
        source_name=name[-200:],
        text=reading.source,
        state=step.target,
        previous=trees.adopted_before(region, year),
        drafted_at=at,
        seen_by=audience(by.unit),
    )
    write_reading(plan, reading, units)
    _trace(plan)
    facts = {"file": name, "sha256": source.sha256, "year": year, **trees.plan_counts(plan)}
    take_step(step, subject=Subject.of("plan", plan.pk), by=by.actor, at=at, bearers={}, facts=facts)
    return plan


def _trace(plan: Plan) -> None:
    """Propose which points grew from last year's; the review page shows it and a person can change it."""
    if plan.previous is None:
        return
    found = lineage.trace(trees.point_texts(plan), trees.point_texts(plan.previous))
    points = list(Point.objects.filter(pk__in=found))
    for point in points:
        descent = found[point.pk]
        point.previous_id = descent.previous
        point.change = Point.Change.KEPT if descent.same else Point.Change.CHANGED
    Point.objects.bulk_update(points, ["previous", "change"], batch_size=2000)


def _step(plan: Plan, verb: str, *, by: Member, at: datetime, facts: dict[str, object]) -> None:
    """Decide and record one step of the plan's workflow, and set the new state; the caller saves."""
    step = decide("plan", plan.state, verb, roles=by.roles, at=at, facts=facts)
    shown = {key: value for key, value in facts.items() if isinstance(value, str | int)}
    take_step(step, subject=Subject.of("plan", plan.pk), by=by.actor, at=at, bearers={}, facts=shown)
    plan.state = step.target


@transaction.atomic
def finish_review(*, plan: Plan, by: Member, at: datetime, seen: int | None = None) -> Plan:
    """校核完成: say that the reading is right. Refused while a doubt is open."""
    plan = lock(plan)
    refuse_if_moved("plan", plan.pk, seen)
    _step(plan, "review", by=by, at=at, facts={"open_doubts": trees.open_doubts(plan)})
    plan.save(update_fields=["state"])
    return plan


@transaction.atomic
def reopen_plan(*, plan: Plan, reason: str, by: Member, at: datetime) -> Plan:
    """退回更正: let a reviewed plan be corrected again."""
    plan = lock(plan)
    _step(plan, "reopen", by=by, at=at, facts={"reason": reason})
    plan.save(update_fields=["state"])
    return plan


@transaction.atomic
def discard_plan(*, plan: Plan, reason: str, by: Member, at: datetime) -> Plan:
    """作废: give a draft up; its file may then be uploaded afresh."""
    plan = lock(plan)
    _step(plan, "discard", by=by, at=at, facts={"reason": reason})
    plan.closed_at = at
    plan.save(update_fields=["state", "closed_at"])
    return plan


@transaction.atomic
def adopt_plan(*, plan: Plan, by: Member, at: datetime, seen: int | None = None) -> Plan:
    """通过并分解任务: adopt a reviewed plan and make its tasks, one per clause and unit, all in this transaction.

    Refused while a doubt is open, a name has no unit, a clause has no due day, the leading group's members are
    not on record though the plan speaks of them, or another plan of the year was adopted.
    """
    plan = lock(plan)
    refuse_if_moved("plan", plan.pk, seen)
    if (count := Doubt.objects.filter(plan=plan, choice="").count()) > 0:
        raise refuse(
            _("还有 {count} 个识别疑点没有处理，不能通过。请退回更正并逐个处理。").format(count=count)
        )
    adopted = Plan.objects.filter(region=plan.region_id, year=plan.year, state=Plan.State.ADOPTED).first()
    if adopted is not None and adopted.pk != plan.pk:
        raise refuse(
            _("{year}年的工作要点“{title}”已经通过，一年只能有一份。请作废其中一份。").format(
                year=plan.year, title=adopted.title
            )
        )
    facts: dict[str, object] = {
        "unresolved_units": trees.unresolved_roles(plan).exists(),
        "due": trees.undated_clauses(plan) == 0,
    }
    decide("plan", plan.state, "adopt", roles=by.roles, at=at, facts=facts)
    tasks = make_tasks(plan, by=by, at=at)
    _step(plan, "adopt", by=by, at=at, facts={**facts, "tasks": len(tasks)})
    plan.adopted_at = at
    plan.seen_by = sorted(unit.scope_id for unit in trees.region_units(plan.region))
    plan.save(update_fields=["state", "adopted_at", "seen_by"])
    return plan


@transaction.atomic
def close_plan(
    *, plan: Plan, summary: bytes, summary_name: str, carried: str, by: Member, at: datetime
) -> Plan:
    """总结并结转: end a plan's year with its written summary.

    `carried` says what becomes of unfinished tasks; it may be blank when none is left or next year's plan
    descends from this one.
    """
    plan = lock(plan)
    left = work.open_tasks(plan).count()
    succeeded = Plan.objects.filter(previous=plan).exclude(state=Plan.State.DISCARDED).exists()
    facts: dict[str, object] = {
        "summary": bool(summary),
        "unfinished_carried": left == 0 or succeeded or bool(carried.strip()),
        "unfinished": left,
        "carried": carried,
    }
    _step(plan, "close", by=by, at=at, facts=facts)
    subject = Subject.of("plan", plan.pk)
    attach(content=summary, name=summary_name, subject=subject, by=by.actor, at=at, label=SUMMARY)
    plan.closed_at = at
    plan.save(update_fields=["state", "closed_at"])
    return plan


@transaction.atomic
def set_schedule(
    *, plan: Plan, due_on: date, by: Member, at: datetime, clauses: list[int] | None = None
) -> int:
    """设定完成时限: set the due day of all clauses, or of those named by id; return how many.

    Only before adoption; afterwards each task's day is moved by `extend`, with a reason.
    """
    plan = lock(plan)
    if plan.state not in (Plan.State.DRAFT, Plan.State.REVIEWED):
        raise refuse(_("工作要点已经通过，时限不能成批改动。请在任务页逐件调整，并写明理由。"))
    decide("plan", Plan.State.DRAFT, "correct", roles=by.roles, at=at, facts={})
    chosen = trees.standing_clauses(plan)
    if clauses is not None:
        chosen = chosen.filter(pk__in=clauses)
    count = chosen.update(due_on=due_on)
    if count:
        facts = {"what": "完成时限", "due_on": due_on.isoformat(), "clauses": count}
        record("plan.correct", subject=Subject.of("plan", plan.pk), by=by.actor, at=at, facts=facts)
    return count
