"""Counting with a cap: a person does not need to know whether it is 312,004 or 312,005."""

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingyuan.ui.formats import capped
from qingyuan.ui.listing import patience

CAP = 10_000
"""Counting stops here."""
PATIENCE = 60
"""Milliseconds that a page waits for its count; after that it shows the planner's estimate and says so."""


@dataclass(frozen=True)
class Count:
    """`total` is one more than the cap where there are more; `text` says `10,000+` then."""

    total: int
    text: str


def count(queryset: QuerySet[Any]) -> Count:
    """How many records `queryset` has, in one query that reads no more than the cap and one."""
    return counted(queryset.order_by().values("pk")[: CAP + 1].count())


def count_soon(queryset: QuerySet[Any]) -> Count:
    """As `count`, but within PATIENCE: a page does not wait for a figure that nobody acts on.

    Where the database needs longer (a filter that no index serves, over a million records), the text is the planner's
    estimate, marked 约. Inside a transaction it counts as `count` does, because giving up would end the transaction.
    """
    if connection.in_atomic_block:
        return count(queryset)
    with suppress(patience.TookTooLongError):
        return patience.within(PATIENCE, lambda: count(queryset))
    plan = json.loads(queryset.order_by().values("pk").explain(format="json"))
    estimate = _rough(plan[0]["Plan"]["Plan Rows"])
    return Count(min(estimate, CAP + 1), _("约 {n}").format(n=capped(estimate, CAP)))


def counted(total: int) -> Count:
    """A number already known, in the same words."""
    return Count(total, capped(total, CAP))


def _rough(estimate: int) -> int:
    """Two digits of a number: an estimate that looks exact would be taken for exact."""
    return round(estimate, min(0, 2 - len(str(estimate))))
