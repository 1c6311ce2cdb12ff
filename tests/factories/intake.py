"""Letters and matters in the states tests need, reached through the real actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qingyuan.apps.agencies.models import Member, Unit
from qingyuan.apps.intake import actions
from qingyuan.apps.intake.models import Matter
from qingyuan.apps.intake.queries.sealing import Sender
from qingyuan.apps.registry.actions import PartyFacts
from qingyuan.basics.clock import CHINA

RECEIVED = datetime(2026, 5, 6, 10, 0, tzinfo=CHINA)
"""A Wednesday, after 令121号 took effect."""

PLANTED_PHONE = "13900001234"
SENDER = Sender(
    name="测试举报人", phone=PLANTED_PHONE, address="青禾区测试路77号", id_number="620499199001010017"
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def incoming(*, at: datetime = RECEIVED, **changes: Any) -> actions.Incoming:
    """The least letter: a complaint from the web about a shop, with its reporter."""
    facts: dict[str, Any] = {
        "port": "web",
        "text": "在青禾区丰味食品店买到假冒白酒,商家拒绝退款。",
        "kinds": ("complaint",),
        "received_at": at,
        "goods": "白酒",
        "respondent": PartyFacts("青禾区丰味食品店", address="青禾区团结路8号"),
        "sender": SENDER,
    }
    return actions.Incoming(**{**facts, **changes})


def received(
    *, by: Member, at: datetime = RECEIVED, unit: Unit | None = None, **changes: Any
) -> actions.Received:
    """A letter received at `at`, handled by `unit` (the member's own if not given)."""
    return actions.receive(incoming=incoming(at=at, unit=unit or by.unit, **changes), by=by, at=at)


def complaint(*, by: Member, at: datetime = RECEIVED, **changes: Any) -> Matter:
    """A complaint just received."""
    return received(by=by, at=at, kinds=("complaint",), **changes).matters[0]


def report(*, by: Member, at: datetime = RECEIVED, **changes: Any) -> Matter:
    """A report just received."""
    return received(by=by, at=at, kinds=("report",), **changes).matters[0]


def accepted_complaint(*, by: Member, at: datetime = RECEIVED, **changes: Any) -> Matter:
    """A complaint accepted at once by its handler."""
    return actions.accept(matter=complaint(by=by, at=at, **changes), by=by, at=at)


def verifying_report(*, by: Member, at: datetime = RECEIVED, **changes: Any) -> Matter:
    """A report whose verification has begun."""
    return actions.verify(matter=report(by=by, at=at, **changes), by=by, at=at)


def paper(requirement: str) -> actions.Paper:
    """A document for a step."""
    return actions.Paper(requirement=requirement, name=f"{requirement}.pdf", content=PDF)
