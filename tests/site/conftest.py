"""Embedded servers of their own for the tests that kill them."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qingyuan.site.database.clients import stop_if_unused
from qingyuan.site.database.place import fallback_folder

Script = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "QINGYUAN_DATABASE_ROLE", "QINGYUAN_POSTGRES_BIN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def module_folder() -> Iterator[Path]:
    yield from _folder()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short folder other users can pass through: pytest's own is 0700, and long."""
    yield from _folder()


def _folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="qy", dir="/tmp"))
    made.chmod(0o711)
    yield made
    for credentials in made.rglob("database.json"):
        stop_if_unused(credentials.parent)
        if os.geteuid() == 0:
            shutil.rmtree(fallback_folder(credentials.parent), ignore_errors=True)
    shutil.rmtree(made)


@pytest.fixture
def script() -> Iterator[Script]:
    """Run Python code in a process of its own; whatever still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []

    def run(code: str, *, data: Path, **environment: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            env=os.environ | {"QINGYUAN_DATA": str(data)} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()
