"""What the pure rooms cost: reading the lawbook, one transfer test."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from decimal import Decimal

from bench.place import CHECKOUT
from bench.results import Figure, Report, median
from qingyuan.domain.money_ledger import Measure, MoneyEntry, MoneyLedger, PriceBasis
from qingyuan.domain.transfer_test import Mark, TransferFacts, transfer_test
from qingyuan.law import load_book

GROUP = "Decisions"
LOAD = (
    "import time; start = time.perf_counter(); from qingyuan.law import load_book; load_book();"
    " print(time.perf_counter() - start)"
)


def measure(report: Report, *, rounds: int) -> None:
    """Report the time to read and check the book in a fresh process, and transfer tests a second."""
    took = []
    for _round in range(rounds):
        command = [sys.executable, "-c", LOAD]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
            env={"PYTHONPATH": str(CHECKOUT / "src"), "PATH": "/usr/bin:/bin"},
        )
        took.append(float(done.stdout))
    report.add(
        Figure(GROUP, "lawbook read and checked, once a process", median(took), "s", note="imports included")
    )
    report.add(
        Figure(
            GROUP,
            "transfer test of a case with three amounts",
            _tests_a_second(rounds),
            "1/s",
            note="all offences of the book, every line compared, reasons and citations given",
        )
    )


def _tests_a_second(rounds: int) -> float:
    book, on = load_book(), date(2026, 11, 20)
    sold, bought = date(2026, 3, 2), PriceBasis.ACTUAL_PRICE
    ledger = MoneyLedger(
        (
            MoneyEntry("1", Measure.SOLD, Decimal(52_000), bought, sold, "证据1", form="goods"),
            MoneyEntry(
                "2", Measure.UNSOLD, Decimal(31_000), PriceBasis.MARKED_PRICE, sold, "证据2", form="goods"
            ),
            MoneyEntry("3", Measure.SOLD, Decimal(8_000), bought, sold, "证据3", form="goods"),
        )
    )
    facts = TransferFacts(ledger, marks=(Mark("甲牌", "甲公司"),), earlier=())
    rates = []
    for _round in range(rounds):
        start, count = time.perf_counter(), 0
        while time.perf_counter() - start < 1.0:
            transfer_test(facts, on, book)
            count += 1
        rates.append(count / (time.perf_counter() - start))
    return median(rates)
