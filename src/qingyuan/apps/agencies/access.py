"""Who may open what, and who may see which record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.agencies.models import (
    ApiToken,
    Delegation,
    HandOver,
    Member,
    Protected,
    Role,
    SavedFilter,
    Scope,
    Team,
    Unit,
    UnitKind,
)
from qingyuan.apps.ledger.apps import departments

P = TypeVar("P", bound=Protected)


@dataclass(frozen=True)
class Rule:
    """One row of the permission table: who may open a URL.

    `roles`: any of these; None = any signed-in member; `public` = no sign-in.
    `record`: the kind of record named by the URL's `pk`, or "" for none. A record is looked up through
    its department's `visible_to`, so who cannot see it gets 404 whatever the role.
    `writes`: the URL changes something (POST); the three-people test then expects a cooperating unit's 403.
    """

    roles: frozenset[str] | None = None
    record: str = ""
    public: bool = False
    writes: bool = False
    why: str = ""
    """Shown with the 403: what the page is for."""

    def admits(self, member: Member) -> bool:
        """Tell whether a signed-in member's roles are enough."""
        return self.roles is None or member.has_role(*self.roles)


def roles(*names: Role) -> frozenset[str]:
    """Return roles as a rule holds them."""
    return frozenset(str(name) for name in names)


ENFORCERS = roles(Role.OFFICER, Role.LEADER)
OFFICE = roles(Role.COORDINATOR)
CASEWORK = roles(
    Role.COORDINATOR, Role.OFFICER, Role.LEADER, Role.POLICE_OFFICER, Role.PROSECUTOR, Role.COURT_CLERK
)
"""Everybody but the administrator, who keeps the system and sees no case (design §4)."""
PUBLIC = Rule(public=True)
EVERY_MEMBER = Rule()
ADMINISTRATION = Rule(roles=roles(Role.ADMINISTRATOR))

URLS: dict[str, Rule] = {
    "agencies:units": EVERY_MEMBER,
    "agencies:unit": Rule(record="unit"),
    "agencies:unit-add": Rule(roles=roles(Role.ADMINISTRATOR), writes=True),
    "agencies:unit-change": Rule(roles=roles(Role.ADMINISTRATOR), record="unit", writes=True),
    "agencies:members": ADMINISTRATION,
    "agencies:member": Rule(roles=roles(Role.ADMINISTRATOR), record="member"),
    "agencies:member-add": Rule(roles=roles(Role.ADMINISTRATOR), writes=True),
    "agencies:member-change": Rule(roles=roles(Role.ADMINISTRATOR), record="member", writes=True),
    "agencies:member-deactivate": Rule(roles=roles(Role.ADMINISTRATOR), record="member", writes=True),
    "agencies:profile": EVERY_MEMBER,
    "agencies:delegations": EVERY_MEMBER,
    "agencies:delegation-grant": Rule(writes=True),
    "agencies:delegation-revoke": Rule(record="delegation", writes=True),
    "agencies:hand-overs": EVERY_MEMBER,
    "agencies:hand-over": Rule(record="hand-over"),
    "agencies:hand-over-propose": Rule(writes=True),
    "agencies:hand-over-sign": Rule(record="hand-over", writes=True),
    "agencies:tokens": EVERY_MEMBER,
    "agencies:token-issue": Rule(writes=True),
    "agencies:token-revoke": Rule(record="token", writes=True),
    "agencies:filter-save": Rule(writes=True),
    "agencies:filter-delete": Rule(record="saved-filter", writes=True),
}


def visible(queryset: QuerySet[P], member: Member) -> QuerySet[P]:
    """Return the records of a Protected model that the member may see: the one test behind every door."""
    return queryset.filter(seen_by__overlap=member.scopes, confidentiality__lte=member.clearance)


