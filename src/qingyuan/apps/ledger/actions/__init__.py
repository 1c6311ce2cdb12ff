"""Write the ledger: record events, seal a day, open and close duties, take a step of a workflow.

Every function here runs inside the transaction of the action that calls it, so the change, its event and its
duties stand or fall together.
"""

from qingyuan.apps.ledger.actions.bulk import write_many
from qingyuan.apps.ledger.actions.duties import (
    Moved,
    extend_duty,
    meet_duties,
    open_duties,
    open_duty,
    pause_duties,
    reassign_duties,
    recompute_duties,
    resume_duties,
    void_duties,
)
from qingyuan.apps.ledger.actions.events import (
    SYSTEM,
    Actor,
    Draft,
    Subject,
    make_partitions,
    record,
    record_many,
    seal,
)
from qingyuan.apps.ledger.actions.steps import take_step

__all__ = [
    "SYSTEM",
    "Actor",
    "Draft",
    "Moved",
    "Subject",
    "extend_duty",
    "make_partitions",
    "meet_duties",
    "open_duties",
    "open_duty",
    "pause_duties",
    "reassign_duties",
    "recompute_duties",
    "record",
    "record_many",
    "resume_duties",
    "seal",
    "take_step",
    "void_duties",
    "write_many",
]
