"""What the sender of a letter may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from qingyuan.apps.agencies.models import Member, Unit, UnitKind
from qingyuan.apps.intake.models import Letter, Matter
from qingyuan.apps.intake.queries.registers import by_receipt
from qingyuan.apps.ledger import queries as ledger

ACCOUNT = "portal"
"""User name under which letters from the public are registered; it cannot sign in."""


@dataclass(frozen=True)
class Followed:
    """One matter of a letter as its sender sees it: no unit's notes, no names of officers."""

    matter: Any
    kind: str
    state: str
    unit: str
    received_at: datetime
    closed: bool
    outcome: str


def office() -> Unit | None:
    """Return the 双打办 that the portal belongs to: of the region set, else the only one there is."""
    offices = Unit.objects.filter(kind=UnitKind.OFFICE, active=True).select_related("region").order_by("pk")
    if settings.QINGYUAN_REGION:
        offices = offices.filter(region=settings.QINGYUAN_REGION)
    return offices.first()


def account() -> Member | None:
    """Return the member under whose name the public's letters are registered."""
    return Member.objects.filter(username=ACCOUNT).select_related("unit__region").first()


def letter(code: str) -> Letter | None:
    """Return the letter of a receipt code, or None: a wrong code tells nothing."""
    return by_receipt(code)


def followed(letter: Letter) -> list[Followed]:
    """Return the matters of a letter as its sender may see them."""
    matters = Matter.objects.filter(letter=letter).select_related("unit").order_by("pk")
    return [
        Followed(
            matter=matter,
            kind=matter.get_kind_display(),
            state=ledger.book().workflow(matter.kind).state(matter.state).label,
            unit=matter.unit.short_name if matter.unit else "",
            received_at=matter.received_at,
            closed=matter.closed_at is not None,
            outcome=matter.outcome if matter.closed_at else "",
        )
        for matter in matters
    ]
