"""One page of a list, ready for its template; and the answer that sends the full page or the rows alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from qingyuan.ui.listing.columns import Column
from qingyuan.ui.listing.counting import Count
from qingyuan.ui.listing.declaration import Declaration, Narrowed
from qingyuan.ui.listing.filters import Tag
from qingyuan.ui.listing.keyset import Cursor, Order, Slice

FRAGMENT = "ui/_rows.htmx.html"


@dataclass(frozen=True)
class Link:
    """An address with its words. `current`: it is where we are."""

    label: Any
    url: str
    current: bool = False
    icon: str = ""


@dataclass(frozen=True)
class BulkAction:
    """A button of the bulk bar: posts the selection to `url`, which shows the count before anything happens."""

    label: Any
    url: str
    icon: str = "square-check"
    tone: str = ""


@dataclass(frozen=True)
class Head:
    """A column's head: `sort_url` empty where it does not sort; `direction`: ascending, descending or empty."""

    column: Column
    sort_url: str
    direction: str


@dataclass(frozen=True)
class Cell:
    """One value of one row."""

    column: Column
    record: Any

    @property
    def text(self) -> Any:
        """As a person reads it."""
        return self.column.text(self.record)

    @property
    def value(self) -> Any:
        """With its type, for a cell template."""
        return self.column.raw(self.record)


@dataclass(frozen=True)
class Row:
    """One record with its cells and its address."""

    record: Any
    cells: tuple[Cell, ...]
    url: str

    @property
    def pk(self) -> Any:
        """The record's id, for its check box."""
        return self.record.pk


@dataclass
class Page:
    """What `ui/list_page.html` shows. The view fills the last five, which depend on what the member may do."""

    listing: Declaration
    path: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    tags: list[tuple[Tag, str]]
    controls: list[dict[str, Any]]
    presets: list[Link]
    sizes: list[Link]
    search: str
    notices: list[str]
    total: int
    count: str
    narrowed: bool
    sort: str
    size: int
    query_string: str
    clear_url: str
    first_url: str
    previous_url: str
    next_url: str
    saved: Sequence[Link] = ()
    save_url: str = ""
    bulk: Sequence[BulkAction] = ()
    import_url: str = ""
    export_url: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def searchable(self) -> bool:
        """Whether there is a search box. (A template would call `listing.search`.)"""
        return self.listing.search is not None

    @property
    def export_link(self) -> str:
        """The export of what the filter selects now."""
        return f"{self.export_url}?{self.query_string}" if self.query_string else self.export_url

    @property
    def open_filters(self) -> bool:
        """Whether the filter form stands open: a filter (not only the search) is active."""
        return any(
            control["value"] or control.get("first") or control.get("last") for control in self.controls
        )


def respond(
    request: HttpRequest,
    page: Page,
    template: str = "ui/list_page.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The full page, or for HTMX aiming at the list only its rows. The same address serves both: `Vary` says so."""
    details = getattr(request, "htmx", None)
    fragment = bool(details) and not details.boosted and details.target == "listing"
    response = render(request, FRAGMENT if fragment else template, {**(context or {}), "page": page})
    response.headers["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


def build(
    listing: Declaration,
    narrowed: Narrowed,
    query: QueryDict,
    path: str,
    order: Order,
    size: int,
    found: Slice,
    total: Count,
    notices: list[str],
) -> Page:
    """Assemble a page from what was read."""
    kept = _kept(listing, narrowed, query)
    addresses = _Addresses(path, kept)
    return Page(
        listing=listing,
        path=path,
        heads=tuple(_head(column, order, addresses) for column in listing.columns),
        rows=tuple(_row(listing, record) for record in found.records),
        tags=[(tag, addresses.without(tag)) for tag in listing.tags(narrowed)],
        controls=[item.control(narrowed.values.get(item.name)) for item in listing.filters],
        presets=_presets(listing, path, kept),
        sizes=[Link(str(count), addresses.with_(size=str(count)), count == size) for count in listing.sizes],
        search=narrowed.search,
        notices=notices,
        total=total.total,
        count=total.text,
        narrowed=narrowed.active,
        sort=kept.get("sort", ""),
        size=size,
        query_string=kept.urlencode(),
        clear_url=_Addresses(path, _only(kept, ("sort", "size"))).here(),
        first_url=addresses.here(),
        previous_url=addresses.at(found.previous),
        next_url=addresses.at(found.next),
    )


class _Addresses:
    """Addresses near the present one: same filters, one thing changed, always from the first page."""

    def __init__(self, path: str, kept: QueryDict) -> None:
        self.path, self.kept = path, kept

    def here(self) -> str:
        return self._url(self.kept)

    def with_(self, **changes: str) -> str:
        query = self.kept.copy()
        for name, value in changes.items():
            query[name] = value
        return self._url(query)

    def without(self, tag: Tag) -> str:
        query = self.kept.copy()
        for name, word in tag.drop:
            query.setlist(
                name, [other for other in query.getlist(name) if word is not None and other != word]
            )
        return self._url(query)

    def at(self, cursor: Cursor | None) -> str:
        return self.with_(at=cursor.encode()) if cursor else ""

    def _url(self, query: QueryDict) -> str:
        text = query.urlencode()
        return f"{self.path}?{text}" if text else self.path or "?"


def _kept(listing: Declaration, narrowed: Narrowed, query: QueryDict) -> QueryDict:
    """The part of the address that means something: unknown parameters and refused values do not travel on."""
    kept = QueryDict(mutable=True)
    if narrowed.search:
        kept["q"] = narrowed.search
    for item in listing.filters:
        if item.name in narrowed.values:
            for name in item.parameters:
                words = [word for word in query.getlist(name) if word.strip()]
                if words:
                    kept.setlist(name, words)
    for name in ("sort", "size"):
        if query.get(name):
            kept[name] = query[name]
    return kept


def _only(query: QueryDict, names: Sequence[str]) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name in names:
        if name in query:
            kept[name] = query[name]
    return kept


def _head(column: Column, order: Order, addresses: _Addresses) -> Head:
    if not column.sort:
        return Head(column, "", "")
    if column.name != order.name:
        return Head(column, addresses.with_(sort=column.name), "")
    flipped = column.name if order.descending else "-" + column.name
    return Head(column, addresses.with_(sort=flipped), "descending" if order.descending else "ascending")


def _row(listing: Declaration, record: Any) -> Row:
    cells = tuple(Cell(column, record) for column in listing.columns)
    return Row(record, cells, listing.row_url(record) if listing.row_url else "")


def _presets(listing: Declaration, path: str, kept: QueryDict) -> list[Link]:
    now = {name: words for name, words in kept.lists() if name not in ("sort", "size")}
    links = []
    for preset in listing.presets:
        query = _only(kept, ("sort", "size"))
        wanted: dict[str, list[str]] = {}
        for name, word in preset.parameters:
            wanted.setdefault(name, []).append(word)
        for name, words in wanted.items():
            query.setlist(name, words)
        links.append(Link(preset.label, _Addresses(path, query).here(), wanted == now))
    return links
