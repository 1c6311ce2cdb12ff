"""Columns of a list: where the value comes from, how it is shown, by which indexed field it sorts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from qingyuan.ui.formats import shown
from qingyuan.ui.listing.keyset import Order

Value = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """One column.

    name      key in the export's column choice and in the page's address (`?sort=name`)
    label     Chinese head (a lazy translation)
    value     attribute path (`unit.short_name`) or callable(record); default: `name`. Raw: exports keep its type
    show      callable(record) -> text for the screen; default: the raw value by its type
    template  template for the cell (context: `record`, `value`), where text is not enough
    sort      ORM path to sort by; must be backed by an index on (path, id). Empty: the head is not a link
    nullable  whether `sort` can be NULL; found from the model when None
    nulls_last  keep NULL at the end when descending too: needs an index declared `DESC NULLS LAST`
    priority  on a phone: 1 the card's title, 2 shown, 3 hidden
    numeric   right-aligned, tabular figures
    export    False keeps it out of the spreadsheet (a column of buttons)
    """

    name: str
    label: Any
    value: str | Value | None = None
    show: Callable[[Any], Any] | None = None
    template: str = ""
    sort: str = ""
    nullable: bool | None = None
    nulls_last: bool = False
    priority: int = 2
    numeric: bool = False
    export: bool = True

    def raw(self, record: Any) -> Any:
        """The value itself, with its type; a missing link in the path gives None."""
        source = self.value or self.name
        if callable(source):
            return source(record)
        for step in source.split("."):
            record = getattr(record, step, None)
            if callable(record):
                record = record()
        return record

    def text(self, record: Any) -> Any:
        """What a person reads in the cell."""
        return self.show(record) if self.show else shown(self.raw(record))

    def order(self, model: type[Model], descending: bool) -> Order:
        """How the list is ordered when this column's head is chosen."""
        nullable = can_be_null(model, self.sort) if self.nullable is None else self.nullable
        return Order(self.name, self.sort, descending, nullable, self.nulls_last)


def can_be_null(model: type[Model], path: str) -> bool:
    """Whether the ORM `path` from `model` may yield NULL. An annotation may: nothing promises otherwise."""
    current: Any = model
    for step in path.split("__"):
        if step == "pk":
            return False
        try:
            field = current._meta.get_field(step)
        except FieldDoesNotExist:
            return True
        if field.null:
            return True
        current = field.related_model or current
    return False