def audience(*units: Unit | None, teams: Iterable[Team] = (), supervised: bool = False) -> list[int]:
    """Return the `seen_by` of a record: its units, their region offices, its teams.

    With `supervised`, also the procuratorates of the regions, which see every enforcement case (design §3).
    """
    present = [unit for unit in units if unit is not None]
    kinds = [UnitKind.OFFICE, UnitKind.PROCURATORATE] if supervised else [UnitKind.OFFICE]
    overseers = Unit.objects.filter(
        region__in={unit.region_id for unit in present}, kind__in=kinds, active=True
    ).values_list("scope_id", flat=True)
    return sorted({unit.scope_id for unit in present} | set(overseers) | {team.scope_id for team in teams})


def with_delegations(member: Member, *, at: datetime) -> Member:
    """Return a copy of the member with what absent colleagues have delegated added to scopes and roles.

    A copy, because whoever saves the member given (a change of password does) must not keep what was on loan.
    The administrator role cannot be delegated; the unit stays the delegate's own.
    """
    active = Delegation.objects.filter(
        delegate=member, since__lte=at, until__gt=at, revoked_at=None, principal__is_active=True
    ).values_list("principal__scopes", "principal__roles")
    member = copy(member)
    for scopes, delegated_roles in active:
        member.scopes = sorted(set(member.scopes) | set(scopes))
        member.roles = sorted(set(member.roles) | (set(delegated_roles) - {Role.ADMINISTRATOR}))
    return member


def reasons(record: Protected, member: Member) -> list[str]:
    """我为什么能看到: say through which scopes the member sees this record; empty when it is not seen."""
    if record.confidentiality > member.clearance:
        return []
    shared = set(record.seen_by) & set(member.scopes)
    own = member.unit.scope_id
    labels = Scope.objects.filter(pk__in=shared).order_by("pk").values_list("pk", "label")
    return [
        str(_("本单位({label})参与本件")).format(label=label)
        if pk == own
        else str(_("通过“{label}”的数据范围")).format(label=label)
        for pk, label in labels
    ]


def units_visible_to(member: Member) -> QuerySet[Unit]:
    """Return the units a member may look up: all, they are the public face of the leading group."""
    return Unit.objects.select_related("region").order_by("region_id", "code")


def members_visible_to(member: Member) -> QuerySet[Member]:
    """Return the members one may look up: the administrator all, others their own unit."""
    members = Member.objects.select_related("unit").order_by("unit__code", "username")
    return members if member.has_role(Role.ADMINISTRATOR) else members.filter(unit=member.unit)


def hand_overs_visible_to(member: Member) -> QuerySet[HandOver]:
    """Return the hand-overs one takes part in; a leader also sees those of the unit."""
    mine = Q(giver=member) | Q(receiver=member)
    if member.has_role(Role.LEADER):
        mine |= Q(giver__unit=member.unit) | Q(receiver__unit=member.unit)
    return HandOver.objects.filter(mine).select_related("giver", "receiver").order_by("-pk")


def delegations_visible_to(member: Member) -> QuerySet[Delegation]:
    """Return the delegations one gave or holds."""
    return (
        Delegation.objects.filter(Q(principal=member) | Q(delegate=member))
        .select_related("principal", "delegate")
        .order_by("-pk")
    )


def tokens_visible_to(member: Member) -> QuerySet[ApiToken]:
    """Return one's own interface tokens."""
    return ApiToken.objects.filter(member=member).order_by("-pk")


def saved_filters_visible_to(member: Member) -> QuerySet[SavedFilter]:
    """Return one's own saved filters: only these can be deleted."""
    return SavedFilter.objects.filter(member=member)


Door = Callable[[Member], QuerySet[Any]]
DOORS: dict[str, Door] = {
    "unit": units_visible_to,
    "member": members_visible_to,
    "hand-over": hand_overs_visible_to,
    "delegation": delegations_visible_to,
    "token": tokens_visible_to,
    "saved-filter": saved_filters_visible_to,
}
"""Kind of record → the one way to it. Every department's access.py has this table."""


@cache
def doors() -> dict[str, Door]:
    """Return the doors of all departments."""
    found: dict[str, Door] = {}
    for department in departments():
        if department.label != "ledger":
            found.update(import_module(f"{department.name}.access").DOORS)
    return found


def door(kind: str, member: Member) -> QuerySet[Any]:
    """Return the records of a kind that the member may see. Raises KeyError for a kind without a door."""
    return doors()[kind](member)
