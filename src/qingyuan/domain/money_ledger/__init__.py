"""The money ledger of a case: what each amount measures, on what basis, and what the amounts come to.

A sum never stands alone: it says which entries made it, which were set aside and why, and what is still open, so
that it is a range from what is proven (`at_least`) to what is possible (`at_most`). All money is Decimal yuan.
"""

from qingyuan.domain.money_ledger.entries import (
    ANY,
    BOTH,
    GOODS,
    METRIC_LABELS,
    SERVICES,
    Measure,
    MoneyEntry,
    OpenAmount,
    PriceBasis,
    SetAside,
    Total,
    text_of,
)
from qingyuan.domain.money_ledger.ledger import MoneyLedger
from qingyuan.domain.money_ledger.sums import MONEY_METRICS

__all__ = [
    "ANY",
    "BOTH",
    "GOODS",
    "METRIC_LABELS",
    "MONEY_METRICS",
    "SERVICES",
    "Measure",
    "MoneyEntry",
    "MoneyLedger",
    "OpenAmount",
    "PriceBasis",
    "SetAside",
    "Total",
    "text_of",
]
