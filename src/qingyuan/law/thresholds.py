"""Thresholds: the lines at which conduct becomes a crime, by offence and by the day they held.

Read with `book.offences(on=…)` and `book.threshold_lines(offence, on=…)`. Comparing facts with them is
`qingyuan.domain.transfer_test`.
"""

from datetime import date
from typing import Protocol

from qingyuan.law.faults import UnknownRuleError
from qingyuan.law.threshold_entries import offence_from, read_offences, transfer_rules
from qingyuan.law.threshold_lines import (
    Element,
    GainRule,
    Line,
    Offence,
    Regime,
    Repeat,
    Route,
    Source,
    TransferRules,
    TwoMarks,
    Valuation,
)

__all__ = [
    "Catalogue",
    "Element",
    "GainRule",
    "Line",
    "Offence",
    "Regime",
    "Repeat",
    "Route",
    "Source",
    "TransferRules",
    "TwoMarks",
    "Valuation",
    "offence",
    "offence_from",
    "offences",
    "read_offences",
    "threshold_lines",
    "transfer_rules",
]


class Catalogue(Protocol):
    """A book whose offences have been read."""

    @property
    def all_offences(self) -> tuple[Offence, ...]:
        """Every offence, in the order of their ids."""


def offences(book: Catalogue, on: date) -> tuple[Offence, ...]:
    """The offences for which some standard held on `on`, in the order of their ids."""
    return tuple(offence for offence in book.all_offences if offence.regimes.on(on) is not None)


def offence(book: Catalogue, id: str) -> Offence:
    """The offence `id`. Raises UnknownRuleError, naming those there are."""
    for candidate in book.all_offences:
        if candidate.id == id:
            return candidate
    known = "、".join(candidate.id for candidate in book.all_offences)
    raise UnknownRuleError(f"法规库里没有罪名“{id}”。有：{known}。")


def threshold_lines(book: Catalogue, id: str, on: date) -> tuple[Line, ...]:
    """The lines of offence `id` that held on `on`; none when no standard held. Raises UnknownRuleError."""
    regime = offence(book, id).regimes.on(on)
    return regime.lines_on(on) if regime is not None else ()
