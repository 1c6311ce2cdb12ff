"""A real server on a database of its own, and a browser in front of it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium, opened
from tests.factories.agencies import PASSWORD

ROOT = Path(__file__).parents[2]
START_PATIENCE = 300.0  # seconds; a cluster is made and every table


@dataclass
class Site:
    """The running system. `visited` collects the addresses the journeys saw."""

    address: str
    planted: dict[str, Any]
    visited: set[str] = field(default_factory=set)

    def url(self, path: str) -> str:
        """The full address of a path."""
        return f"{self.address}{path}"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def up(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`serve` as it is run in earnest: database, web, worker, content policy, static files; then the seed.

    QINGYUAN_BROWSER_SITE names a file with the address and the seed's answer of a server that already runs: for
    whoever writes a journey and does not want to wait for a new one each time.
    """
    if kept := os.environ.get("QINGYUAN_BROWSER_SITE"):
        yield Site(**json.loads(Path(kept).read_text()))
        return
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    environment = {
        **{
            name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "QINGYUAN"))
        },
        "QINGYUAN_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "qingyuan.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, "-m", "qingyuan.site.command", "serve", "--port", str(port), "--workers", "1"]
    log = folder / "serve.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        end = time.monotonic() + START_PATIENCE
        while not up(port):
            assert server.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.5)
        seed = [sys.executable, "-m", "tests.browser.seed"]
        done = subprocess.run(seed, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        yield Site(f"http://127.0.0.1:{port}", json.loads(done.stdout))
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for these tests; closed after them, because its event loop keeps Django from the database."""
    with chromium() as running:
        yield running


@dataclass
class Visitor:
    """A person at a browser of their own."""

    page: Page
    errors: list[str]
    site: Site

    def goto(self, path: str) -> Page:
        """Open a path of the site."""
        self.page.goto(self.site.url(path))
        return self.page

    def press(self, name: str) -> None:
        """Press the button or link of that name and wait for the page that follows."""
        target = self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )
        with self.page.expect_navigation():
            target.first.click()

    def told(self) -> str:
        """The words of the messages on the page."""
        return " ".join(self.page.locator("[data-toast]").all_inner_texts())

    def main(self) -> str:
        """The words of the page, without its frame."""
        return self.page.locator("main").inner_text()


class Doors:
    """Lets people in; each signs in once per test."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser, self._site = browser, site
        self._inside: dict[str, Visitor] = {}

    def visitor(self, width: int = 1440, **options: Any) -> Visitor:
        """Somebody who has not signed in."""
        page, errors = opened(self._browser, width, **options)
        page.on("framenavigated", self._saw)
        return Visitor(page, errors, self._site)

    def _saw(self, frame: Any) -> None:
        if frame.url.startswith(self._site.address):
            self._site.visited.add(frame.url.removeprefix(self._site.address).partition("#")[0])

    def member(self, username: str, width: int = 1440, **options: Any) -> Visitor:
        """A member who has signed in through the page for it."""
        key = f"{username} {width} {sorted(options)}"
        if key not in self._inside:
            person = self.visitor(width, **options)
            page = person.goto("/sign-in/")
            page.locator("[name=login]").fill(username)
            page.locator("[name=password]").fill(PASSWORD)
            person.press("登录")
            self._inside[key] = person
        return self._inside[key]

    def close(self) -> None:
        """Send everybody home."""
        for context in self._browser.contexts:
            context.close()


@pytest.fixture
def doors(browser: Browser, site: Site) -> Iterator[Doors]:
    """The way in."""
    open_doors = Doors(browser, site)
    yield open_doors
    open_doors.close()
