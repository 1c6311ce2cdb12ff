"""`./run bench`: measure, show, and write docs/bench/results.md and results.json.

    ./run bench             all of it, about twelve minutes on two idle cores
    ./run bench --quick     small sizes and few rounds, under two minutes; writes nothing unless --write
    ./run bench --only pages,duties

Sections: decisions, duties, writes, pages, ledger, first-run. It uses a database of its own, removed at the end,
and 127.0.0.1 only. Exit code 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

SECTIONS = ("decisions", "duties", "writes", "pages", "ledger", "first-run")
SIZES = (10_000, 100_000, 1_000_000)
QUICK_SIZES = (10_000,)
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    sizes: tuple[int, ...]
    rounds: int
    seconds: float
    requests: int
    duties: int


FULL = Extent(SIZES, rounds=3, seconds=6, requests=40, duties=100_000)
QUICK = Extent(QUICK_SIZES, rounds=1, seconds=3, requests=20, duties=20_000)


def main() -> int:
    """Run the measurements asked for."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="small sizes, few rounds")
    parser.add_argument("--only", default=",".join(SECTIONS), help=f"of {', '.join(SECTIONS)}")
    parser.add_argument(
        "--write", action="store_true", help="write the results of a quick or partial run too"
    )
    parser.add_argument("--sizes", help="numbers of records instead of the usual, ascending: 10000,100000")
    parser.add_argument("--data", type=Path, help="an empty folder for the database, kept afterwards")
    given = parser.parse_args()
    wanted = given.only.split(",")
    if unknown := set(wanted) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    extent = QUICK if given.quick else FULL
    if given.sizes:
        sizes = tuple(int(word) for word in given.sizes.split(","))
        extent = Extent(sizes, extent.rounds, extent.seconds, extent.requests, extent.duties)
    report = _measured(wanted, extent, given.data)
    if given.write or not (given.quick or given.sizes or wanted != list(SECTIONS)):
        report.write(_now())
    for figure in report.missed():
        print(f"bar missed: {figure.group}, {figure.name}: {figure.value:.1f} {figure.unit}", file=sys.stderr)
    return 1 if report.missed() else 0


def _measured(wanted: list[str], extent: Extent, kept: Path | None) -> Any:
    from bench.place import own_database, superuser

    with own_database(kept) as data:
        from bench.machine import machine
        from bench.results import Report

        database = superuser(data)
        version = str(database.info.server_version)
        known = machine(f"{version[:2]}.{int(version[2:])}")
        report = Report("./run bench " + " ".join(sys.argv[1:]), known, _now())
        print("; ".join(f"{name}: {value}" for name, value in known.items()), flush=True)
        _sections(report, wanted, extent, data, database)
        database.close()
    if "first-run" in wanted:
        from bench import first_run

        first_run.measure(report)
    return report


def _sections(report: Any, wanted: list[str], extent: Extent, data: Path, database: Any) -> None:
    from bench import decisions, district, duties, intake_writes, ledger, pages, population

    now = _now()
    if "decisions" in wanted:
        decisions.measure(report, rounds=extent.rounds)
    if "duties" in wanted:
        duties.measure(report, database, count=extent.duties, rounds=extent.rounds, now=now)
    if not {"writes", "pages", "ledger"} & set(wanted):
        return
    place = district.set_up(now)
    first = 1
    for size in extent.sizes:
        took = population.grow(database, place, first=first, last=size, now=now)
        print(f"  {size:,} records of each kind loaded in {took:.0f} s", flush=True)
        first = size + 1
        if "pages" in wanted:
            pages.measure(report, place, size=size, now=now, repeats=extent.requests)
        if "ledger" in wanted and size == extent.sizes[min(1, len(extent.sizes) - 1)]:
            ledger.measure(report)
    if "writes" in wanted:
        # Last, because it adds records: on the largest size, where every index is at its deepest.
        rounds, seconds = extent.rounds, extent.seconds
        intake_writes.measure(report, data, database, place.token, rounds=rounds, seconds=seconds)


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), CHINA)


if __name__ == "__main__":
    sys.exit(main())
