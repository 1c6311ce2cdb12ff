"""Join duplicates and separate them again; each reporter keeps the right to an answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.intake import access
from qingyuan.apps.intake.actions.dues import title_of
from qingyuan.apps.intake.actions.steps import Answers, require_unchanged, take
from qingyuan.apps.intake.models import Matter, MatterKind
from qingyuan.apps.intake.queries import registers
from qingyuan.apps.ledger.actions import Subject, meet_duties, open_duty, record
from qingyuan.apps.ledger.models import Event
from qingyuan.apps.ledger.queries import book, calendar, law_day, timeline
from qingyuan.domain.decision import Reason, RefusedError

NOTICE = "report.filing-notice"
VERIFICATION = "report.verification"


@transaction.atomic
def join(
    *, matter: Matter, to: Matter, reason: str, by: Member, at: datetime, seen: int | None = None
) -> Matter:
    """并案: join a matter to an earlier one of the same kind.

    A report's own verification ends with it, its reporter is told of the outcome of the other. A complaint keeps
    its state and clocks: it is a dispute of its own and is answered on its own. Both stay as they are, the join is
    a link that `separate` takes away.
    """
    matter = registers.lock(matter)
    access.require_handling(by, matter)
    require_unchanged(matter, seen)
    _require_joinable(matter, to, reason)
    Matter.objects.filter(pk=matter.pk).update(joined_to=to, changed_at=at)
    if matter.kind == MatterKind.REPORT:
        extra = {"joined_to": to.pk, "joined_number": to.number}
        return take(matter=matter, verb="merge", answers=Answers(reason=reason, extra=extra), by=by, at=at)
    record(
        f"{matter.kind}.join",
        subject=Subject.of(matter.kind, matter.pk),
        by=by.actor,
        at=at,
        facts={"joined_to": to.pk, "joined_number": to.number, "reason": reason},
    )
    matter.joined_to = to
    return matter


def _require_joinable(matter: Matter, to: Matter, reason: str) -> None:
    checks = (
        (matter.pk == to.pk, _("不能并入自己,请选择另一件。")),
        (matter.kind != to.kind, _("只能并入同类事项:投诉与举报各有各的程序和期限。")),
        (
            to.joined_to_id is not None,
            _("{number}本身已并入另一件,请直接并入那一件。").format(number=to.number),
        ),
        (matter.joined_to_id is not None, _("本件已经并入另一件;需要改并时请先解除并案。")),
        (matter.kind == MatterKind.ENQUIRY, _("咨询逐件答复,不并案。")),
        (to.closed_at is not None, _("{number}已经终结,不能再并入。").format(number=to.number)),
        (not reason.strip(), _("并案必须写明为什么是同一事实。")),
    )
    faults = [text for wrong, text in checks if wrong]
    if faults:
        raise RefusedError([Reason(fault) for fault in faults])


@transaction.atomic
def separate(*, matter: Matter, reason: str, by: Member, at: datetime) -> Matter:
    """解除并案: undo a join; a report goes back to where it was and its clock runs from receipt again."""
    matter = registers.lock(matter)
    access.require_handling(by, matter)
    if matter.joined_to_id is None:
        raise RefusedError([Reason(_("本件没有并入其他事项。"))])
    if not reason.strip():
        raise RefusedError([Reason(_("解除并案必须写明理由。"))])
    subject = Subject.of(matter.kind, matter.pk)
    before = matter.joined_to_id
    matter.joined_to, matter.changed_at = None, at
    if matter.state == "merged":
        matter.state, matter.closed_at = _state_before_merge(matter), None
    matter.save(update_fields=["joined_to", "changed_at", "state", "closed_at"])
    event = record(
        f"{matter.kind}.separate",
        subject=subject,
        by=by.actor,
        at=at,
        facts={"joined_to": before, "reason": reason, "to": matter.state},
    )
    if matter.kind == MatterKind.REPORT:
        _reopen_verification(matter, event)
    return matter


def _state_before_merge(matter: Matter) -> str:
    merged = next(event for event in timeline(matter.kind, matter.pk) if event.verb == "report.merge")
    return str(merged.facts["from"])


def _reopen_verification(matter: Matter, event: Event) -> None:
    if book().in_force(VERIFICATION, law_day(matter.received_at)):
        _owe(VERIFICATION, matter, event, start=matter.received_at)


def owe_notices(decided: Matter, *, by: Member, at: datetime) -> None:
    """Open the notice duty of each named reporter whose report was joined to the one just decided."""
    if not book().in_force(NOTICE, law_day(at)):
        return
    for matter in registers.joined(decided):
        if matter.named:
            event = record(
                "report.outcome-shared",
                subject=Subject.of(matter.kind, matter.pk),
                by=by.actor,
                at=at,
                facts={"decided": decided.number, "state": decided.state},
            )
            _owe(NOTICE, matter, event, start=at)


@transaction.atomic
def notify_joined(*, matter: Matter, notice: str, by: Member, at: datetime) -> Matter:
    """告知并入的实名举报人: tell the reporter of a joined report what was decided on the other one."""
    matter = registers.lock(matter)
    access.require_handling(by, matter)
    if not notice.strip():
        raise RefusedError([Reason(_("请写明告知内容。"))])
    if not registers.owes_notice(matter):
        raise RefusedError([Reason(_("本件没有待告知的结果:没有并入其他举报,或者已经告知过举报人。"))])
    subject = Subject.of(matter.kind, matter.pk)
    matter.outcome, matter.changed_at = notice.strip()[:2000], at
    matter.save(update_fields=["outcome", "changed_at"])
    event = record("report.notify-joined", subject=subject, by=by.actor, at=at, facts={"notice": notice})
    meet_duties(NOTICE, subject=subject, event=event)
    return matter


def _owe(rule: str, matter: Matter, event: Event, *, start: datetime) -> None:
    holder = matter.unit or matter.registered_unit
    open_duty(
        rule,
        subject=Subject.of(matter.kind, matter.pk),
        unit=holder.code,
        event=event,
        book=book(),
        calendar=calendar(),
        title=title_of(matter),
        member=matter.handler_id,
        start=start,
    )
