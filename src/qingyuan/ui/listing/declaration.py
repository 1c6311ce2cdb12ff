"""The declaration of a list, and how it reads an address: search, filters, order, size, saved filters."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from qingyuan.ui.listing import keyset
from qingyuan.ui.listing.columns import Column
from qingyuan.ui.listing.filters import Choice, Choices, Filter, Tag

RESERVED = frozenset({"q", "sort", "size", "at", "selected", "scope", "filter", "csrfmiddlewaretoken"})
"""Parameters that belong to the list itself."""

Search = Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True)
class Preset:
    """A quick filter above the list: its label and the parameters it stands for (`(("state", "open"),)`)."""

    label: Any
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Empty:
    """What an empty list says, and what to do next."""

    title: Any
    text: Any = ""
    url: str = ""
    action: Any = ""


@dataclass(frozen=True)
class Narrowed:
    """A queryset after search and filters, with what the address said."""

    queryset: QuerySet[Any]
    search: str
    values: dict[str, Any]
    errors: tuple[str, ...]

    @property
    def active(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.search or self.values)


@dataclass(frozen=True)
class Declaration:
    """What a list is, and how it reads an address; `Listing` adds pages, selections and exports.

    key           name of the list, for saved filters
    columns       in order; the first with priority 1 is the title
    default_sort  a sortable column's name, `-` before it for descending
    search        callback(queryset, text) for the quick search (the department's bigram index); None: no search box
    row_url       callable(record) -> address of the record's page
    selectable    rows have check boxes (there are bulk actions)
    """

    key: str
    columns: tuple[Column, ...]
    default_sort: str
    filters: tuple[Filter, ...] = ()
    search: Search | None = None
    search_hint: Any = ""
    presets: tuple[Preset, ...] = ()
    sizes: tuple[int, ...] = (25, 50, 100)
    row_url: Callable[[Any], str] | None = None
    selectable: bool = False
    empty: Empty | None = None

    def __post_init__(self) -> None:
        names = [parameter for item in self.filters for parameter in item.parameters]
        taken = RESERVED.intersection(names)
        if taken or len(set(names)) < len(names):
            raise ValueError(f"列表 {self.key}：筛选参数 {sorted(taken) or names} 是保留名或重复，请换名。")
        if not self._column(self.default_sort.lstrip("-")):
            raise ValueError(f"列表 {self.key}：默认排序 {self.default_sort} 不是可排序的列。")

    def with_choices(self, **choices: Choices) -> Self:
        """The same list with these choices for its filters (the units this member may see)."""
        filters = tuple(
            replace(item, choices=choices[item.name])
            if isinstance(item, Choice) and item.name in choices
            else item
            for item in self.filters
        )
        return replace(self, filters=filters)

    def narrow(self, queryset: QuerySet[Any], query: QueryDict) -> Narrowed:
        """`queryset` after the search and filters in `query`. What makes no sense is ignored and said in `errors`."""
        text = query.get("q", "").strip() if self.search else ""
        if self.search and text:
            queryset = self.search(queryset, text)
        values: dict[str, Any] = {}
        errors: list[str] = []
        for item in self.filters:
            reading = item.read(query)
            errors += reading.errors
            if reading.value is not None:
                values[item.name] = reading.value
                queryset = item.narrow(queryset, reading.value)
        return Narrowed(queryset, text, values, tuple(errors))

    def order(self, query: QueryDict, queryset: QuerySet[Any]) -> keyset.Order:
        """The order asked for, or the default where the address names no sortable column."""
        token = query.get("sort", "")
        column = self._column(token.lstrip("-"))
        if column is None:
            token = self.default_sort
            column = self._column(token.lstrip("-"))
        assert column is not None  # __post_init__ refuses a default that is not sortable
        return column.order(queryset.model, token.startswith("-"))

    def size(self, query: QueryDict) -> int:
        """Rows a page: one of `sizes`, else the first of them."""
        text = query.get("size", "")
        return int(text) if text in map(str, self.sizes) else self.sizes[0]

    def tags(self, narrowed: Narrowed) -> list[Tag]:
        """Removable tags for all that narrows the list."""
        tags = [Tag(_("搜索"), narrowed.search, (("q", None),))] if narrowed.search else []
        for item in self.filters:
            if item.name in narrowed.values:
                tags += item.tags(narrowed.values[item.name])
        return tags

    def to_saved(self, query: QueryDict) -> dict[str, list[str]]:
        """What to store of an address as a saved filter: search, filters and order; JSON-safe."""
        known = [name for item in self.filters for name in item.parameters]
        return {name: query.getlist(name) for name in ("q", *known, "sort") if any(query.getlist(name))}

    def from_saved(self, saved: dict[str, list[str]]) -> str:
        """The query string of a saved filter. Raises BadRequest where it is not one."""
        if not isinstance(saved, dict) or not all(isinstance(words, list) for words in saved.values()):
            raise BadRequest(_("保存的筛选已损坏，请删除后重新保存。"))
        query = QueryDict(mutable=True)
        for name, words in saved.items():
            query.setlist(name, words)
        return query.urlencode()

    def _column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name and column.sort), None)
