"""Take the steps of the lawbook's workflows on a matter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member, Role, Unit
from qingyuan.apps.files.access import attachments
from qingyuan.apps.files.actions import attach
from qingyuan.apps.intake import access
from qingyuan.apps.intake.actions.dues import title_of
from qingyuan.apps.intake.models import Matter, MatterKind
from qingyuan.apps.intake.queries import registers
from qingyuan.apps.intake.queries.routes import routing_table
from qingyuan.apps.ledger.actions import Subject, take_step
from qingyuan.apps.ledger.apps import verb_labels
from qingyuan.apps.ledger.models import Duty
from qingyuan.apps.ledger.queries import book, duties_of, head_of, law_day, timeline
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.domain.transitions import REASON, decide_transition
from qingyuan.law.rules import Ground


@dataclass(frozen=True)
class Paper:
    """A document that a step needs: which requirement it answers, its file name and content."""

    requirement: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Answers:
    """What the person gives for a step: requirements confirmed, documents, reason, and what single verbs ask for."""

    held: frozenset[str] = frozenset()
    papers: tuple[Paper, ...] = ()
    reason: str = ""
    ground: str = ""
    """Id of a statutory ground, for refusing or terminating."""
    notice: str = ""
    """The text as it goes to the reporter."""
    unit: Unit | None = None
    reference: str = ""
    """Number of the clue, case or earlier report."""
    extra: Mapping[str, Any] = field(default_factory=dict)


GROUNDS = {"refuse": "complaint.refusal", "terminate": "complaint.termination"}
"""Verbs of a complaint that rest on a closed list, and the list."""


def grounds_of(kind: str, verb: str, on: date) -> tuple[Ground, ...]:
    """Return the closed list a step must choose from on a day; empty when the book has none for it."""
    listed = GROUNDS.get(verb) if kind == MatterKind.COMPLAINT else None
    return book().grounds(listed, on=on) if listed and book().in_force(listed, on) else ()


def facts_of(matter: Matter) -> dict[str, bool]:
    """Return what the records themselves say of a step's requirements: open duties, a pause, the papers attached."""
    duties = [d for d in duties_of(matter.kind, matter.pk) if d.state == Duty.State.OPEN]
    facts = {
        "open_duties": bool(duties),
        "paused": any(duty.paused_since for duty in duties),
        "assignees": matter.handler_id is not None,
        "earlier_report": matter.joined_to_id is not None,
        "named_reporter": matter.named,
    }
    labels = attachments(matter.kind, matter.pk).values_list("label", flat=True)
    return facts | {label: True for label in labels if label}


@transaction.atomic
def take(
    *,
    matter: Matter,
    verb: str,
    answers: Answers,
    by: Member,
    at: datetime,
    seen: int | None = None,
    roles: Collection[str] = (),
) -> Matter:
    """Take one step of the matter's workflow: lock, decide, write, one event, the clocks.

    `seen` is the last event the person had on the page; when another came since, the step is refused and the
    refusal tells what happened. `roles` adds to the member's own, for steps that a higher department takes on
    somebody's behalf. Raises RefusedError with all reasons, and PermissionDenied for another unit's matter.
    """
    matter = registers.lock(matter)
    access.require_handling(by, matter)
    require_unchanged(matter, seen)
    if by.has_role(Role.OFFICER) and matter.handler is None and by.unit_id == matter.unit_id:
        matter.handler = by
    subject = Subject.of(matter.kind, matter.pk)
    facts, noted = _facts(matter, verb, answers, law_day(at))
    decision = decide_transition(
        book().workflow(matter.kind),
        matter.state,
        verb,
        {*by.roles, *roles},
        facts,
        on=law_day(at),
        in_force=lambda rule: book().in_force(rule, law_day(at)),
    )
    transition = decision.require()
    for paper in answers.papers:
        attach(
            content=paper.content,
            name=paper.name,
            subject=subject,
            by=by.actor,
            at=at,
            label=paper.requirement,
        )
    _write(matter, transition.target, answers, at)
    holder = matter.unit or routing_table().office(matter.letter.region_id) or matter.registered_unit
    take_step(
        transition,
        subject=subject,
        by=by.actor,
        at=at,
        bearers={"holder": holder.code},
        title=title_of(matter),
        member=matter.handler_id,
        facts={"reason": answers.reason, **noted},
    )
    return matter


