"""Who may see a plan and its work, who may do what."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyuan.apps.agencies.access import CASEWORK, OFFICE, Door, Rule, roles, visible
from qingyuan.apps.agencies.models import Member, Role
from qingyuan.apps.plan.models import Bulletin, Campaign, Meeting, Plan, Supervision, Task

WORKERS = roles(
    Role.COORDINATOR,
    Role.OFFICER,
    Role.LEADER,
    Role.POLICE_OFFICER,
    Role.PROSECUTOR,
    Role.COURT_CLERK,
    Role.DESTRUCTION_SUPERVISOR,
)
READERS = CASEWORK | WORKERS
OFFICE_OR_LEADER = OFFICE | roles(Role.LEADER)
_PLAN_WHY = gettext_lazy("工作要点由双打办统筹人员起草、校核和调整。")


def _read(kind: str = "") -> Rule:
    return Rule(roles=READERS, record=kind)


def _office(kind: str = "", *, writes: bool = True) -> Rule:
    return Rule(roles=OFFICE, record=kind, writes=writes, why=_PLAN_WHY)


def _work(kind: str) -> Rule:
    return Rule(roles=WORKERS, record=kind, writes=True, why=gettext_lazy("签收和反馈由承办单位的人员办理。"))


URLS: dict[str, Rule] = {
    "plan:plans": _read(),
    "plan:plan": _read("plan"),
    "plan:plan-source": _read("plan"),
    "plan:plan-diff": _read("plan"),
    "plan:plan-print": _read("plan"),
    "plan:plan-export": _read("plan"),
    "plan:plan-upload": _office(),
    "plan:plan-review": _office("plan", writes=False),
    "plan:plan-heading": _office("plan"),
    "plan:plan-schedule": _office("plan"),
    "plan:plan-finish-review": _office("plan"),
    "plan:plan-reopen": Rule(roles=OFFICE_OR_LEADER, record="plan", writes=True),
    "plan:plan-adopt": Rule(roles=OFFICE_OR_LEADER, record="plan", writes=True),
    "plan:plan-close": Rule(roles=OFFICE_OR_LEADER, record="plan", writes=True),
    "plan:plan-discard": _office("plan"),
    "plan:plan-roll-over": _office("plan"),
    "plan:clause-correct": _office("plan"),
    "plan:clause-split": _office("plan"),
    "plan:clause-merge": _office("plan"),
    "plan:role-add": _office("plan"),
    "plan:role-change": _office("plan"),
    "plan:role-remove": _office("plan"),
    "plan:doubt-resolve": _office("plan"),
    "plan:point-mark": _office("plan"),
    "plan:point-add": _office("plan"),
    "plan:tasks": _read(),
    "plan:tasks-mine": _read(),
    "plan:tasks-export": _read(),
    "plan:tasks-urge": _office(),
    "plan:task": _read("task"),
    "plan:task-sign": _work("task"),
    "plan:task-report": _work("task"),
    "plan:task-urge": _office("task"),
    "plan:task-reject": _office("task"),
    "plan:task-complete": _office("task"),
    "plan:task-extend": Rule(roles=OFFICE_OR_LEADER, record="task", writes=True),
    "plan:task-cancel": Rule(roles=OFFICE_OR_LEADER, record="task", writes=True),
    "plan:task-supervise": _office("task"),
    "plan:supervisions": _read(),
    "plan:supervisions-export": _read(),
    "plan:supervisions-urge": _office(),
    "plan:supervisions-announce": _office(),
    "plan:supervision-establish": _office(),
    "plan:supervision": _read("supervision"),
    "plan:supervision-assign": _office("supervision"),
    "plan:supervision-sign": _work("supervision"),
    "plan:supervision-return": _work("supervision"),
    "plan:supervision-report": _work("supervision"),
    "plan:supervision-urge": _office("supervision"),
    "plan:supervision-reject": _office("supervision"),
    "plan:supervision-complete": _office("supervision"),
    "plan:supervision-extend": Rule(roles=OFFICE_OR_LEADER, record="supervision", writes=True),
    "plan:supervision-cancel": Rule(roles=OFFICE_OR_LEADER, record="supervision", writes=True),
    "plan:supervision-archive": _office("supervision"),
    "plan:bulletin": _read("bulletin"),
    "plan:bulletin-print": _read("bulletin"),
    "plan:bulletin-export": _read("bulletin"),
    "plan:campaigns": _read(),
    "plan:campaign": _read("campaign"),
    "plan:campaign-start": _office(),
    "plan:campaign-attach": Rule(roles=READERS, record="campaign", writes=True),
    "plan:campaign-close": _office("campaign"),
    "plan:meetings": _read(),
    "plan:meeting": _read("meeting"),
    "plan:meeting-call": _office(),
    "plan:meeting-attendance": _office("meeting"),
    "plan:meeting-minutes": _office("meeting"),
}


def visible_to(member: Member) -> QuerySet[Plan]:
    """Return the plans one may see: the whole region an adopted one, the office its drafts too."""
    return visible(Plan.objects.select_related("region", "previous"), member)


def tasks_visible_to(member: Member) -> QuerySet[Task]:
    """Return the tasks one may see: the own unit's, those led by it or leading it, all for the office."""
    return visible(Task.objects.select_related("unit", "plan", "handler"), member)


def supervisions_visible_to(member: Member) -> QuerySet[Supervision]:
    """Return the 督办件 one may see: the unit's once handed over, all for the office."""
    return visible(Supervision.objects.select_related("unit", "region", "task", "handler"), member)


def bulletins_visible_to(member: Member) -> QuerySet[Bulletin]:
    """Return the bulletins of the region."""
    return visible(Bulletin.objects.all(), member)


def campaigns_visible_to(member: Member) -> QuerySet[Campaign]:
    """Return the campaigns of the region."""
    return visible(Campaign.objects.select_related("lead"), member)


def meetings_visible_to(member: Member) -> QuerySet[Meeting]:
    """Return the meetings to which the unit was invited, all for the office."""
    return visible(Meeting.objects.all(), member)


DOORS: dict[str, Door] = {
    "plan": visible_to,
    "task": tasks_visible_to,
    "supervision": supervisions_visible_to,
    "bulletin": bulletins_visible_to,
    "campaign": campaigns_visible_to,
    "meeting": meetings_visible_to,
}


def require_bearer(work: Task | Supervision, member: Member) -> None:
    """Refuse (403) who sees a work but is not of the unit it falls on."""
    if member.unit_id != work.unit_id:
        raise PermissionDenied(
            _("这件工作由{unit}承办，你所在的单位可以查看，不能代为签收或反馈。").format(unit=work.unit)
        )


def require_office(member: Member) -> None:
    """Refuse (403) a leader of another unit what only the office's own people do to its records."""
    if not member.has_role(Role.COORDINATOR) and member.unit.kind != "office":
        raise PermissionDenied(_("这一步由双打办办理。需要时请联系双打办。"))
