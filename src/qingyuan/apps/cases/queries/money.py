"""Read the money ledger of a case: which entries stand, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from qingyuan.apps.cases.models import Case, MoneyEntry
from qingyuan.domain import money_ledger

AT_STAKE = ("sold", "unsold")
"""涉案金额 in lists and statistics: what was sold and what was not, together."""


@dataclass(frozen=True)
class Line:
    """One entry with what became of it: `struck` by a later one, or a bare strike that states nothing itself."""

    entry: MoneyEntry
    struck: MoneyEntry | None

    @property
    def stands(self) -> bool:
        """Whether the entry counts: nothing strikes it, and it says more than that another is struck."""
        return self.struck is None and not (self.entry.strikes_id and self.entry.amount is None)


def entries(case: Case) -> QuerySet[MoneyEntry]:
    """Return every entry ever made, in the order made."""
    return MoneyEntry.objects.filter(case=case).select_related("goods", "attachment").order_by("pk")


def lines(rows: Iterable[MoneyEntry]) -> list[Line]:
    """Return entries with what struck each."""
    rows = list(rows)
    struck = {row.strikes_id: row for row in rows if row.strikes_id}
    return [Line(row, struck.get(row.pk)) for row in rows]


def standing(rows: Iterable[MoneyEntry]) -> list[MoneyEntry]:
    """Return the entries that count."""
    return [line.entry for line in lines(rows) if line.stands]


def at_stake(rows: Iterable[MoneyEntry]) -> Decimal:
    """涉案金额: return the established sold and unsold amounts of the entries that count, in yuan."""
    amounts = (row.amount for row in standing(rows) if row.measure in AT_STAKE)
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def sums(rows: Iterable[MoneyEntry]) -> list[tuple[str, Decimal, int]]:
    """Return measure in words, yuan and number of entries, for each measure that has entries that count."""
    found: dict[str, list[MoneyEntry]] = {}
    for row in standing(rows):
        found.setdefault(row.measure, []).append(row)
    return [
        (
            measure.label,
            sum((row.amount or Decimal(0) for row in found[measure]), Decimal(0)),
            len(found[measure]),
        )
        for measure in money_ledger.Measure
        if measure in found
    ]


def ledger(rows: Iterable[MoneyEntry]) -> money_ledger.MoneyLedger:
    """Return the entries that count as the pure ledger the transfer test reads."""
    return money_ledger.MoneyLedger(
        tuple(
            money_ledger.MoneyEntry(
                id=str(row.pk),
                measure=money_ledger.Measure(row.measure),
                amount=row.amount,
                basis=money_ledger.PriceBasis(row.valuation),
                act_on=row.act_on,
                evidence=row.attachment.name if row.attachment else row.note,
                quantity=row.quantity,
                goods=str(row.goods_id or ""),
                form=row.form,
            )
            for row in standing(rows)
        )
    )
