"""Change transfers: propose, take each step of the workflow, add documents."""

from qingyuan.apps.transfers.actions.documents import make_document, require_side
from qingyuan.apps.transfers.actions.proposing import propose_transfer
from qingyuan.apps.transfers.actions.retesting import retest_closed
from qingyuan.apps.transfers.actions.steps import take

__all__ = ["make_document", "propose_transfer", "require_side", "retest_closed", "take"]
