"""The steps that tasks and 督办件 share: sign, report, urge, reject, confirm, extend, cancel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.files.actions import attach
from qingyuan.apps.ledger.actions import Actor, Draft, Subject, record_many, take_step
from qingyuan.apps.plan.actions.locking import decide, lock, refuse, refuse_if_moved
from qingyuan.apps.plan.models import ProgressReport, Supervision, Task, WorkState
from qingyuan.apps.plan.queries import work as queries
from qingyuan.basics.clock import end_of_day
from qingyuan.domain.decision import RefusedError

W = TypeVar("W", Task, Supervision)
File = tuple[str, bytes]
"""A file's name and content."""

WORKFLOW = "supervised-task"
URGE_AGAIN_AFTER = timedelta(days=7)
"""How long the nightly job leaves a unit alone after urging it. The office's own habit."""
SYSTEM_OFFICE = Actor(name="系统（逾期自动催办）", unit="system")


def step(
    work: Task | Supervision,
    verb: str,
    *,
    by: Member,
    at: datetime,
    facts: Mapping[str, object],
    shown: Mapping[str, Any] | None = None,
) -> None:
    """Decide and record one step of a work and set its new state; the caller saves."""
    transition = decide(WORKFLOW, work.state, verb, roles=by.roles, at=at, facts=facts)
    take_step(
        transition,
        subject=Subject.of(work.subject_kind, work.pk),
        by=by.actor,
        at=at,
        bearers={},
        facts=shown or {},
    )
    work.state = transition.target


def require_bearer(work: Task | Supervision, by: Member) -> None:
    """Refuse whoever is not of the unit that the work falls on."""
    if by.unit_id != work.unit_id:
        raise refuse(_("这件工作由{unit}承办，只有该单位的人员可以办理这一步。").format(unit=work.unit))


@transaction.atomic
def sign(*, work: W, by: Member, at: datetime, seen: int | None = None) -> W:
    """签收: take the work on for the unit; whoever signs handles it until it is handed over."""
    work = lock(work)
    refuse_if_moved(work.subject_kind, work.pk, seen)
    require_bearer(work, by)
    step(work, "sign", by=by, at=at, facts={"responsible_person": True}, shown={"handler": by.name})
    work.handler = by
    work.signed_at = work.signed_at or at
    work.save(update_fields=["state", "handler", "signed_at"])
    return work


@transaction.atomic
def report(
    *,
    work: W,
    text: str,
    percent: int,
    by: Member,
    at: datetime,
    figures: Mapping[str, str] | None = None,
    evidence: Sequence[File] = (),
    result: File | None = None,
    done: bool = False,
    seen: int | None = None,
) -> ProgressReport:
    """反馈进展: report how far the work is, with figures and evidence.

    `done` asks the office to confirm the work as finished; refused until a result report and evidence are in.
    """
    work = lock(work)
    refuse_if_moved(work.subject_kind, work.pk, seen)
    require_bearer(work, by)
    figures = dict(figures or {})
    if not 0 <= percent <= 100:
        raise refuse(_("完成进度应在 0 到 100 之间，填写的是 {percent}。").format(percent=percent))
    shown = {"percent": percent, "figures": figures, "evidence": len(evidence), "done": done}
    step(work, "report", by=by, at=at, facts={"progress": bool(text.strip())}, shown=shown)
    _attach_all(work, evidence, result, by=by, at=at)
    if done:
        _refuse_unproven(work)
    work.last_reported_at, work.percent, work.done_claimed = at, percent, done
    work.reports += 1
    work.evidence += len(evidence)
    work.save(update_fields=["state", "last_reported_at", "percent", "done_claimed", "reports", "evidence"])
    return ProgressReport.objects.create(
        **{work.subject_kind: work},
        text=text,
        percent=percent,
        figures=figures,
        done_claimed=done,
        evidence=len(evidence),
        reported_by=by.name,
        unit=by.unit,
        reported_at=at,
    )


def _attach_all(
    work: Task | Supervision, evidence: Sequence[File], result: File | None, *, by: Member, at: datetime
) -> None:
    subject = Subject.of(work.subject_kind, work.pk)
    labelled = [(file, queries.EVIDENCE) for file in evidence]
    labelled += [(result, queries.RESULT)] if result else []
    for (name, content), label in labelled:
        attach(content=content, name=name, subject=subject, by=by.actor, at=at, label=label)


