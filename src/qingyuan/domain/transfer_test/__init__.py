"""The transfer test (移送标准审查): must this case go to the police, may it, or is it administrative?

Facts and a day in, findings out: per offence each figure beside its line and article, what is missing and what it
would change, which of the old and the new standards governs, and the route.
"""

from qingyuan.domain.transfer_test.facts import Act, EarlierPunishment, Mark, TransferFacts
from qingyuan.domain.transfer_test.findings import (
    ADMINISTRATIVE,
    MET,
    MUST_TRANSFER,
    NEAR,
    NEEDS_FACTS,
    NOT_MET,
    ON_SUSPICION,
    STATUS_LABELS,
    OffenceFinding,
    TransferFinding,
)
from qingyuan.domain.transfer_test.judgement import transfer_test
from qingyuan.domain.transfer_test.missing import MissingFact

__all__ = [
    "ADMINISTRATIVE",
    "MET",
    "MUST_TRANSFER",
    "NEAR",
    "NEEDS_FACTS",
    "NOT_MET",
    "ON_SUSPICION",
    "STATUS_LABELS",
    "Act",
    "EarlierPunishment",
    "Mark",
    "MissingFact",
    "OffenceFinding",
    "TransferFacts",
    "TransferFinding",
    "transfer_test",
]
