"""Who may look parties up: everybody with casework; what happened to them is seen through its own doors."""

from __future__ import annotations

from django.db.models import QuerySet

from qingyuan.apps.agencies.access import CASEWORK, Rule
from qingyuan.apps.agencies.models import Member
from qingyuan.apps.registry.models import Party

URLS: dict[str, Rule] = {
    "registry:parties": Rule(roles=CASEWORK),
    "registry:export": Rule(roles=CASEWORK),
    "registry:party": Rule(roles=CASEWORK, record="party"),
}


def visible_to(member: Member) -> QuerySet[Party]:
    """Return the parties a member may look up: all for casework, none for who only keeps the system."""
    parties = Party.objects.select_related("region")
    return parties if member.has_role(*CASEWORK) else parties.none()


DOORS = {"party": visible_to}
