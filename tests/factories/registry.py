"""Parties, through the real action."""

from __future__ import annotations

from datetime import datetime

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.registry.actions import PartyFacts, find_or_register
from qingyuan.apps.registry.models import Party


def party(*, by: Member, at: datetime, name: str = "青禾区丰味食品店", **facts: str) -> Party:
    """Register a synthetic party."""
    return find_or_register(facts=PartyFacts(name=name, **facts), by=by.actor, at=at)
