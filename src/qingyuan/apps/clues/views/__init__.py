"""Pages of the clues department."""

from qingyuan.apps.clues.views.browsing import clue_list, correct, export, file_items, new, record
from qingyuan.apps.clues.views.pairs import bulk_assign, bulk_merge, pair, pairs
from qingyuan.apps.clues.views.parties import panel_response, party_of, party_panel
from qingyuan.apps.clues.views.printing import document_print
from qingyuan.apps.clues.views.reports import add_reports, of_reports
from qingyuan.apps.clues.views.steps import (
    attach,
    document,
    document_approve,
    matter_unlink,
    posted,
    receipt,
    separate,
    step,
)

__all__ = [
    "add_reports",
    "attach",
    "bulk_assign",
    "bulk_merge",
    "clue_list",
    "correct",
    "document",
    "document_approve",
    "document_print",
    "export",
    "file_items",
    "matter_unlink",
    "new",
    "of_reports",
    "pair",
    "pairs",
    "panel_response",
    "party_of",
    "party_panel",
    "posted",
    "receipt",
    "record",
    "separate",
    "step",
]
