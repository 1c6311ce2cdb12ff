"""Counting with a cap: a person does not need to know whether it is 312,004 or 312,005."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from qingyuan.ui.formats import capped

CAP = 10_000
"""Counting stops here."""


@dataclass(frozen=True)
class Count:
    """`total` is one more than the cap where there are more; `text` says `10,000+` then."""

    total: int
    text: str


def count(queryset: QuerySet[Any]) -> Count:
    """How many records `queryset` has, in one query that reads no more than the cap and one."""
    return counted(queryset.order_by().values("pk")[: CAP + 1].count())


def counted(total: int) -> Count:
    """A number already known, in the same words."""
    return Count(total, capped(total, CAP))
