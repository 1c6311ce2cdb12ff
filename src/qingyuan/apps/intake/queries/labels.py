"""Words for what the register shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qingyuan.apps.intake.models import MatterKind, Port
from qingyuan.apps.ledger.queries import book
from qingyuan.ui.listing import Listing

KINDS = tuple(MatterKind.choices)
PORTS = tuple(Port.choices)
TONES = {
    "waiting": "yellow",
    "active": "blue",
    "done": "green",
    "stopped": "grey",
    "refused": "red",
    "moved": "purple",
}


def states() -> tuple[tuple[str, str], ...]:
    """Return every state of the three workflows, each word once."""
    found: dict[str, str] = {}
    for kind, _label in KINDS:
        for state in book().workflow(kind).states.values():
            found.setdefault(state.id, state.label)
    return tuple(found.items())


def state_label(matter: Any) -> str:
    """Return the state in the lawbook's words."""
    return book().workflow(matter.kind).state(matter.state).label


def state_tone(matter: Any) -> str:
    """Return the colour class of the state."""
    return TONES[book().workflow(matter.kind).state(matter.state).light]


def unit_label(matter: Any) -> str:
    """Return who handles it, or that nobody does yet."""
    return matter.unit.short_name if matter.unit else "待分派"


def replaced(listing: Listing, **changes: Any) -> Listing:
    """Return the list with something declared otherwise."""
    return replace(listing, **changes)
