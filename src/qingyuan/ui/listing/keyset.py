"""Paging by key: a page starts after a known (value, id), so page 5,000 costs what page 1 costs. No OFFSET.

PostgreSQL puts NULL last ascending and first descending; that order is kept unless asked otherwise, because a
plain index serves it in both directions. `value > v OR value IS NULL` would defeat the index, so a nullable key is
read as two ranges, the second only when the first did not fill the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from qingyuan.ui.listing import patience

_SALT = "qingyuan.ui.listing.cursor"
_SORT = "listing_sort_value"


@dataclass(frozen=True)
class Order:
    """The order of a list: column name, ORM path, direction, and where NULL stands."""

    name: str
    path: str
    descending: bool
    nullable: bool
    nulls_last: bool = False

    @property
    def token(self) -> str:
        """As in the page's address: `due_at` or `-due_at`."""
        return ("-" if self.descending else "") + self.name

    def _nulls_at_end(self, backwards: bool) -> bool:
        return (self.nulls_last or not self.descending) != backwards

    def expressions(self, backwards: bool = False) -> list[OrderBy]:
        """ORDER BY, reversed as a whole when `backwards`."""
        descending = self.descending != backwards
        key = F(self.path)
        if not self.nullable or self._nulls_at_end(backwards) != descending:
            first = key.desc() if descending else key.asc()
        elif descending:
            first = key.desc(nulls_last=True)
        else:
            first = key.asc(nulls_first=True)
        return [first, F("pk").desc() if descending else F("pk").asc()]

    def ranges(self, value: Any, pk: Any, backwards: bool = False) -> list[Q]:
        """The ranges that come after (value, pk) in this order, in the order to read them."""
        step = "lt" if self.descending != backwards else "gt"
        later = Q(**{f"pk__{step}": pk})
        null = Q(**{f"{self.path}__isnull": True})
        if value is None:
            rest = [] if self._nulls_at_end(backwards) else [~null]
            return [null & later, *rest]
        # The redundant bound lets the index start at the value; the OR alone would read everything before it.
        bound = Q(**{f"{self.path}__{step}e": value})
        seek = bound & (Q(**{f"{self.path}__{step}": value}) | later)
        return [seek, null] if self.nullable and self._nulls_at_end(backwards) else [seek]


@dataclass(frozen=True)
class Cursor:
    """A place in an ordered list: the (value, pk) of a row, and whether the page lies before it."""

    order: str
    value: Any
    pk: Any
    backwards: bool

    def encode(self) -> str:
        """Opaque and signed, so that a hand-made one is refused instead of reaching the database."""
        parts = [self.order, _plain(self.value), _plain(self.pk), self.backwards]
        return signing.dumps(parts, salt=_SALT)

    @classmethod
    def decode(cls, text: str) -> "Cursor | None":
        """The cursor in `text`; None when it was altered or made by another installation."""
        try:
            order, value, pk, backwards = signing.loads(text, salt=_SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(order, _typed(value), _typed(pk), bool(backwards))


@dataclass(frozen=True)
class Slice:
    """One page of records with the cursors that lead on from it; None where there is no more."""

    records: Sequence[Any]
    previous: Cursor | None
    next: Cursor | None


def read(queryset: QuerySet[Any], order: Order, cursor: Cursor | None, size: int) -> Slice:
    """The `size` records after (or before) `cursor`, in `order`: one query, two where a nullable key changes range."""
    backwards = bool(cursor and cursor.backwards)
    ordered = queryset.annotate(**{_SORT: F(order.path)}).order_by(*order.expressions(backwards))
    if cursor is None:
        found = patience.rows(ordered[: size + 1])
    else:
        found = []
        for span in order.ranges(cursor.value, cursor.pk, backwards):
            found += patience.rows(ordered.filter(span)[: size + 1 - len(found)])
            if len(found) > size:
                break
    more, records = len(found) > size, found[:size]
    if backwards:
        records.reverse()
    if not records:
        return Slice((), None, None)
    before, after = (more, True) if backwards else (cursor is not None, more)
    return Slice(
        records,
        _at(records[0], order, True) if before else None,
        _at(records[-1], order, False) if after else None,
    )


def _at(record: Any, order: Order, backwards: bool) -> Cursor:
    return Cursor(order.token, getattr(record, _SORT), record.pk, backwards)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, UUID):
        return {"uuid": str(value)}
    return value


_READERS: dict[str, Any] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
    "uuid": UUID,
}


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return _READERS[kind](text)
    return value
