"""Change clues: register, verify, join, separate, judge, close."""

from qingyuan.apps.clues.actions.documents import (
    Paper,
    approve_document,
    draft_document,
    judge_document,
    make_document,
    use_documents,
)
from qingyuan.apps.clues.actions.guards import require_unmoved
from qingyuan.apps.clues.actions.linking import (
    assign_clues,
    judge_likeness,
    link_matters,
    merge_clue,
    merge_clues,
    separate_clue,
    unlink_matter,
)
from qingyuan.apps.clues.actions.numbering import next_number, set_word
from qingyuan.apps.clues.actions.receiving import (
    ClueFacts,
    Origin,
    correct_clue,
    identify_party,
    receive_clue,
)
from qingyuan.apps.clues.actions.reports import add_reports, clue_of_reports, facts_of
from qingyuan.apps.clues.actions.steps import (
    assign_clue,
    extend_verification,
    file_clue,
    give_receipt,
    pause_verification,
    refuse_clue,
    resume_verification,
    transfer_out,
    verify_clue,
)

__all__ = [
    "ClueFacts",
    "Origin",
    "Paper",
    "add_reports",
    "approve_document",
    "assign_clue",
    "assign_clues",
    "clue_of_reports",
    "correct_clue",
    "draft_document",
    "extend_verification",
    "facts_of",
    "file_clue",
    "give_receipt",
    "identify_party",
    "judge_document",
    "judge_likeness",
    "link_matters",
    "make_document",
    "merge_clue",
    "merge_clues",
    "next_number",
    "pause_verification",
    "receive_clue",
    "refuse_clue",
    "require_unmoved",
    "resume_verification",
    "separate_clue",
    "set_word",
    "transfer_out",
    "unlink_matter",
    "use_documents",
    "verify_clue",
]
