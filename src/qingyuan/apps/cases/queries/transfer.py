"""What the transfer test is told of a case, one by one and for all closed cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from qingyuan.apps.cases.models import Case, Goods, MoneyEntry
from qingyuan.apps.cases.queries import money
from qingyuan.apps.ledger import queries as ledger
from qingyuan.domain.transfer_test import (
    EarlierPunishment,
    Mark,
    TransferFacts,
    TransferFinding,
    transfer_test,
)

BATCH = 500
"""Cases read at a time for 应移未移: memory stays flat."""


def transfer_facts(case: Case) -> TransferFacts:
    """Return all the transfer test asks of a case. Uses what is prefetched (`with_transfer_parts`)."""
    marks = tuple(Mark(mark.name, mark.owner or None) for mark in case.marks.all())
    earlier = tuple(
        EarlierPunishment(row.kind, offence, row.decided_on, row.decision_number or row.authority)
        for row in case.earlier_punishments.all()
        for offence in (row.offences.split() or [""])
    )
    return TransferFacts(
        ledger=money.ledger(case.money.all()),
        marks=marks or None,
        earlier=earlier if earlier or case.earlier_checked_at else None,
        elements=case.elements,
        conduct=frozenset(case.conduct) or None,
        counts=_counts(case.goods.all()),
        reasonable_suspicion=case.suspicion,
    )


def _counts(goods: QuerySet[Goods]) -> dict[str, Decimal]:
    pieces = [row.quantity for row in goods if row.kind == Goods.Kind.LABELS]
    return {"label_pieces": sum(pieces, Decimal(0))} if pieces else {}


def with_transfer_parts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return cases with everything `transfer_facts` reads, in a fixed number of queries."""
    entries = MoneyEntry.objects.select_related("attachment").order_by("pk")
    return cases.prefetch_related(
        "marks", "goods", "earlier_punishments", Prefetch("money", queryset=entries)
    )


def transfer_finding(case: Case, *, on: date) -> TransferFinding:
    """Return what the transfer test says of a case by the law of a day."""
    return transfer_test(transfer_facts(case), on, ledger.book())


def closed_cases_facts(cases: QuerySet[Case] | None = None) -> Iterator[tuple[Case, TransferFacts]]:
    """应移未移: yield each closed case about whose transfer nothing was decided, with its facts.

    `cases` narrows to what a member may see. Streams in batches by id, so it can run over a whole register.
    """
    waiting = (Case.objects.all() if cases is None else cases).filter(
        closed_at__isnull=False, transfer_answer=""
    )
    parts = with_transfer_parts(waiting.select_related("unit").order_by("pk"))
    for case in parts.iterator(chunk_size=BATCH):
        yield case, transfer_facts(case)
