"""工作台: what waits for a member, gathered from every department; urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from qingyuan.apps.ledger import queries as ledger
from qingyuan.ui.shapes import DutyCard

if TYPE_CHECKING:
    from qingyuan.apps.agencies.models import Member

CAP = 1000
"""Counts on cards stop here; a thousand open duties are not told apart by their number."""
SHOWN = 20


@dataclass(frozen=True)
class Card:
    """A count that leads to its list."""

    label: Any
    value: str
    url: str
    icon: str
    tone: str = ""
    note: Any = ""


def capped(rows: QuerySet[Any]) -> str:
    """Return a count as shown: exact up to the cap, then the cap with a plus."""
    count = rows.order_by().values("pk")[: CAP + 1].count()
    return f"{CAP}+" if count > CAP else str(count)


def own_duties(member: Member) -> QuerySet[Any]:
    """Return the open duties of the member's unit, the most urgent first."""
    return ledger.open_duties().filter(unit=member.unit.code)


def urgent(member: Member, *, at: datetime) -> list[DutyCard]:
    """Return the most urgent duties of the unit as cards."""
    book, calendar = ledger.book(), ledger.calendar()
    return [
        ledger.duty_card(duty, at=at, book=book, calendar=calendar, explained=False)
        for duty in own_duties(member)[:SHOWN]
    ]
