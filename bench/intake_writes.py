"""Letters a second through the JSON interface, beside the same rows written by pgbench.

HTTP: a real server (`qingyuan serve`, gunicorn with two gthread workers), keep-alive clients on the same cores,
every letter acknowledged after a durable commit (`synchronous_commit = on`, `fsync = on`).
pgbench: one transaction with the same rows in the same tables: letter, sealed identity, matter, chain head, event,
duty. It is a script of literals taken from a letter that HTTP has just written, so it spends nothing on deciding,
sealing, hashing or cutting text: the ratio says what all of that costs.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench.pgbench_script import transaction_like
from bench.place import CHECKOUT, client_environment, program, run
from bench.results import Figure, Report, median
from bench.words import wordings

BAR = 150.0
CLIENTS = (1, 8)
START_PATIENCE = 120.0


def measure(
    report: Report, data: Path, database: psycopg.Connection[Any], token: str, *, rounds: int, seconds: float
) -> None:
    """Alternate HTTP and pgbench `rounds` times with each number of clients; report the medians."""
    size = database.execute("SELECT count(*) FROM intake_matter").fetchone()
    at_size = f"{(size or (0,))[0]:,} records"
    with served(data) as port:
        _post_for(port, token, clients=2, seconds=min(2.0, seconds))  # warm both workers
        with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as script:
            script.write(transaction_like(database))
            script.flush()
            for clients in CLIENTS:
                http_rates, peer_rates = [], []
                for _round in range(rounds):
                    http_rates.append(_post_for(port, token, clients=clients, seconds=seconds))
                    peer_rates.append(_pgbench(data, script.name, clients, seconds))
                report.add(
                    Figure(
                        "Intake writes",
                        f"letters by HTTP, {clients} client{'s' * (clients > 1)}, {at_size}",
                        median(http_rates),
                        "1/s",
                        bar=BAR,
                        peer="pgbench, same rows",
                        peer_value=median(peer_rates),
                    )
                )


@contextmanager
def served(data: Path) -> Iterator[int]:
    """A server as `./run` starts it, on a free port of its own; yields the port."""
    port = _free_port()
    command = [sys.executable, "-m", "qingyuan.site.command", "serve", "--port", str(port)]
    with (data / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_with_source()
        )
    try:
        _wait_until_answered(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(60)


def _with_source() -> dict[str, str]:
    import os

    return os.environ | {"PYTHONPATH": str(CHECKOUT / "src")}


def _free_port() -> int:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_answered(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/health")
            answered = connection.getresponse().status == 200
            connection.close()
            if answered:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer; see serve.log in the measurement's data folder")


@dataclass
class Client:
    """One keep-alive client that posts letters until the time is over."""

    port: int
    token: str
    number: int
    acknowledged: int = 0
    refused: list[str] = field(default_factory=list)

    def run(self, end: float) -> None:
        """Post until `end` (monotonic)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        letters = _letters(self.number)
        while time.monotonic() < end:
            key, body = next(letters)
            connection.request("POST", "/api/v1/intake/letters", body, headers | {"Idempotency-Key": key})
            answer = connection.getresponse()
            said = answer.read()
            if answer.status == 201:
                self.acknowledged += 1
            else:
                self.refused.append(f"{answer.status} {said[:300]!r}")
        connection.close()


def _letters(number: int) -> Iterator[tuple[str, bytes]]:
    started = time.time_ns()
    for count, said in enumerate(wordings(1_000_000, seed=started % 2**31 + number)):
        key = f"{started}-{number}-{count}"
        letter = {
            "port": "web",
            "kinds": ["complaint"],
            "title": said.title,
            "text": said.text,
            "source_number": key,
            "goods": said.goods,
            "platform": said.platform,
            "place": said.place,
            "respondent": {
                "name": f"青禾区测量商贸有限公司{count % 40}",
                "address": f"青禾区东关街{count % 40}号",
            },
            "sender": {
                "name": "测量人",
                "phone": f"1390000{count % 10000:04d}",
                "address": "青禾区测量路1号",
            },
        }
        yield key, json.dumps(letter, ensure_ascii=False).encode()


def _post_for(port: int, token: str, *, clients: int, seconds: float) -> float:
    """Return letters acknowledged a second. Raises RuntimeError when one was refused."""
    posting = [Client(port, token, number) for number in range(clients)]
    start = time.monotonic()
    threads = [threading.Thread(target=each.run, args=(start + seconds,)) for each in posting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 60)
    took = time.monotonic() - start
    refused = [said for each in posting for said in each.refused]
    if refused:
        raise RuntimeError(f"{len(refused)} letters were refused, first: {refused[0]}")
    return sum(each.acknowledged for each in posting) / took


def _pgbench(data: Path, script: str, clients: int, seconds: float) -> float:
    """Return transactions a second."""
    command = [program("pgbench"), "-n", "-f", script, "-c", str(clients)]
    command += ["-j", "1", "-T", str(max(1, round(seconds)))]
    said = run(command, client_environment(data), seconds + 60)
    lines = [line for line in said.splitlines() if line.startswith("tps = ")]
    return float(lines[0].split()[2])
