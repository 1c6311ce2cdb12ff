"""What can be asked of a declared list: a page, a selection, an export."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from qingyuan.ui.listing import keyset
from qingyuan.ui.listing.counting import count_soon
from qingyuan.ui.listing.declaration import Declaration
from qingyuan.ui.listing.export import Export, export
from qingyuan.ui.listing.page import Page, build
from qingyuan.ui.listing.selection import Selection, select


@dataclass(frozen=True)
class Listing(Declaration):
    """A list of records, declared once as a module-level constant. The fields are those of `Declaration`."""

    def page(self, queryset: QuerySet[Any], query: QueryDict, path: str = "") -> Page:
        """The page that the address asks for: one query for the rows, one for the capped count.

        `queryset` is already access-filtered and carries the select_related the columns need.
        """
        narrowed = self.narrow(queryset, query)
        order = self.order(query, queryset)
        notices = list(narrowed.errors)
        cursor = None
        if "at" in query:
            cursor = keyset.Cursor.decode(query["at"])
            if cursor is None or cursor.order != order.token:
                cursor = None
                notices.append(_("翻页位置已失效，已回到第一页。"))
        size = self.size(query)
        found = keyset.read(narrowed.queryset, order, cursor, size)
        total = count_soon(narrowed.queryset)
        return build(self, narrowed, query, path, order, size, found, total, notices)

    def selection(self, queryset: QuerySet[Any], data: QueryDict) -> Selection:
        """The records chosen in a posted bulk form: ticked ones, or all that its filter selects.

        Raises BadRequest for an id that cannot be one.
        """
        return select(self, queryset, data)

    def export(self, queryset: QuerySet[Any], query: QueryDict, columns: Iterable[str] = ()) -> Export:
        """All that the filter selects, in the list's order, as heads and raw values (streamed, 2,000 rows a fetch)."""
        return export(self, self.narrow(queryset, query).queryset, self.order(query, queryset), columns)
