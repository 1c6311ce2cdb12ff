"""Pages of the transfers department."""

from qingyuan.apps.transfers.views.lists import (
    transfer_export,
    transfer_list,
    untransferred,
    untransferred_export,
)
from qingyuan.apps.transfers.views.parties import party_panel
from qingyuan.apps.transfers.views.record import document_print, panel, record
from qingyuan.apps.transfers.views.steps import attach, document, propose, step

__all__ = [
    "attach",
    "document",
    "document_print",
    "panel",
    "party_panel",
    "propose",
    "record",
    "step",
    "transfer_export",
    "transfer_list",
    "untransferred",
    "untransferred_export",
]
