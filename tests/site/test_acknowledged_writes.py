"""What was acknowledged over HTTP survives kill -9 of the web, the database and both; the ledger verifies."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qingyuan.site.database.place import place

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.enable_socket]
Script = Callable[..., "subprocess.Popen[str]"]

SITE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "qingyuan.site.settings"
from qingyuan.site.processes import migrate, running
migrate()
with running(with_worker=False) as site:
    import django
    django.setup()
    from django.utils import timezone
    from qingyuan.apps.agencies import actions, queries
    from qingyuan.apps.agencies.models import Member
    from tests.factories.agencies import district
    officer = Member.objects.filter(username="officer").first()
    officer = officer or district().members["officer"]
    token, secret = actions.issue_token(member=officer, name="test", by=officer.actor, at=timezone.now())
    print(site.address, site.children[0].process.pid, secret, flush=True)
    site.wait()
"""

COUNT = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "qingyuan.site.settings"
from qingyuan.site.database import ensure_running
ensure_running()
import django
django.setup()
from qingyuan.apps.intake.models import Letter, Matter
from qingyuan.apps.ledger import queries
import json
print(json.dumps(sorted(Letter.objects.values_list("source_number", flat=True))))
print(json.dumps([str(fault) for fault in queries.faults()]))
print(Matter.objects.count(), Letter.objects.count())
"""


class Sender(threading.Thread):
    """Sends letters one after another and keeps the numbers of those that were acknowledged."""

    def __init__(self, port: int, secret: str, name: str) -> None:
        super().__init__(daemon=True)
        self.port, self.secret, self.prefix = port, secret, name
        self.acknowledged: list[str] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        serial = 0
        while not self.stopping.is_set() and serial < 2000:
            number = f"{self.prefix}-{serial:05d}"
            serial += 1
            try:
                if self.send(number) == 201:
                    self.acknowledged.append(number)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)

    def send(self, number: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        body = {"port": "12345", "kinds": ["report"], "text": "销售假冒白酒", "source_number": number}
        headers = {
            "Authorization": f"Bearer {self.secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": number,
            "Host": "localhost",
        }
        connection.request("POST", "/api/v1/intake/letters", json.dumps(body), headers)
        status = connection.getresponse().status
        connection.close()
        return status


def started(site: subprocess.Popen[str]) -> tuple[int, int, str]:
    assert site.stdout is not None
    line = site.stdout.readline()
    assert line, site.communicate()[1]
    address, web, secret = line.split()
    return int(address.rstrip("/").rpartition(":")[2]), int(web), secret


def wait_for(sender: Sender, count: int) -> None:
    end = time.monotonic() + 60
    while len(sender.acknowledged) < count:
        assert time.monotonic() < end, f"only {len(sender.acknowledged)} letters acknowledged"
        time.sleep(0.05)


def test_every_acknowledged_letter_survives(folder: Path, script: Script) -> None:
    site = script(SITE, data=folder)
    port, web, secret = started(site)
    sender = Sender(port, secret, "A")
    sender.start()
    wait_for(sender, 10)
    os.kill(web, signal.SIGKILL)
    wait_for(sender, len(sender.acknowledged) + 10)
    postmaster = int((place(folder).cluster / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    wait_for(sender, len(sender.acknowledged) + 10)
    site.kill()  # the supervisor dies without a word; then the same command again
    sender.stopping.set()
    sender.join(timeout=40)

    again = script(SITE, data=folder)
    port, _web, secret = started(again)
    second = Sender(port, secret, "B")
    second.start()
    wait_for(second, 5)
    second.stopping.set()
    second.join(timeout=40)
    again.terminate()
    again.wait(timeout=30)

    kept, faults, _counts = script(COUNT, data=folder).communicate(timeout=120)[0].strip().splitlines()
    lost = set(sender.acknowledged + second.acknowledged) - set(json.loads(kept))
    assert not lost
    assert faults == "[]"
