"""Who may open the pages of transfers, which ones a member sees, and who acts for which side."""

from __future__ import annotations

from django.db.models import QuerySet

from qingyuan.apps.agencies.access import CASEWORK, ENFORCERS, Door, Rule, roles, visible
from qingyuan.apps.agencies.models import Member, Role, Unit
from qingyuan.apps.transfers.models import Transfer, TransferDocument

STEPPERS = CASEWORK - roles(Role.COORDINATOR)

URLS: dict[str, Rule] = {
    "transfers:list": Rule(roles=CASEWORK),
    "transfers:export": Rule(roles=CASEWORK),
    "transfers:party-panel": Rule(roles=CASEWORK, record="party"),
    "transfers:record": Rule(roles=CASEWORK, record="transfer"),
    "transfers:step": Rule(roles=STEPPERS, record="transfer", writes=True),
    "transfers:attach": Rule(roles=STEPPERS, record="transfer", writes=True),
    "transfers:document": Rule(roles=STEPPERS, record="transfer", writes=True),
    "transfers:document-print": Rule(roles=CASEWORK, record="transfer-document"),
    "transfers:panel": Rule(roles=CASEWORK, record="case"),
    "transfers:propose": Rule(roles=ENFORCERS, record="case", writes=True),
    "transfers:untransferred": Rule(roles=CASEWORK),
    "transfers:untransferred-export": Rule(roles=CASEWORK),
}

POLICE_ROLES = frozenset({Role.POLICE_OFFICER.value})
SIDES: dict[str, str] = {
    Role.OFFICER.value: "sender",
    Role.LEADER.value: "sender",
    Role.POLICE_OFFICER.value: "police",
    Role.PROSECUTOR.value: "procuratorate",
}
"""Role of a workflow edge → the side of the transfer it acts for. A court's clerk acts for no side of it."""


def visible_to(member: Member) -> QuerySet[Transfer]:
    """Return the transfers a member may see: both sides, the procuratorate, the region's office."""
    return visible(Transfer.objects.select_related("sender", "police", "procuratorate", "case"), member)


def documents_visible_to(member: Member) -> QuerySet[TransferDocument]:
    """Return the documents of the transfers a member may see."""
    return TransferDocument.objects.filter(transfer__in=visible_to(member).values("pk")).select_related(
        "transfer", "unit"
    )


def roles_on(transfer: Transfer, member: Member) -> list[str]:
    """Return the member's roles that count on this transfer: a role counts only in the unit whose side it acts for.

    A leader of the police is no leader of the sender; a police officer elsewhere is no party.
    """
    return [
        role
        for role in member.roles
        if role == Role.COURT_CLERK.value
        or (role in SIDES and side(transfer, SIDES[role]).scope_id in member.scopes)
    ]


def side(transfer: Transfer, name: str) -> Unit:
    """Return the unit on a side: `sender`, `police` or `procuratorate`."""
    unit: Unit = getattr(transfer, name)
    return unit


DOORS: dict[str, Door] = {"transfer": visible_to, "transfer-document": documents_visible_to}
