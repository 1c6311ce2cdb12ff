"""红黄绿: how urgent an open duty is, by the time left."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

Light = Literal["red", "yellow", "green", "grey"]

NEAR = 4
"""Yellow begins when a quarter of the term is left (office practice, ADR 0009): it scales from 24 hours to 90 days."""


def light(*, start: datetime, due: datetime, at: datetime) -> Light:
    """Return red once `due` has passed, yellow in the last quarter of the term, green before.

    All three are aware datetimes. A term that was over before it began is red.
    """
    if at > due:
        return "red"
    return "yellow" if (due - at) * NEAR <= (due - start) else "green"
