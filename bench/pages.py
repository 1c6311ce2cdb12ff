"""Whole pages for a member who sees 30 % of the records: middleware, access, queries, templates; counts capped.

Asked in this process through Django's test client, signed in, so that the time is the page's and not the socket's.
"Queries" is the part of the same requests spent waiting for the database. Each figure is over `repeats` requests
that differ in what they filter, search for, or where they stand in the list.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.district import District
from bench.results import Figure, Report, percentile
from bench.words import CLAIMS, GOODS, NAME_CHARACTERS, RARE
from qingyuan.apps.agencies.models import Member
from qingyuan.ui.listing.keyset import Cursor

BAR = 100.0
LIMIT = 30.0
"""Seconds after which a scenario is cut short: its figure then is over fewer requests."""


@dataclass(frozen=True)
class Scenario:
    """One kind of request: its name, the member who asks, and the addresses asked for in turn."""

    name: str
    member: Member
    addresses: Iterator[str]


def measure(report: Report, district: District, *, size: int, now: datetime, repeats: int) -> None:
    """Report p50 and p95 of every scenario, and their queries' p95."""
    for scenario in _scenarios(district, now):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(scenario.member, backend="allauth.account.auth_backends.AuthenticationBackend")
        for _warm in range(3):
            _ask(client, next(scenario.addresses))
        whole, queries, counts = [], [], []
        end = time.monotonic() + LIMIT
        while len(whole) < repeats and (time.monotonic() < end or len(whole) < 5):
            took, waited, count = _ask(client, next(scenario.addresses))
            whole.append(took)
            queries.append(waited)
            counts.append(count)
        note = (
            f"p50 {percentile(whole, 0.5):.0f} ms; queries p50 {percentile(queries, 0.5):.0f}, "
            f"p95 {percentile(queries, 0.95):.0f} ms; {max(counts)} queries; {len(whole)} requests"
        )
        figure = Figure(
            f"Pages at {size:,} records",
            f"{scenario.name}, p95",
            percentile(whole, 0.95),
            "ms",
            bar=BAR,
            at_least=False,
            note=note,
        )
        report.add(figure)
        print(f"      {note}", flush=True)


def _ask(client: Client, address: str) -> tuple[float, float, int]:
    """Return milliseconds of the whole request, of its queries, and their number."""
    waits: list[float] = []

    def timed(execute: Callable[..., Any], *arguments: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            waits.append(time.perf_counter() - start)

    with connection.execute_wrapper(timed):
        start = time.perf_counter()
        response = client.get(address)
        took = time.perf_counter() - start
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return took * 1000, sum(waits) * 1000, len(waits)


def _scenarios(district: District, now: datetime) -> list[Scenario]:
    third, few, everything = district.third, district.few, district.everything
    intake, cases, desk = reverse("intake:matters"), reverse("cases:list"), reverse("workbench")
    lists = [
        scenario
        for label, address, key in (("register", intake, "received_at"), ("cases", cases, "filed_at"))
        for scenario in (
            Scenario(f"{label}: first page", third, _each(address)),
            Scenario(f"{label}: pages far back", third, _far_back(address, key, now)),
            Scenario(f"{label}: two common characters", third, _searches(address, _common())),
            Scenario(f"{label}: two rare characters", third, _searches(address, [word[:2] for word in RARE])),
            Scenario(f"{label}: two characters of a name", third, _searches(address, _name_parts())),
            Scenario(f"{label}: a whole word", third, _searches(address, [*CLAIMS, *GOODS])),
            Scenario(f"{label}: found nowhere", third, _searches(address, ["鼯鼠", "饕餮", "魑魅"])),
            Scenario(f"{label}: first page, sees 1 in 10,000", few, _each(address)),
            Scenario(f"{label}: two common characters, sees 1 in 10,000", few, _searches(address, _common())),
            Scenario(f"{label}: two rare characters, sees all", everything, _searches(address, RARE)),
        )
    ]
    narrowed = [
        Scenario(
            "register: by state, kind and port",
            third,
            _each(
                f"{intake}?state=mediating",
                f"{intake}?state=closed&kind=report",
                f"{intake}?kind=complaint&port=12345",
                f"{intake}?kind=enquiry",
                f"{intake}?state=withdrawn",
            ),
        ),
        Scenario("register: by a month received", third, _months(intake, "received_at", now)),
        Scenario("register: open, overdue", third, _each(f"{intake}?waiting=open", f"{intake}?overdue=1")),
        Scenario("register: word and state", third, _searches(f"{intake}?state=mediating", _common())),
        Scenario(
            "cases: by state and amount",
            third,
            _each(
                f"{cases}?state=investigating",
                f"{cases}?state=dropped",
                f"{cases}?open=1",
                f"{cases}?transfer_test_met=1",
                f"{cases}?sort=-amount",
                f"{cases}?sort=number",
            ),
        ),
        Scenario("cases: by a month filed", third, _months(cases, "filed_at", now)),
    ]
    desks = [
        Scenario("工作台, officer", third, _each(desk)),
        Scenario("工作台, coordinator", everything, _each(desk)),
        Scenario("a matter's page", third, _records("intake:matter", "intake_matter", third)),
        Scenario("a case's page", third, _records("cases:record", "cases_case", third)),
    ]
    return [*lists, *narrowed, *desks]


def _each(*addresses: str) -> Iterator[str]:
    return itertools.cycle(addresses)


def _searches(address: str, words: list[str]) -> Iterator[str]:
    joint = "&" if "?" in address else "?"
    return itertools.cycle([f"{address}{joint}q={word}" for word in words])


def _common() -> list[str]:
    return ["假冒", "白酒", "商标", "宣传", "退款", "手机", "东关", "种子", "盗版", "化妆"]


def _name_parts() -> list[str]:
    """Two characters as they stand side by side in shop names: each pair in few records."""
    return [
        NAME_CHARACTERS[(number * 37) % 150] + NAME_CHARACTERS[(number * 53 + 11) % 150]
        for number in range(40)
    ]


def _months(address: str, name: str, now: datetime) -> Iterator[str]:
    days = [now - timedelta(days=30 + 97 * number) for number in range(30)]
    return itertools.cycle(
        [
            f"{address}?{name}_from={day:%Y-%m-%d}&{name}_to={day + timedelta(days=30):%Y-%m-%d}"
            for day in days
        ]
    )


def _far_back(address: str, name: str, now: datetime) -> Iterator[str]:
    places = [
        Cursor(f"-{name}", now - timedelta(days=40 + 89 * number), 1, False).encode() for number in range(40)
    ]
    return itertools.cycle([f"{address}?at={place}" for place in places])


def _records(url_name: str, table: str, member: Member) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE seen_by && %s::int[] AND confidentiality = 0 ORDER BY id DESC LIMIT 40",
            [member.scopes],
        )
        found = [reverse(url_name, args=row) for row in cursor.fetchall()]
    return itertools.cycle(found)
