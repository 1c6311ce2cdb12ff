"""Lists of records: declared once, then filtered, sorted, paged, counted, selected and exported alike everywhere."""

from qingyuan.ui.listing.columns import Column
from qingyuan.ui.listing.counting import CAP
from qingyuan.ui.listing.declaration import Empty, Preset
from qingyuan.ui.listing.export import Export
from qingyuan.ui.listing.filters import Boolean, Choice, DateRange, Filter, MultiChoice, NumberRange
from qingyuan.ui.listing.listing import Listing
from qingyuan.ui.listing.page import BulkAction, Link, Page, respond
from qingyuan.ui.listing.selection import Selection

__all__ = [
    "CAP",
    "Boolean",
    "BulkAction",
    "Choice",
    "Column",
    "DateRange",
    "Empty",
    "Export",
    "Filter",
    "Link",
    "Listing",
    "MultiChoice",
    "NumberRange",
    "Page",
    "Preset",
    "Selection",
    "respond",
]
