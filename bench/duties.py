"""Duties recomputed a second: the pure computation, and the round trip through the database."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from bench.results import Figure, Report, median
from qingyuan.apps.ledger import actions
from qingyuan.domain.deadlines import DueRequest, compute_due_many
from qingyuan.law import load_book
from qingyuan.law.calendar import WorkingCalendar, load_calendar

BAR = 50_000.0
RULES = ("complaint.acceptance", "complaint.mediation", "report.verification", "case.decision")
GROUP = "Duties"


def measure(
    report: Report, database: psycopg.Connection[Any], *, count: int, rounds: int, now: datetime
) -> None:
    """Report the pure rate over duties of two years, and the rate of `recompute_duties` on open ones."""
    calendar = load_calendar(None)
    requests = _requests(count, now)
    figures = []
    for _round in range(rounds):
        start = time.perf_counter()
        compute_due_many(requests, calendar=calendar)
        figures.append(len(requests) / (time.perf_counter() - start))
    note = f"{count:,} duties of {len(RULES)} rules begun in two years, one in fifty paused"
    report.add(
        Figure(GROUP, "computed purely (compute_due_many)", median(figures), "1/s", bar=BAR, note=note)
    )
    _round_trip(report, database, calendar, count, rounds, now)


def _requests(count: int, now: datetime) -> list[DueRequest]:
    book = load_book()
    kept: dict[tuple[str, date], Any] = {}
    requests = []
    for number in range(count):
        start = now - timedelta(days=number % 720, minutes=number % 600)
        key = RULES[number % len(RULES)], start.date()
        rule = kept.get(key) or kept.setdefault(key, book.deadline(key[0], on=key[1]))
        pauses: Any = ()
        if number % 50 == 0 and rule.pauses:
            pauses = ((start + timedelta(days=1), start + timedelta(days=3)),)
        requests.append(DueRequest(rule, start, pauses, 0))
    return requests


def _round_trip(
    report: Report,
    database: psycopg.Connection[Any],
    calendar: WorkingCalendar,
    count: int,
    rounds: int,
    now: datetime,
) -> None:
    """Read, lock, compute and compare open duties, as after a change of calendar that moves none and one that does."""
    from qingyuan.apps.ledger.models import Duty

    _open_duties(database, count, now)
    book = load_book()
    moved = len(actions.recompute_duties(book=book, calendar=calendar, at=now, why="测量"))
    figures = []
    for _round in range(rounds):
        start = time.perf_counter()
        assert not actions.recompute_duties(book=book, calendar=calendar, at=now, why="测量")
        figures.append(Duty.objects.filter(state="open").count() / (time.perf_counter() - start))
    note = f"read, locked, computed, compared; {count:,} open duties, none moves"
    report.add(Figure(GROUP, "recomputed through the database", median(figures), "1/s", bar=BAR, note=note))
    database.execute("UPDATE ledger_duty SET due_at = due_at + interval '1 day' WHERE subject_kind = 'bench'")
    start = time.perf_counter()
    moved = len(actions.recompute_duties(book=book, calendar=calendar, at=now, why="测量"))
    rate = moved / (time.perf_counter() - start)
    note = "each one written, with a chained event that says from when to when and why"
    report.add(Figure(GROUP, "recomputed, and every one moves", rate, "1/s", note=note))
    database.execute("DELETE FROM ledger_duty WHERE subject_kind = 'bench'")


def _open_duties(database: psycopg.Connection[Any], count: int, now: datetime) -> None:
    database.execute(
        """INSERT INTO ledger_duty (rule, subject_kind, subject_id, title, unit, opened_by, started_at, due_at,
                                    pauses, extensions, state)
           SELECT (%s::text[])[1 + (n %% %s)::int], 'bench', n::text, '', 'market', 1,
                  %s - interval '1 day' * (n %% 720)::int - interval '1 minute' * (n %% 600)::int,
                  now(), '[]', 0, 'open'
           FROM generate_series(1, %s::bigint) AS n""",
        [list(RULES), len(RULES), now, count],
    )
    database.execute("VACUUM (ANALYZE) ledger_duty")
