"""The system's Chromium, driven by Playwright: shared by every test that looks at pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
PATIENCE = 20_000
"""Milliseconds for what a page is waited for: two cores may also run the worker and the database."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; the system's own, because Playwright's cannot be downloaded everywhere."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "install chromium: apt-get install chromium fonts-noto-cjk"
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def opened(browser: Browser, width: int = 1440, **options: Any) -> tuple[Page, list[str]]:
    """A page of a browser of its own, and the list that its errors will be added to."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return page, errors


def violations(page: Page, *impacts: str) -> list[tuple[str, str]]:
    """What axe finds on a page: (rule, first element), all or only of the given impacts.

    axe is injected, so the page's context must have been opened with `bypass_csp=True`.
    """
    found = Axe().run(page).response["violations"]
    return [
        (rule["id"], rule["nodes"][0]["html"]) for rule in found if not impacts or rule["impact"] in impacts
    ]
