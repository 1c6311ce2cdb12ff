"""工作台: what waits for a member, gathered from every department; urgent first.

Each card is one capped count with the list it counts behind it, and is shown to the roles it is work for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.agencies import queries as agencies
from qingyuan.apps.cases import access as cases
from qingyuan.apps.clues import access as clues
from qingyuan.apps.intake import access as intake
from qingyuan.apps.intake.queries import registers
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.apps import unit_names
from qingyuan.apps.plan import access as plan
from qingyuan.apps.transfers import access as transfers
from qingyuan.apps.transfers import queries as transferring
from qingyuan.site.permission_table import permission_table
from qingyuan.ui.shapes import DutyCard

if TYPE_CHECKING:
    from qingyuan.apps.agencies.models import Member

CAP = 1000
"""Counts on cards stop here; a thousand open duties are not told apart by their number."""
SHOWN = 20
SOON = timedelta(days=2)

HANDLERS = ("officer", "leader")
OVERSEERS = ("coordinator", "prosecutor")
SUPERVISED = ("clue", "case", "transfer")
"""Kinds of record whose clocks the procuratorate watches; complaints are none of its business."""


@dataclass(frozen=True)
class Card:
    """A count that leads to its list."""

    label: Any
    value: str
    url: str
    icon: str
    tone: str = ""


@dataclass(frozen=True)
class Kind:
    """A card to be: whose work it is, what it counts, where it leads. A tone shows only when there is something."""

    label: Any
    roles: tuple[str, ...]
    rows: Callable[[Member, datetime], QuerySet[Any]]
    url_name: str
    query: tuple[tuple[str, str], ...] = ()
    icon: str = "inbox"
    tone: str = ""

    def card(self, member: Member, at: datetime) -> Card:
        """Count and return the card."""
        count = self.rows(member, at).order_by().values("pk")[: CAP + 1].count()
        url = reverse(self.url_name) + (f"?{urlencode(self.query)}" if self.query else "")
        value = f"{CAP}+" if count > CAP else str(count)
        return Card(self.label, value, url, self.icon, self.tone if count else "")


def duties_of(member: Member) -> QuerySet[Any]:
    """Return the open duties a member is to watch, the most urgent first.

    One's own unit's (and those below, by data scope); the office those of all units of the region; the
    procuratorate also the clocks of every clue, case and transfer there.
    """
    duties = ledger.open_duties()
    own = agencies.unit_codes(scopes=member.scopes)
    if not member.has_role(*OVERSEERS):
        return duties.filter(unit__in=own)
    region = agencies.unit_codes(region=member.unit.region_id)
    if member.has_role("coordinator"):
        return duties.filter(unit__in={*own, *region})
    return duties.filter(unit__in=own) | duties.filter(unit__in=region, subject_kind__in=SUPERVISED)


KINDS = (
    Kind(
        _("逾期期限"),
        (*HANDLERS, *OVERSEERS, "police_officer"),
        lambda member, at: duties_of(member).filter(due_at__lt=at, paused_since=None),
        "duties",
        (("due", "late"),),
        "alarm",
        "red",
    ),
    Kind(
        _("两日内到期"),
        (*HANDLERS, *OVERSEERS, "police_officer"),
        lambda member, at: duties_of(member).filter(due_at__gte=at, due_at__lt=at + SOON, paused_since=None),
        "duties",
        (("due", "soon"),),
        "hourglass",
        "yellow",
    ),
    Kind(
        _("待分派来件"),
        ("coordinator",),
        lambda member, at: registers.unrouted(intake.visible_to(member)),
        "intake:matters",
        (("waiting", "unrouted"),),
        "inbox",
        "yellow",
    ),
    Kind(
        _("未办结来件"),
        HANDLERS,
        lambda member, at: intake.visible_to(member).filter(unit=member.unit, closed_at=None),
        "intake:matters",
        (("waiting", "open"),),
        "mail",
    ),
    Kind(
        _("核查中线索"),
        HANDLERS,
        lambda member, at: clues.visible_to(member).filter(unit=member.unit, closed_at=None),
        "clues:list",
        (),
        "bulb",
    ),
    Kind(
        _("在办案件"),
        HANDLERS,
        lambda member, at: cases.visible_to(member).filter(unit=member.unit, closed_at=None),
        "cases:list",
        (),
        "gavel",
    ),
    Kind(
        _("办理中的移送"),
        (*HANDLERS, "police_officer", *OVERSEERS),
        lambda member, at: transfers.visible_to(member).filter(closed_at=None),
        "transfers:list",
        (),
        "transfer",
    ),
    Kind(
        _("待监督的移送"),
        ("prosecutor",),
        lambda member, at: transfers.visible_to(member).filter(
            state__in=("supervision_suggested", "reasons_requested", "reasons_stated")
        ),
        "transfers:list",
        (("state", "supervision_suggested"), ("state", "reasons_requested"), ("state", "reasons_stated")),
        "eye-check",
        "yellow",
    ),
    Kind(
        _("应移未移"),
        (*OVERSEERS, "leader"),
        lambda member, at: transferring.untransferred(cases.visible_to(member)),
        "transfers:untransferred",
        (),
        "alert-triangle",
        "red",
    ),
    Kind(
        _("未办结任务"),
        ("officer", "leader", "police_officer", "prosecutor", "court_clerk", "destruction_supervisor"),
        lambda member, at: plan.tasks_visible_to(member).filter(unit=member.unit, closed_at=None),
        "plan:tasks-mine",
        (),
        "checklist",
    ),
    Kind(
        _("逾期任务"),
        ("coordinator",),
        lambda member, at: plan.tasks_visible_to(member).filter(closed_at=None, due_at__lt=at),
        "plan:tasks",
        (("overdue", "1"),),
        "checklist",
        "red",
    ),
    Kind(
        _("督办件"),
        ("coordinator", "leader", "officer", "police_officer", "prosecutor", "court_clerk"),
        lambda member, at: plan.supervisions_visible_to(member).filter(closed_at=None),
        "plan:supervisions",
        (),
        "bell",
    ),
)


def cards(member: Member, *, at: datetime) -> Iterator[Card]:
    """Yield the member's cards in the order of the table; one query each."""
    table = permission_table()
    for kind in KINDS:
        if member.has_role(*kind.roles) and table[kind.url_name].admits(member):
            yield kind.card(member, at)


def urgent(member: Member, *, at: datetime) -> list[DutyCard]:
    """Return the most urgent duties as cards; a paused clock is not urgent."""
    duties = list(duties_of(member).filter(paused_since=None)[:SHOWN])
    book, calendar, units = ledger.book(), ledger.calendar(), unit_names() if duties else {}
    return [
        ledger.duty_card(duty, at=at, book=book, calendar=calendar, units=units, explained=False)
        for duty in duties
    ]
