"""Using the embedded server: start it if need be, and hold it up for as long as this process lives."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg

import qingyuan
from qingyuan.site.database import keeper
from qingyuan.site.database.connection import APP, database_settings, embedded_target, is_embedded
from qingyuan.site.database.errors import DatabaseError
from qingyuan.site.database.place import data_folder, place

DEFAULT_IDLE = 60.0
PATIENCE = 180.0
_held: dict[Path, int] = {}


def ensure_running(data_dir: Path | None = None) -> dict[str, Any]:
    """Have a database that answers, and return Django's DATABASES["default"] for it.

    With DATABASE_URL given, nothing is started. Otherwise the embedded server is started unless it runs, and
    stays up at least until this process ends, or calls `stop_if_unused`. Any number of processes may call it
    at once. Raises DatabaseError, saying why, when the server does not come up.
    """
    if not is_embedded():
        return database_settings()
    data = place(data_dir or data_folder()).data
    if data not in _held:
        lock = keeper.open_lock(data / keeper.USERS_LOCK)
        fcntl.flock(lock, fcntl.LOCK_SH)  # waits while a keeper that found itself idle shuts down
        _held[data] = lock
    end = time.monotonic() + PATIENCE
    while (reason := _silence(data)) is not None:
        if time.monotonic() > end:
            raise DatabaseError(f"数据库在 {PATIENCE:.0f} 秒内没有应答：{reason}。日志：{data}/keeper.log")
        if _start_keeper(data) == keeper.HELD:
            time.sleep(0.1)  # another process is starting it, or the keeper is bringing it back
    return database_settings(data)


def stop_if_unused(data_dir: Path | None = None) -> bool:
    """Give up our hold; when nobody else has one, stop the server now. True when it has been stopped."""
    if not is_embedded():
        return False
    data = place(data_dir or data_folder()).data
    mine = _held.pop(data, None)
    users = keeper.open_lock(data / keeper.USERS_LOCK) if mine is None else mine
    try:
        # Turns our shared hold into one of our own, so that nobody comes in while the server stops.
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return _stop_keeper(data)
    except BlockingIOError:
        return False
    finally:
        os.close(users)


def _stop_keeper(data: Path) -> bool:
    end = time.monotonic() + PATIENCE
    told: int | None = None
    while (process := _keeper_process(data)) is not None and time.monotonic() < end:
        if process != told:
            os.kill(process, signal.SIGTERM)
            told = process
        time.sleep(0.02)
    return process is None


def _silence(data: Path) -> str | None:
    """Why the server does not answer as the application would ask it; None when it does."""
    try:
        psycopg.connect(**embedded_target(data, APP), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        return str(error).strip()
    return None


def _start_keeper(data: Path) -> str:
    """Start a keeper and return what it reports: READY or HELD."""
    idle = os.environ.get("QINGYUAN_DATABASE_IDLE") or DEFAULT_IDLE
    reading, writing = os.pipe()
    with os.fdopen(reading) as report, (data / "keeper.log").open("ab") as log:
        try:
            subprocess.run(
                [sys.executable, "-m", "qingyuan.site.database", str(data), str(float(idle)), str(writing)],
                cwd="/",
                env=os.environ | {"PYTHONPATH": str(Path(qingyuan.__file__).parents[1])},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[writing],
                check=True,
            )
        finally:
            os.close(writing)
        said = report.read()
    if said not in (keeper.READY, keeper.HELD):
        raise DatabaseError(f"数据库没有启动成功：{said or f'守护进程没有回答，见 {data}/keeper.log'}")
    return said


def _keeper_process(data: Path) -> int | None:
    """The number of the keeper that holds the lock now."""
    lock = keeper.open_lock(data / keeper.KEEPER_LOCK)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return int(os.read(lock, 20) or 0) or None
    finally:
        os.close(lock)
    return None
