"""专项行动: start a campaign, take tasks and records into it, end it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.access import doors
from qingyuan.apps.agencies.models import Member, Role, Unit
from qingyuan.apps.ledger.actions import Subject, record
from qingyuan.apps.ledger.apps import subject_labels
from qingyuan.apps.plan.actions.locking import lock, refuse
from qingyuan.apps.plan.models import Campaign, CampaignRecord, ClauseCampaign, Task


def _refuse_unless_office(by: Member) -> None:
    if not by.has_role(Role.COORDINATOR):
        raise refuse(_("专项行动由双打办统筹人员部署和调整。需要时请联系双打办。"))


@transaction.atomic
def start_campaign(
    *,
    name: str,
    lead: Unit,
    since: date,
    until: date,
    by: Member,
    at: datetime,
    purpose: str = "",
    tasks: Sequence[Task] = (),
) -> Campaign:
    """部署专项行动: open it to the whole region. Clauses that name it, and their tasks, belong to it at once."""
    _refuse_unless_office(by)
    if until < since:
        raise refuse(_("专项行动的结束日期不能早于开始日期，请更正。"))
    region = by.unit.region
    if Campaign.objects.filter(region=region, name=name, since=since).exists():
        raise refuse(_("同名同期的专项行动“{name}”已经部署，请直接使用。").format(name=name))
    scopes = Unit.objects.filter(region=region, active=True).values_list("scope_id", flat=True)
    campaign = Campaign.objects.create(
        region=region,
        name=name,
        purpose=purpose,
        lead=lead,
        since=since,
        until=until,
        started_at=at,
        seen_by=sorted(scopes),
    )
    named = ClauseCampaign.objects.filter(
        name=name, campaign=None, clause__point__section__part__plan__region=region
    )
    clauses = list(named.values_list("clause", flat=True))
    named.update(campaign=campaign)
    found = Task.objects.filter(clause__in=clauses).values_list("pk", flat=True)
    campaign.tasks.add(*{*found, *(task.pk for task in tasks)})
    facts = {"name": name, "lead": lead.code, "since": since.isoformat(), "until": until.isoformat()}
    subject = Subject.of("campaign", campaign.pk)
    record("campaign.started", subject=subject, by=by.actor, at=at, facts={**facts, "tasks": len(found)})
    return campaign


@transaction.atomic
def attach_record(*, campaign: Campaign, kind: str, pk: object, by: Member, at: datetime) -> CampaignRecord:
    """纳入专项行动: count a record of any kind to a campaign; the member must see the record through its own door.

    Doing it again changes nothing.
    """
    campaign = lock(campaign)
    if campaign.closed_at is not None:
        raise refuse(_("专项行动“{name}”已经结束，不能再纳入记录。").format(name=campaign.name))
    door = doors().get(kind)
    if door is None or not str(pk).isdecimal() or not door(by).filter(pk=pk).exists():
        raise refuse(_("没有找到这条记录，或你无权查看，不能纳入。请核对类别和编号。"))
    joined, created = CampaignRecord.objects.get_or_create(
        campaign=campaign, kind=kind, record_id=str(pk), defaults={"joined_at": at, "joined_by": by.name}
    )
    if created:
        if kind == "task":
            campaign.tasks.add(int(str(pk)))
        label = str(subject_labels().get(kind, (kind, ""))[0])
        facts = {"kind": kind, "record": str(pk), "label": label}
        subject = Subject.of("campaign", campaign.pk)
        record("campaign.joined", subject=subject, by=by.actor, at=at, facts=facts)
    return joined


@transaction.atomic
def close_campaign(*, campaign: Campaign, summary: str, by: Member, at: datetime) -> Campaign:
    """结束专项行动: end it with a summary; its tasks go on under the plan."""
    _refuse_unless_office(by)
    campaign = lock(campaign)
    if campaign.closed_at is not None:
        raise refuse(_("专项行动“{name}”已经结束。").format(name=campaign.name))
    if not summary.strip():
        raise refuse(_("结束专项行动要写总结：做了什么、查办多少、还有什么问题。"))
    campaign.closed_at, campaign.summary = at, summary
    campaign.save(update_fields=["closed_at", "summary"])
    subject = Subject.of("campaign", campaign.pk)
    record("campaign.closed", subject=subject, by=by.actor, at=at, facts={"summary": summary})
    return campaign