def _refuse_unproven(work: Task | Supervision) -> None:
    there = queries.documents_in(work)
    missing = [
        label
        for label, key in ((queries.RESULT, "result_report"), (queries.EVIDENCE, "evidence"))
        if not there[key]
    ]
    if missing:
        raise refuse(
            _("申请办结还缺：{missing}。请在本次反馈中一并上传，或先作为一般进展反馈。").format(
                missing="、".join(missing)
            )
        )


@transaction.atomic
def urge(*, work: W, reason: str, by: Member, at: datetime) -> W:
    """催办: press the unit, with the reason it will read."""
    urge_many(works=type(work)._default_manager.filter(pk=work.pk), reason=reason, by=by, at=at)
    return type(work)._default_manager.select_related("unit").get(pk=work.pk)


@transaction.atomic
def urge_many(*, works: QuerySet[Any], reason: str, at: datetime, by: Member | None = None) -> int:
    """催办: urge all of these that can be urged; returns how many. With no member, the nightly job does it.

    Raises RefusedError when none can be urged, saying why for the first of them.
    """
    roles = by.roles if by else ["coordinator"]
    rows = list(works.order_by("pk").select_for_update(no_key=True, of=("self",)))
    drafts, keys, first_refusal = [], [], None
    actor = by.actor if by else SYSTEM_OFFICE
    for row in rows:
        try:
            transition = decide(WORKFLOW, row.state, "urge", roles=roles, at=at, facts={"reason": reason})
        except RefusedError as refusal:
            first_refusal = first_refusal or refusal
            continue
        facts = {"from": row.state, "to": transition.target, "reason": reason, "times": row.urged + 1}
        basis = [str(item["text"]) for item in transition.basis]
        subject = Subject.of(row.subject_kind, row.pk)
        drafts.append(Draft(f"{row.subject_kind}.urge", subject, actor, at, facts, basis))
        keys.append(row.pk)
    if first_refusal and not keys:
        raise first_refusal
    if keys:
        works.model._default_manager.filter(pk__in=keys).update(
            state=WorkState.URGED, urged=F("urged") + 1, last_urged_at=at
        )
        record_many(drafts)
    return len(keys)


@transaction.atomic
def reject(*, work: W, reason: str, by: Member, at: datetime) -> W:
    """退回续办: send a report back for more; the unit reads why."""
    work = lock(work)
    step(work, "reject", by=by, at=at, facts={"reason": reason}, shown={"reason": reason})
    work.done_claimed, work.last_urged_at = False, at
    work.urged += 1
    work.save(update_fields=["state", "done_claimed", "urged", "last_urged_at"])
    last = queries.reports_of(work).first()
    if last is not None:
        last.rejected_reason = reason[:400]
        last.save(update_fields=["rejected_reason"])
    return work


@transaction.atomic
def complete(*, work: W, by: Member, at: datetime, seen: int | None = None) -> W:
    """认定办结: confirm the work as finished on the documents handed in."""
    work = lock(work)
    refuse_if_moved(work.subject_kind, work.pk, seen)
    facts: dict[str, object] = dict(queries.documents_in(work))
    late = at > work.due_at
    step(work, "complete", by=by, at=at, facts=facts, shown={"late": late, "urged": work.urged})
    work.closed_at, work.percent = at, 100
    work.save(update_fields=["state", "closed_at", "percent"])
    return work


@transaction.atomic
def extend(*, work: W, due_on: date, reason: str, by: Member, at: datetime) -> W:
    """调整办结时限: move the due day, for a reason."""
    work = lock(work)
    shown = {"before": work.due_at.isoformat(), "due_on": due_on.isoformat(), "reason": reason}
    step(work, "extend", by=by, at=at, facts={"due": True, "reason": reason}, shown=shown)
    work.due_at = end_of_day(due_on)
    if work.assigned_at and work.due_at < work.assigned_at:
        raise refuse(_("办结时限不能早于交办日，请更正日期。"))
    work.save(update_fields=["state", "due_at"])
    return work


@transaction.atomic
def cancel(*, work: W, reason: str, by: Member, at: datetime) -> W:
    """撤销: take the work back from the unit, for a reason."""
    work = lock(work)
    step(work, "cancel", by=by, at=at, facts={"reason": reason}, shown={"reason": reason})
    work.closed_at = at
    work.save(update_fields=["state", "closed_at"])
    return work
