"""`qingyuan verify`: events checked a second, beside hashing the same bytes and doing nothing else."""

from __future__ import annotations

import hashlib
import time

from bench.results import Figure, Report
from qingyuan.apps.ledger import queries
from qingyuan.basics import chain

GROUP = "Ledger"


def measure(report: Report) -> None:
    """Verify the whole ledger as it stands; it must be clean."""
    events = queries.event_count()
    start = time.perf_counter()
    faults = list(queries.faults())
    took = time.perf_counter() - start
    if faults:
        raise RuntimeError(f"the ledger does not verify: {faults[0]}")
    size, hashing = 0, 0.0
    for event in queries.exported_events():
        spelt = chain.canonical([event[field] for field in chain.FIELDS])
        size += len(spelt)
        begun = time.perf_counter()
        hashlib.sha256(spelt).digest()
        hashing += time.perf_counter() - begun
    report.add(
        Figure(
            GROUP,
            f"events verified, {events:,} in the ledger",
            events / took,
            "1/s",
            peer="sha256 of the same bytes alone",
            peer_value=events / hashing,
            note=f"read from the database, spelt, hashed, chained, heads compared; {size / events:.0f} bytes an event",
        )
    )
