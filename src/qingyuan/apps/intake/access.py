"""Who may see a matter, who may act on it, and who may open what."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyuan.apps.agencies.access import CASEWORK, Rule, roles, visible
from qingyuan.apps.agencies.models import Member, Role
from qingyuan.apps.intake.models import Import, Matter, RoutingRule

INTAKE = roles(Role.COORDINATOR, Role.OFFICER)
HANDLING = roles(Role.COORDINATOR, Role.OFFICER, Role.LEADER)

URLS: dict[str, Rule] = {
    "intake:matters": Rule(roles=CASEWORK),
    "intake:export": Rule(roles=CASEWORK),
    "intake:matter": Rule(roles=CASEWORK, record="matter"),
    "intake:step": Rule(roles=HANDLING, record="matter", writes=True),
    "intake:assign": Rule(roles=HANDLING, record="matter", writes=True),
    "intake:return": Rule(roles=HANDLING, record="matter", writes=True),
    "intake:split": Rule(roles=HANDLING, record="matter", writes=True),
    "intake:join": Rule(roles=HANDLING, record="matter", writes=True),
    "intake:separate": Rule(roles=HANDLING, record="matter", writes=True),
    "intake:notify-joined": Rule(roles=HANDLING, record="matter", writes=True),
    "intake:reopen": Rule(roles=HANDLING, record="matter", writes=True),
    "intake:identity": Rule(roles=HANDLING, record="matter", writes=True),
    "intake:attach": Rule(roles=HANDLING, record="matter", writes=True),
    "intake:receive": Rule(roles=INTAKE, why=gettext_lazy("登记来件由统筹人员和执法人员办理。")),
    "intake:bulk": Rule(roles=HANDLING, writes=True),
    "intake:party-panel": Rule(roles=CASEWORK, record="party"),
    "intake:imports": Rule(roles=INTAKE),
    "intake:import": Rule(roles=INTAKE, record="import"),
    "intake:import-map": Rule(roles=INTAKE, record="import", writes=True),
    "intake:import-confirm": Rule(roles=INTAKE, record="import", writes=True),
    "intake:import-stop": Rule(roles=INTAKE, record="import", writes=True),
    "intake:import-resume": Rule(roles=INTAKE, record="import", writes=True),
    "intake:import-faults": Rule(roles=INTAKE, record="import"),
    "intake:import-original": Rule(roles=INTAKE, record="import", writes=True),
    "intake:routing-rules": Rule(roles=roles(Role.COORDINATOR, Role.LEADER)),
    "intake:routing-rule": Rule(roles=roles(Role.COORDINATOR, Role.LEADER), record="routing-rule"),
    "intake:routing-rule-add": Rule(roles=roles(Role.COORDINATOR), writes=True),
    "intake:routing-rule-change": Rule(roles=roles(Role.COORDINATOR), record="routing-rule", writes=True),
    "api:intake_create": Rule(roles=INTAKE, writes=True),
    "api:intake_list": Rule(roles=CASEWORK),
    "api:intake_get": Rule(roles=CASEWORK, record="matter"),
}


def visible_to(member: Member) -> QuerySet[Matter]:
    """Return the matters a member may see, with what lists and pages show of them."""
    return visible(Matter.objects.select_related("letter", "unit", "party", "handler"), member)


def changed_after(matters: QuerySet[Matter], at: datetime, pk: int) -> QuerySet[Matter]:
    """Return the matters that follow a position in the order (changed_at, pk)."""
    return matters.filter(Q(changed_at__gt=at) | Q(changed_at=at, pk__gt=pk), changed_at__gte=at)


def imports_visible_to(member: Member) -> QuerySet[Import]:
    """Return the imports of the member's own unit: a file holds what its unit may see."""
    return Import.objects.filter(uploaded_by__unit=member.unit).select_related("uploaded_by")


def routing_rules_visible_to(member: Member) -> QuerySet[RoutingRule]:
    """Return all routing rules: how letters travel is no secret inside the office."""
    return RoutingRule.objects.select_related("unit").order_by("priority", "pk")


def may_handle(member: Member, matter: Matter) -> bool:
    """Tell whether the matter is in the hands of the member's unit, or the member coordinates its region.

    What a coordinator may do there is up to the workflow's roles: assign, forward, join, not decide.
    """
    if matter.unit_id is not None and matter.unit_id == member.unit_id:
        return True
    return member.has_role(Role.COORDINATOR) and matter.letter.region_id == member.unit.region_id


def require_handling(member: Member, matter: Matter) -> None:
    """Raise PermissionDenied, with the reason, when the matter is not in the hands of the member's unit."""
    if not may_handle(member, matter):
        holder = matter.unit.short_name if matter.unit_id else _("双打办(待分派)")
        raise PermissionDenied(
            _("本件由{unit}办理,你可以查看,不能办理。需要办理时请联系该单位或者请双打办改派。").format(
                unit=holder
            )
        )


def may_open_identity(member: Member, matter: Matter) -> bool:
    """Tell whether the member is the one who handles the matter; nobody else may open the reporter's identity."""
    return matter.handler_id == member.pk and matter.closed_at is None


DOORS = {
    "matter": visible_to,
    "complaint": visible_to,
    "report": visible_to,
    "enquiry": visible_to,
    "import": imports_visible_to,
    "routing-rule": routing_rules_visible_to,
}
