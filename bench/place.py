"""The measurement's own database: embedded, in a folder of its own that is removed afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

CHECKOUT = Path(__file__).resolve().parents[1]


@contextmanager
def own_database(kept: Path | None) -> Iterator[Path]:
    """Bring up an empty, migrated database and Django on it; stop and remove it at the end.

    `kept` names a folder that stays, for looking at plans afterwards. Durable as delivered: `synchronous_commit`
    and `fsync` are the system's own settings. Must run before anything imports Django's settings.
    """
    os.environ.pop("DATABASE_URL", None)
    data = kept or Path(tempfile.mkdtemp(prefix="qingyuan-bench-"))
    os.environ |= {
        "QINGYUAN_DATA": str(data),
        "QINGYUAN_DATABASE_IDLE": "20",
        "DJANGO_SETTINGS_MODULE": "qingyuan.site.settings",
    }
    sys.path.insert(0, str(CHECKOUT / "src"))
    from qingyuan.site.database import ensure_running, stop_if_unused
    from qingyuan.site.processes import migrate

    try:
        ensure_running()
        migrate()
        import django

        django.setup()
        yield data
    finally:
        from django.db import connections

        connections.close_all()
        stop_if_unused(data)
        if kept is None:
            _remove(data)


def _remove(data: Path) -> None:
    from qingyuan.site.database.place import fallback_folder, place

    home = place(data).home
    if not home.is_relative_to(data):
        shutil.rmtree(fallback_folder(data), ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


def superuser(data: Path) -> psycopg.Connection[Any]:
    """Connect as the server's superuser: loading sets foreign keys and triggers aside, nothing else does."""
    from qingyuan.site.database.connection import SUPERUSER, embedded_target

    target = embedded_target(data, SUPERUSER)
    # Literals in the statement, as in a script: set-based SQL is planned once, for its own values.
    return psycopg.connect(**target, autocommit=True, cursor_factory=psycopg.ClientCursor)


def client_environment(data: Path) -> dict[str, str]:
    """Return the environment in which libpq programs reach the database as the application does."""
    from qingyuan.site.database.connection import APP, embedded_target

    target = embedded_target(data, APP)
    return os.environ | {
        "PGHOST": str(target["host"]),
        "PGPORT": str(target["port"]),
        "PGUSER": str(target["user"]),
        "PGPASSWORD": str(target["password"]),
        "PGDATABASE": str(target["dbname"]),
    }


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's own programs, of the same version as the server."""
    from qingyuan.site.database.place import binaries_folder

    return str(binaries_folder() / name)


def run(command: list[str], environment: dict[str, str], seconds: float) -> str:
    """Run a program and return what it printed. Raises RuntimeError, TimeoutExpired."""
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=seconds
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr[:2000]}")
    return done.stdout
