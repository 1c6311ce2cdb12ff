"""Read cases."""

from qingyuan.apps.cases.queries.facts import (
    STATED,
    blocking_duties,
    choices,
    decision_of,
    documents,
    lock,
    open_duties,
    statement_term_ended,
    step_facts,
    workflow,
)
from qingyuan.apps.cases.queries.money import Line, at_stake, entries, ledger, lines, standing, sums
from qingyuan.apps.cases.queries.reading import (
    case_of_clue,
    earlier_cases,
    evidence,
    officers,
    owed,
    pause_grounds,
    search,
    state_choices,
)
from qingyuan.apps.cases.queries.transfer import (
    closed_cases_facts,
    transfer_facts,
    transfer_finding,
    with_transfer_parts,
)
from qingyuan.apps.cases.queries.wordfiles import document_docx

__all__ = [
    "STATED",
    "Line",
    "at_stake",
    "blocking_duties",
    "case_of_clue",
    "choices",
    "closed_cases_facts",
    "decision_of",
    "document_docx",
    "documents",
    "earlier_cases",
    "entries",
    "evidence",
    "ledger",
    "lines",
    "lock",
    "officers",
    "open_duties",
    "owed",
    "pause_grounds",
    "search",
    "standing",
    "state_choices",
    "statement_term_ended",
    "step_facts",
    "sums",
    "transfer_facts",
    "transfer_finding",
    "with_transfer_parts",
    "workflow",
]
