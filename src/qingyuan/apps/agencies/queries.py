"""Read agencies: units with their tree, tokens, open work to hand over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.apps import apps
from django.db.models import Q, QuerySet
from django.urls import reverse

from qingyuan.apps.agencies.models import (
    ApiToken,
    Assigned,
    GroupMembership,
    HandOver,
    Member,
    Region,
    Role,
    SavedFilter,
    Scope,
    Team,
    Unit,
    UnitKind,
)
from qingyuan.ui.listing import Link, Page


def units_below(unit: Unit) -> list[Unit]:
    """Return the active units below a unit, however deep, and the unit itself."""
    by_parent: dict[int | None, list[Unit]] = {}
    for other in Unit.objects.filter(active=True):
        by_parent.setdefault(other.parent_id, []).append(other)
    found, waiting = [], [unit]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting += by_parent.get(current.pk, [])
    return found


def group_members(on: date) -> QuerySet[Unit]:
    """领导小组成员单位: return the units that belong to the leading group on a day."""
    ids = (
        GroupMembership.objects.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on)).values("unit")
    )
    return Unit.objects.filter(pk__in=ids, active=True).order_by("code")


ADMINISTRATOR = Role.ADMINISTRATOR
RESERVED_NAMES = frozenset({"portal", "system"})
"""User names the system itself writes under; a person's account must not carry one."""


def has_administrator() -> bool:
    """Tell whether anybody keeps the system yet."""
    return Member.objects.filter(roles__contains=[Role.ADMINISTRATOR], is_active=True).exists()


def member_since(unit: Unit) -> date | None:
    """Return since when a unit belongs to the leading group; None when it does not now."""
    return (
        GroupMembership.objects.filter(unit=unit, until=None)
        .order_by("-since")
        .values_list("since", flat=True)
        .first()
    )


def unit_names() -> dict[str, str]:
    """Return every name, short name and alias of the active units with the unit's code."""
    names: dict[str, str] = {}
    for unit in Unit.objects.filter(active=True).order_by("code"):
        for name in (unit.name, unit.short_name, *unit.aliases):
            names.setdefault(name, unit.code)
    return names


def unit_by_code(code: str) -> Unit:
    """Return a unit. Raises Unit.DoesNotExist."""
    return Unit.objects.select_related("region").get(code=code)


def units_by_code(codes: list[str]) -> dict[str, Unit]:
    """Return the units of these codes."""
    return {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}


def active_units(*, kind: UnitKind | None = None, region: Region | None = None) -> QuerySet[Unit]:
    """Return active units, of one kind and region if given."""
    units = Unit.objects.filter(active=True).order_by("code")
    if kind:
        units = units.filter(kind=kind)
    return units.filter(region=region) if region else units


def office_of(region: Region | str) -> Unit:
    """Return the 双打办 of a region. Raises Unit.DoesNotExist when none is set up."""
    return Unit.objects.get(region=region, kind=UnitKind.OFFICE, active=True)


def colleagues(unit: Unit) -> QuerySet[Member]:
    """Return the active members of a unit by name."""
    return Member.objects.filter(unit=unit, is_active=True).order_by("name")


def regions() -> QuerySet[Region]:
    """Return all regions by code."""
    return Region.objects.order_by("code")


def token_digest(secret: str) -> str:
    """Return what is kept of an interface token. The secret has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def member_of_token(secret: str) -> Member | None:
    """Return the active member a token speaks for, with the unit."""
    # From the member's side: no columns of the token; digests are unique, so there is no first to ask for.
    found = Member.objects.select_related("unit").filter(
        pk__in=ApiToken.objects.filter(digest=token_digest(secret), revoked_at=None).values("member"),
        is_active=True,
    )
    return next(iter(found), None)


def tokens_of(member: Member) -> QuerySet[ApiToken]:
    """Return a member's tokens, newest first."""
    return ApiToken.objects.filter(member=member).order_by("-pk")


def saved_filters(member: Member, listing: str) -> QuerySet[SavedFilter]:
    """Return one's own filters of a list and those that colleagues of the unit share."""
    return SavedFilter.objects.filter(
        Q(member=member) | Q(shared=True, member__unit=member.unit), listing=listing
    ).order_by("name")


def offer_filters(page: Page, member: Member) -> Page:
    """Give a list's page the member's saved filters and the way to save the present one; returns the page."""
    key = page.listing.key
    page.saved = [
        Link(saved.name, f"{page.path}?{saved.query}", saved.query == page.query_string, "bookmark")
        for saved in saved_filters(member, key)
    ]
    page.save_url = reverse("agencies:filter-save", args=[key])
    return page


def work_models() -> Iterator[type[Assigned]]:
    """Yield every kind of work that a hand-over moves."""
    for model in apps.get_models():
        if issubclass(model, Assigned) and model.subject_kind:  # a base of several kinds names none itself
            yield model


def open_work(member: Member) -> dict[str, int]:
    """Return how many open records of each kind are in a member's hands."""
    counts = {}
    for model in work_models():
        count = model._default_manager.filter(handler=member, closed_at=None).count()
        if count:
            counts[model.subject_kind] = count
    return counts


def lock_hand_over(hand_over: HandOver) -> HandOver:
    """Lock and return a hand-over."""
    return (
        HandOver.objects.select_for_update(no_key=True, of=("self",))
        .select_related("giver__unit", "receiver__unit")
        .get(pk=hand_over.pk)
    )


def teams_of(member: Member) -> QuerySet[Team]:
    """Return the joint teams a member works in."""
    return Team.objects.filter(members=member, disbanded_at=None)


def members_at(at: datetime) -> QuerySet[Member]:
    """Return all active members with their units, for choice fields."""
    return Member.objects.filter(is_active=True).select_related("unit").order_by("unit__code", "name")


def role_labels(roles: Iterable[str]) -> list[object]:
    """Return roles in words, in the order of the table."""
    return [Role(role).label for role in Role.values if role in set(roles)]


def scope_labels(scopes: Iterable[int]) -> list[str]:
    """Return the names of data scopes."""
    return list(Scope.objects.filter(pk__in=list(scopes)).order_by("pk").values_list("label", flat=True))


def unit_codes(*, scopes: Iterable[int] = (), region: str = "") -> list[str]:
    """Return the codes of the units with these scopes, or of all units of a region."""
    units = Unit.objects.filter(region=region) if region else Unit.objects.filter(scope__in=list(scopes))
    return list(units.order_by("code").values_list("code", flat=True))
