"""The verbs of complaints and reports: each one function over a step of the workflow."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member, Unit
from qingyuan.apps.intake import access
from qingyuan.apps.intake.actions.joining import owe_notices
from qingyuan.apps.intake.actions.receiving import (
    new_matter,
    open_first_duties,
    receipt_draft,
    received_transition,
)
from qingyuan.apps.intake.actions.routing import Routed, route
from qingyuan.apps.intake.actions.steps import Answers, Paper, require_unchanged, take
from qingyuan.apps.intake.models import Matter
from qingyuan.apps.intake.queries import registers, sealing
from qingyuan.apps.intake.queries.routes import routing_table
from qingyuan.apps.ledger.actions import Subject, record, record_many
from qingyuan.domain.decision import Reason, RefusedError


def accept(*, matter: Matter, by: Member, at: datetime, seen: int | None = None) -> Matter:
    """受理: accept a complaint; the officer states that it is within powers and the complainant's identity is real."""
    held = frozenset({"within_powers", "complainant_identified"})
    return take(matter=matter, verb="accept", answers=Answers(held=held), by=by, at=at, seen=seen)


def refuse_complaint(
    *, matter: Matter, ground: str, notice: str, by: Member, at: datetime, seen: int | None = None
) -> Matter:
    """不予受理: refuse a complaint on a ground of the list in force that day, with the notice as it is sent."""
    answers = Answers(ground=ground, notice=notice)
    return take(matter=matter, verb="refuse", answers=answers, by=by, at=at, seen=seen)


@transaction.atomic
def forward(
    *, matter: Matter, unit: Unit, reason: str, by: Member, at: datetime, seen: int | None = None
) -> Matter:
    """转有权部门: end a complaint here and open it with the competent unit, whose clock starts on receipt.

    Returns the matter that the other unit has now. The complainant has been told.
    """
    answers = Answers(held=frozenset({"complainant_told"}), reason=reason, unit=unit)
    ended = take(matter=matter, verb="forward", answers=answers, by=by, at=at, seen=seen)
    explanation = {"forwarded_from": ended.number, "reason": reason}
    return _open_again(ended, Routed(unit, explanation), by=by, at=at)


def start_mediation(*, matter: Matter, by: Member, at: datetime, seen: int | None = None) -> Matter:
    """组织调解: start mediation, both sides agreeing."""
    answers = Answers(held=frozenset({"parties_agree"}))
    return take(matter=matter, verb="mediate", answers=answers, by=by, at=at, seen=seen)


def settle(*, matter: Matter, paper: Paper, by: Member, at: datetime, seen: int | None = None) -> Matter:
    """达成调解协议: end mediation with the agreement on paper."""
    return take(matter=matter, verb="settle", answers=Answers(papers=(paper,)), by=by, at=at, seen=seen)


def terminate(
    *, matter: Matter, by: Member, at: datetime, ground: str = "", reason: str = "", seen: int | None = None
) -> Matter:
    """终止调解: end mediation on a ground of the list in force; before there was a list, for a written reason."""
    answers = Answers(ground=ground, reason=reason)
    return take(matter=matter, verb="terminate", answers=answers, by=by, at=at, seen=seen)


def notify_termination(
    *, matter: Matter, paper: Paper, by: Member, at: datetime, seen: int | None = None
) -> Matter:
    """告知终止调解: serve the notice on both sides; the complaint is closed."""
    answers = Answers(papers=(paper,))
    return take(matter=matter, verb="notify_termination", answers=answers, by=by, at=at, seen=seen)


def withdraw(*, matter: Matter, paper: Paper, by: Member, at: datetime, seen: int | None = None) -> Matter:
    """撤回: end a complaint that its complainant withdraws; a possible breach of law is reported separately."""
    return take(matter=matter, verb="withdraw", answers=Answers(papers=(paper,)), by=by, at=at, seen=seen)


def close(*, matter: Matter, by: Member, at: datetime, seen: int | None = None) -> Matter:
    """办结: close a settled complaint or a decided report; refused while a duty is open."""
    return take(matter=matter, verb="close", answers=Answers(), by=by, at=at, seen=seen)


def verify(*, matter: Matter, by: Member, at: datetime, seen: int | None = None) -> Matter:
    """开始核查: start to verify a report; who starts becomes its handler when it has none."""
    return take(matter=matter, verb="verify", answers=Answers(), by=by, at=at, seen=seen)


def answer(*, matter: Matter, notice: str, by: Member, at: datetime, seen: int | None = None) -> Matter:
    """答复咨询: answer an enquiry, which closes it."""
    return take(matter=matter, verb="answer", answers=Answers(notice=notice), by=by, at=at, seen=seen)


