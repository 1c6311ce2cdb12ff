"""督办: 立项、交办、退回、通报、归档. The steps it shares with tasks are in `work`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.access import audience
from qingyuan.apps.agencies.models import Member, Region, Unit
from qingyuan.apps.files.actions import attach
from qingyuan.apps.ledger.actions import Subject, record, take_step
from qingyuan.apps.plan.actions.locking import decide, lock, refuse
from qingyuan.apps.plan.actions.work import WORKFLOW, require_bearer, step
from qingyuan.apps.plan.models import Bulletin, Supervision, Task
from qingyuan.apps.plan.queries import documents
from qingyuan.apps.plan.queries import work as queries
from qingyuan.basics.bigrams import bigrams
from qingyuan.basics.clock import civil_date, end_of_day


@transaction.atomic
def establish(
    *,
    unit: Unit,
    title: str,
    matter: str,
    due_on: date,
    by: Member,
    at: datetime,
    task: Task | None = None,
    origin: str = Supervision.Origin.FREE,
) -> Supervision:
    """督办立项: put a matter on the office's list, numbered within region and year.

    With `task` it presses that task's unit. Refused while the task has an open 督办件.
    """
    if task is not None:
        task = lock(task)
        origin, unit = Supervision.Origin.TASK, task.unit
        if task.supervisions.filter(closed_at=None).exists():
            raise refuse(_("这项任务已有未办结的督办件，不能重复立项。请在原督办件上催办。"))
    facts = {"source": bool(matter.strip()), "due": True}
    transition = decide(WORKFLOW, None, "establish", roles=by.roles, at=at, facts=facts)
    region = Region.objects.select_for_update(no_key=True).get(pk=by.unit.region_id)
    if unit.region_id != region.pk:
        raise refuse(_("{unit}不属于本地区，不能向它督办。").format(unit=unit))
    day = civil_date(at)
    supervision = Supervision.objects.create(
        region=region,
        number=queries.next_number(region, day.year),
        year=day.year,
        origin=origin,
        task=task,
        unit=unit,
        title=title[:200],
        matter=matter,
        state=transition.target,
        due_at=end_of_day(due_on),
        established_at=at,
        seen_by=audience(by.unit),
        bigrams=bigrams(title + matter + unit.short_name),
    )
    take_step(
        transition,
        subject=Subject.of("supervision", supervision.pk),
        by=by.actor,
        at=at,
        bearers={},
        facts={
            "number": supervision.display_number,
            "unit": unit.code,
            "origin": str(origin),
            "due_on": due_on.isoformat(),
        },
    )
    return supervision


@transaction.atomic
def assign(
    *,
    supervision: Supervision,
    by: Member,
    at: datetime,
    sign_by: date | None = None,
    unit: Unit | None = None,
) -> Supervision:
    """交办: hand the matter to the unit with a 督办通知单, made and attached here; from now the unit sees it.

    `unit` replaces the unit after a return. `sign_by` is the day by which the office wants it signed for.
    """
    supervision = lock(supervision)
    if unit is not None:
        supervision.unit = unit
    supervision.sign_by = end_of_day(sign_by) if sign_by else None
    shown = {"unit": supervision.unit.code, "sign_by": sign_by.isoformat() if sign_by else None}
    step(
        supervision,
        "assign",
        by=by,
        at=at,
        facts={"responsible_unit": True, "task_notice": True},
        shown=shown,
    )
    attach(
        content=documents.notice(supervision, issuer=by.unit.name, on=civil_date(at)),
        name=f"{supervision.display_number}督办通知单.docx",
        subject=Subject.of("supervision", supervision.pk),
        by=by.actor,
        at=at,
        label=queries.NOTICE,
    )
    supervision.assigned_at = at
    supervision.seen_by = audience(supervision.unit, by.unit)
    supervision.save(update_fields=["state", "unit", "sign_by", "assigned_at", "seen_by"])
    return supervision


@transaction.atomic
def return_to_office(*, supervision: Supervision, reason: str, by: Member, at: datetime) -> Supervision:
    """退回重新交办: say that the matter is not this unit's, and why."""
    supervision = lock(supervision)
    require_bearer(supervision, by)
    step(supervision, "return", by=by, at=at, facts={"reason": reason}, shown={"reason": reason})
    supervision.assigned_at = None
    supervision.save(update_fields=["state", "assigned_at"])
    return supervision


@transaction.atomic
def announce(
    *,
    supervisions: Sequence[Supervision],
    title: str,
    body: str,
    by: Member,
    at: datetime,
    number: str = "",
) -> Bulletin:
    """通报: issue a bulletin on finished 督办件, with the figures as they stand; the whole region sees it."""
    chosen = Supervision.objects.filter(pk__in=[row.pk for row in supervisions])
    rows = list(chosen.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    if not rows:
        raise refuse(_("没有选中督办件。请在督办列表勾选已办结的督办件后再通报。"))
    if not body.strip() or not title.strip():
        raise refuse(_("通报必须有标题和正文，请补写。"))
    units = list(Unit.objects.filter(region=by.unit.region_id, active=True))
    bulletin = Bulletin.objects.create(
        region=by.unit.region,
        title=title[:200],
        number=number,
        body=body,
        figures=queries.figures_by_unit(chosen),
        issued_at=at,
        issued_by=by.unit.name,
        seen_by=sorted(unit.scope_id for unit in units),
    )
    bulletin.supervisions.set(rows)
    for row in rows:
        step(row, "announce", by=by, at=at, facts={"bulletin": True}, shown={"bulletin": bulletin.pk})
    Supervision.objects.bulk_update(rows, ["state"])
    record(
        "bulletin.issued",
        subject=Subject.of("bulletin", bulletin.pk),
        by=by.actor,
        at=at,
        facts={"title": title, "number": number, "supervisions": [row.pk for row in rows]},
    )
    return bulletin


@transaction.atomic
def archive(*, supervision: Supervision, by: Member, at: datetime) -> Supervision:
    """归档: end a finished matter without announcing it."""
    supervision = lock(supervision)
    step(supervision, "archive", by=by, at=at, facts={})
    supervision.save(update_fields=["state"])
    return supervision