def require_unchanged(matter: Matter, seen: int | None) -> None:
    """Raise RefusedError, telling what happened, when the matter moved on since the person read it."""
    if seen is None:
        return
    head = head_of(matter.kind, matter.pk)
    if head is None or head.sequence <= seen:
        return
    labels = verb_labels()
    news = [
        f"{event.actor}:{labels.get(event.verb, event.verb)}"
        for event in timeline(matter.kind, matter.pk, limit=head.sequence - seen)
    ]
    raise RefusedError(
        [
            Reason(
                _("你打开页面之后,本件已有新的办理:{news}。请刷新页面核对后再办,你的操作没有执行。").format(
                    news="、".join(reversed(news))
                )
            )
        ]
    )


def _facts(matter: Matter, verb: str, answers: Answers, on: date) -> tuple[dict[str, object], dict[str, Any]]:
    """Return the facts for the decision, and those worth keeping in the event."""
    facts: dict[str, object] = {**facts_of(matter), **{name: True for name in answers.held}}
    facts |= {paper.requirement: True for paper in answers.papers}
    facts[REASON] = answers.reason or answers.notice
    noted: dict[str, Any] = {"held": sorted(answers.held), **answers.extra}
    if verb in GROUNDS and matter.kind == MatterKind.COMPLAINT:
        ground = _ground(matter, verb, answers, on)
        facts["refusal_ground" if verb == "refuse" else "termination_ground"] = True
        if ground is not None:
            noted |= {"ground": ground.id, "ground_text": ground.text, "ground_basis": ground.citation.text}
            facts[REASON] = answers.reason or ground.text
    if answers.notice.strip():
        facts["refusal_notice"] = True
        noted["notice"] = answers.notice
    if answers.unit is not None:
        facts["competent_unit"] = True
        noted["unit"] = answers.unit.code
    if answers.reference:
        facts |= {"clue_number": True, "case_number": True}
        noted["reference"] = answers.reference
    return facts, noted


def _ground(matter: Matter, verb: str, answers: Answers, on: date) -> Ground | None:
    listed = grounds_of(matter.kind, verb, on)
    if not listed:
        if not answers.reason.strip():
            raise RefusedError(
                [Reason(_("请写明终止调解的情形:这一天的法规库没有封闭清单,理由须由承办人写明。"))]
            )
        return None
    chosen = next((ground for ground in listed if ground.id == answers.ground), None)
    if chosen is None:
        allowed = ";".join(f"{ground.text}" for ground in listed)
        raise RefusedError(
            [
                Reason(
                    _("所选理由不在{day}有效的法定清单中,不能据此办理。当日可选:{allowed}。").format(
                        day=f"{on:%Y-%m-%d}", allowed=allowed
                    ),
                    tuple(dict.fromkeys(ground.citation for ground in listed)),
                )
            ]
        )
    return chosen


def _write(matter: Matter, target: str, answers: Answers, at: datetime) -> None:
    matter.state, matter.changed_at = target, at
    matter.reopen_requested_at = None
    if answers.notice.strip():
        matter.outcome = answers.notice.strip()[:2000]
    if book().workflow(matter.kind).state(target).terminal:
        matter.closed_at = at
    matter.save(
        update_fields=[
            "state",
            "changed_at",
            "handler",
            "outcome",
            "closed_at",
            "joined_to",
            "clue_ref",
            "reopen_requested_at",
        ]
    )
