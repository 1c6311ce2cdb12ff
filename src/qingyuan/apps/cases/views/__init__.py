"""Pages of the cases department."""

from qingyuan.apps.cases.views.browsing import case_list, evidence, export, index, record
from qingyuan.apps.cases.views.contents import (
    add,
    attach,
    document,
    document_approve,
    document_docx,
    document_print,
    goods_dispose,
    money_confirm,
    money_strike,
    preservation_end,
    statement_waive,
    transfer_test,
)
from qingyuan.apps.cases.views.parties import party_panel
from qingyuan.apps.cases.views.steps import bulk_assign, correct, file, officers, step

__all__ = [
    "add",
    "attach",
    "bulk_assign",
    "case_list",
    "correct",
    "document",
    "document_approve",
    "document_docx",
    "document_print",
    "evidence",
    "export",
    "file",
    "goods_dispose",
    "index",
    "money_confirm",
    "money_strike",
    "officers",
    "party_panel",
    "preservation_end",
    "record",
    "statement_waive",
    "step",
    "transfer_test",
]
