"""`./run demo --once` from a fresh copy of what is committed: set-up, database, district, one request a role.

Caches of the package installers are warm (they are the user's own), nothing else is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench.place import CHECKOUT
from bench.results import Figure, Report

BAR = 90.0
LIMIT = 300.0
GROUP = "First run"


def measure(report: Report) -> None:
    """Clone the checkout to a new folder, run the demonstration once, remove the folder."""
    folder = Path(tempfile.mkdtemp(prefix="qingyuan-first-run-"))
    try:
        folder.chmod(0o755)  # the database's own user must pass through
        clone = folder / "checkout"
        subprocess.run(["git", "clone", "-q", str(CHECKOUT), str(clone)], check=True, timeout=120)
        kept = {key: value for key, value in os.environ.items() if not key.startswith("QINGYUAN_")}
        kept.pop("PYTHONPATH", None)
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        start = time.perf_counter()
        done = subprocess.run(
            ["./run", "demo", "--once"],
            cwd=clone,
            env=kept | {"QINGYUAN_DATABASE_IDLE": "1"},
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
        took = time.perf_counter() - start
        if done.returncode:
            raise RuntimeError(f"./run demo --once failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        note = (
            "fresh clone, installers' caches warm: environment, assets, database, district, a request a role"
        )
        report.add(Figure(GROUP, "./run demo --once", took, "s", bar=BAR, at_least=False, note=note))
    finally:
        time.sleep(3)  # the database of the clone stops one second after its last user
        shutil.rmtree(folder, ignore_errors=True)