@transaction.atomic
def mark_taken_up(*, matter: Matter, clue: str, by: Member, at: datetime) -> Matter:
    """转为线索: note that a report has become (part of) the clue `clue`; called by the department of clues."""
    matter = registers.lock(matter)
    Matter.objects.filter(pk=matter.pk).update(clue_ref=clue)
    return take(matter=matter, verb="become_clue", answers=Answers(reference=clue), by=by, at=at)


def mark_filed(*, matter: Matter, case_number: str, by: Member, at: datetime) -> Matter:
    """立案: note that a report led to a case, whose file holds the approval; its reporter is owed a notice."""
    answers = Answers(held=frozenset({"filing_approval"}), reference=case_number)
    return _decide_report(matter, "file", answers, by, at)


def mark_not_filed(*, matter: Matter, reason: str, by: Member, at: datetime) -> Matter:
    """不予立案: note that no case is filed, the approval being on file; the notice to its reporter falls due."""
    answers = Answers(held=frozenset({"refusal_approval"}), reason=reason)
    return _decide_report(matter, "refuse", answers, by, at)


@transaction.atomic
def _decide_report(matter: Matter, verb: str, answers: Answers, by: Member, at: datetime) -> Matter:
    """Decide a report and open the notice to each reporter, those of the reports joined to it included."""
    decided = take(matter=matter, verb=verb, answers=answers, by=by, at=at)
    owe_notices(decided, by=by, at=at)
    return decided


@transaction.atomic
def split(*, matter: Matter, kind: str, by: Member, at: datetime, seen: int | None = None) -> Matter:
    """分出另一事项: open a second matter of another kind from the same letter, with its own clocks.

    Its clocks run from the day the letter came in: the division is the office's, not the reporter's.
    """
    matter = registers.lock(matter)
    access.require_handling(by, matter)
    require_unchanged(matter, seen)
    if Matter.objects.filter(letter=matter.letter, kind=kind, closed_at=None).exists():
        raise RefusedError([Reason(_("这件来件已有在办的同类事项,不需要再分出。"))])
    made = _write_new(matter, kind, route(matter.letter, kind, routing_table()), by, at, matter.received_at)
    record(
        f"{matter.kind}.split",
        subject=Subject.of(matter.kind, matter.pk),
        by=by.actor,
        at=at,
        facts={"kind": kind, "matter": made.pk},
    )
    return made


@transaction.atomic
def request_reopening(*, matter: Matter, text: str, by: Member, at: datetime) -> Matter:
    """未解决反映: note that the reporter says it is not solved; the office sees it until somebody takes it up."""
    matter = registers.lock(matter)
    if not text.strip():
        raise RefusedError([Reason(_("请写明还有什么没有解决。"))])
    text = sealing.without_known_sender(text, matter.letter)
    matter.reopen_requested_at = matter.changed_at = at
    matter.save(update_fields=["reopen_requested_at", "changed_at"])
    record(
        f"{matter.kind}.reopen-request",
        subject=Subject.of(matter.kind, matter.pk),
        by=by.actor,
        at=at,
        facts={"text": text},
    )
    return matter


@transaction.atomic
def reopen(*, matter: Matter, by: Member, at: datetime) -> Matter:
    """重新办理: open the matter again as a new one with the same unit; the closed one stays as it was."""
    matter = registers.lock(matter)
    access.require_handling(by, matter)
    if matter.closed_at is None:
        raise RefusedError([Reason(_("本件还在办理,不需要重新开启。"))])
    if matter.joined_to_id is not None:
        raise RefusedError([Reason(_("本件已并入其他事项。请先解除并案,本件就回到并案以前继续办理。"))])
    if Matter.objects.filter(letter=matter.letter, kind=matter.kind, closed_at=None).exists():
        raise RefusedError([Reason(_("这件来件已有在办的同类事项,请在那一件上办理。"))])
    Matter.objects.filter(pk=matter.pk).update(reopen_requested_at=None, changed_at=at)
    made = _open_again(matter, Routed(matter.unit, {"reopened_from": matter.number}), by=by, at=at)
    record(
        f"{matter.kind}.reopen",
        subject=Subject.of(matter.kind, matter.pk),
        by=by.actor,
        at=at,
        facts={"number": made.number},
    )
    return made


def _open_again(ended: Matter, routed: Routed, *, by: Member, at: datetime) -> Matter:
    return _write_new(ended, ended.kind, routed, by, at, at, came_from=ended)


def _write_new(
    model: Matter,
    kind: str,
    routed: Routed,
    by: Member,
    at: datetime,
    received_at: datetime,
    came_from: Matter | None = None,
) -> Matter:
    table = routing_table()
    made = new_matter(model.letter, kind, routed, table, by=by, at=at, terms=model.bigrams, named=model.named)
    made.received_at, made.came_from = received_at, came_from
    made.save()
    (event,) = record_many([receipt_draft(made, received_transition(kind, at, by), by, at)])
    open_first_duties([made], [event], table)
    return made
