"""One record of every kind that a URL can name, owned by the market regulator's unit, for the permission test.

Each maker gets the district and returns the record. A kind that stands in the permission table and not here
fails the test, with the kind's name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from qingyuan.apps.agencies import actions as agencies
from tests.factories.agencies import SET_UP, District

LATER = SET_UP + timedelta(days=30)


def unit(district: District) -> Any:
    return district.market


def member(district: District) -> Any:
    return district.officer


def hand_over(district: District) -> Any:
    return agencies.propose_hand_over(
        giver=district.officer, receiver=district.colleague, reason="调离", by=district.officer, at=LATER
    )


def delegation(district: District) -> Any:
    return agencies.grant_delegation(
        principal=district.officer,
        delegate=district.colleague,
        since=LATER,
        until=LATER + timedelta(days=7),
        reason="出差",
        at=LATER,
    )


def token(district: District) -> Any:
    return agencies.issue_token(member=district.officer, name="热线", by=district.officer.actor, at=LATER)[0]


def saved_filter(district: District) -> Any:
    return agencies.save_filter(
        member=district.officer, listing="agencies.units", name="在用", query="active=1", shared=False
    )


def attachment(district: District) -> Any:
    from qingyuan.apps.files import actions as files
    from qingyuan.apps.ledger.actions import Subject

    holder = hand_over(district)
    return files.attach(
        content="移交清单".encode(),
        name="清单.txt",
        subject=Subject.of("hand-over", holder.pk),
        by=district.officer.actor,
        at=LATER,
    )


MAKERS: dict[str, Callable[[District], Any]] = {
    "unit": unit,
    "member": member,
    "hand-over": hand_over,
    "delegation": delegation,
    "token": token,
    "saved-filter": saved_filter,
    "attachment": attachment,
}

SEEN_BY_ALL = frozenset({"unit"})
"""Kinds that every signed-in member may see, whatever the unit."""

PERSONAL = frozenset({"token", "saved-filter", "delegation", "hand-over", "member", "attachment"})
"""Kinds that belong to a person or stay inside the unit: the cooperating unit is as much a stranger as any other."""
