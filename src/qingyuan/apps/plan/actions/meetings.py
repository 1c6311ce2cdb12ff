"""会议: call a meeting, note who came, write the minutes; every resolution becomes a 督办件."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.access import audience
from qingyuan.apps.agencies.models import Member, Role, Unit
from qingyuan.apps.ledger.actions import Subject, record
from qingyuan.apps.plan.actions.locking import lock, refuse
from qingyuan.apps.plan.actions.supervision import establish
from qingyuan.apps.plan.models import AgendaItem, Attendance, Meeting, Resolution, Supervision


@dataclass(frozen=True)
class Decided:
    """议定事项, as the minutes say it: what, of whom, by which day."""

    text: str
    unit: Unit
    due_on: date


def _refuse_unless_office(by: Member) -> None:
    if not by.has_role(Role.COORDINATOR):
        raise refuse(_("会议由双打办统筹人员召集和记录。需要时请联系双打办。"))


@transaction.atomic
def call_meeting(
    *,
    title: str,
    when: datetime,
    place: str,
    chair: str,
    agenda: Sequence[tuple[str, Unit | None]],
    units: Sequence[Unit],
    by: Member,
    at: datetime,
) -> Meeting:
    """召集会议: invite units to an agenda of (title, unit that presents it); the invited see it."""
    _refuse_unless_office(by)
    if not agenda or not units:
        raise refuse(_("会议至少要有一个议题和一个参会单位，请补充后再发出。"))
    meeting = Meeting.objects.create(
        region=by.unit.region,
        title=title[:200],
        at=when,
        place=place,
        chair=chair,
        called_at=at,
        seen_by=audience(by.unit, *units),
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=order, title=words[:200], presenter=unit)
        for order, (words, unit) in enumerate(agenda, start=1)
    )
    invited = {unit.pk: unit for unit in units}.values()
    Attendance.objects.bulk_create(Attendance(meeting=meeting, unit=unit) for unit in invited)
    facts = {"title": title, "when": when.isoformat(), "units": [unit.code for unit in invited]}
    record("meeting.called", subject=Subject.of("meeting", meeting.pk), by=by.actor, at=at, facts=facts)
    return meeting


@transaction.atomic
def record_attendance(
    *, meeting: Meeting, came: Mapping[int, tuple[str, str]], by: Member, at: datetime
) -> Meeting:
    """登记到会: note for each invited unit (id) its status and the person who came."""
    _refuse_unless_office(by)
    meeting = lock(meeting)
    if meeting.minuted_at is not None:
        raise refuse(_("会议纪要已经形成，到会情况不能再改。"))
    rows = list(Attendance.objects.filter(meeting=meeting, unit__in=came).select_related("unit"))
    for row in rows:
        row.status, row.person = came[row.unit_id][0], came[row.unit_id][1][:60]
        if row.status == Attendance.Status.SUBSTITUTE and not row.person:
            raise refuse(_("{unit}是代会，请写明代会人姓名。").format(unit=row.unit))
    Attendance.objects.bulk_update(rows, ["status", "person"])
    facts = {"came": {row.unit.code: [row.status, row.person] for row in rows}}
    record("meeting.attended", subject=Subject.of("meeting", meeting.pk), by=by.actor, at=at, facts=facts)
    return meeting


@transaction.atomic
def write_minutes(
    *, meeting: Meeting, minutes: str, decided: Sequence[Decided], by: Member, at: datetime
) -> Meeting:
    """形成会议纪要: write the minutes once; each resolution is put on the 督办 list in the same transaction."""
    _refuse_unless_office(by)
    meeting = lock(meeting)
    if meeting.minuted_at is not None:
        raise refuse(_("会议纪要已经形成，不能重写。需要更正时请另行发文。"))
    if not minutes.strip():
        raise refuse(_("会议纪要不能为空，请写明会议情况。"))
    meeting.minutes, meeting.minuted_at = minutes, at
    meeting.save(update_fields=["minutes", "minuted_at"])
    for order, item in enumerate(decided, start=1):
        supervision = establish(
            unit=item.unit,
            title=item.text[:60],
            matter=_("会议“{title}”议定：{text}").format(title=meeting.title, text=item.text),
            due_on=item.due_on,
            by=by,
            at=at,
            origin=Supervision.Origin.MEETING,
        )
        Resolution.objects.create(
            meeting=meeting,
            order=order,
            text=item.text,
            unit=item.unit,
            due_on=item.due_on,
            supervision=supervision,
        )
    facts = {"resolutions": [item.text for item in decided]}
    record("meeting.minuted", subject=Subject.of("meeting", meeting.pk), by=by.actor, at=at, facts=facts)
    return meeting
