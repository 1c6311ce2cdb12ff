"""One step of setting up: skipped when a stamp says its inputs are the same, shown while it runs."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
LOG = VENV / "setup.log"
SHOW_EVERY = 2.0  # seconds


class SetupError(Exception):
    """A step failed; the message says which, why and what to do."""


def key(files: Iterable[Path], *more: str) -> str:
    """A digest of the files' contents and of the other things a step depends on."""
    digest = hashlib.sha256("\0".join([str(CHECKOUT), *more]).encode())
    for file in sorted(files):
        digest.update(f"\0{file.relative_to(CHECKOUT)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(name: str, inputs: str) -> bool:
    """Whether the step was completed with these very inputs."""
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == inputs


def mark_done(name: str, inputs: str) -> None:
    """Remember that the step was completed with these inputs."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(inputs)


def run(title: str, command: Sequence[str | os.PathLike[str]], *, env: dict[str, str] | None = None) -> None:
    """Run a program, showing what runs and for how long; its output goes to a log.

    Raises SetupError with the last lines of the output when the program fails.
    """
    begun = time.monotonic()
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("wb") as log:
        try:
            process = subprocess.Popen(
                list(command),
                cwd=CHECKOUT,
                env=os.environ | (env or {}),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        except OSError as error:
            raise SetupError(f"{title}：不能运行 {command[0]}（{error.strerror}）。") from error
        while True:
            try:
                code = process.wait(SHOW_EVERY)
                break
            except subprocess.TimeoutExpired:
                show(f"{title} … {time.monotonic() - begun:.0f} s", again=True)
    if code:
        raise SetupError(f"{title}（退出码 {code}）\n{tail()}")
    show(f"{title} ✓ {time.monotonic() - begun:.1f} s")


def show(line: str, *, again: bool = False) -> None:
    """Show a line of progress; `again` lines overwrite each other on a terminal and are left out elsewhere."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end="" if again else "\n", file=sys.stderr, flush=True)
    elif not again:
        print(line, file=sys.stderr, flush=True)


def tail(lines: int = 25) -> str:
    """The last lines of what the last program said."""
    return "\n".join(LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
