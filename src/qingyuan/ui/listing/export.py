"""A list as rows of raw values, for a spreadsheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from qingyuan.ui.listing.columns import Column
from qingyuan.ui.listing.declaration import Declaration
from qingyuan.ui.listing.keyset import Order

CHUNK = 2_000
"""Records fetched at a time: memory stays flat whatever the size of the list."""


@dataclass(frozen=True)
class Export:
    """Heads and rows; `rows` can be read once."""

    heads: tuple[str, ...]
    rows: Iterator[list[Any]]


def export(listing: Declaration, queryset: QuerySet[Any], order: Order, names: Iterable[str]) -> Export:
    """`queryset` in `order` as raw values of the columns in `names` (all exportable ones when empty)."""
    wanted = set(names)
    columns = [c for c in listing.columns if c.export and (not wanted or c.name in wanted)]
    ordered = queryset.order_by(*order.expressions())
    return Export(tuple(str(column.label) for column in columns), _rows(ordered, columns))


def _rows(queryset: QuerySet[Any], columns: list[Column]) -> Iterator[list[Any]]:
    for record in queryset.iterator(chunk_size=CHUNK):
        yield [column.raw(record) for column in columns]
