"""The keeper: one process per data folder, with PostgreSQL as its child; restarts it, ends when idle.

Locks (flock, released by the kernel however a process ends):
`keeper.lock`  held by the one keeper for its whole life.
`users.lock`   held shared by every process that uses the server; the keeper stops the server only when it
               gets the lock for itself alone, and holds it until the server has stopped.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

import psycopg

from qingyuan.site.database import cluster, roles
from qingyuan.site.database.connection import SUPERUSER, embedded_target
from qingyuan.site.database.credentials import change_port, read_credentials
from qingyuan.site.database.errors import DatabaseError
from qingyuan.site.database.place import Place, place

READY = "ready"
HELD = "held"
KEEPER_LOCK = "keeper.lock"
USERS_LOCK = "users.lock"
START_PATIENCE = 120.0  # seconds; replaying the log after a crash can take a while
LONGEST_BACKOFF = 30.0
LOOK_EVERY = 0.2


class Keeper:
    """One server kept up until nobody has used it for `idle` seconds, or SIGTERM."""

    def __init__(self, where: Place, *, idle: float) -> None:
        self.where = where
        self.idle = idle
        self.stopping = False
        self.server: subprocess.Popen[bytes] | None = None
        self.users = open_lock(where.data / USERS_LOCK)

    def start(self) -> None:
        """Bring the server up, whatever state the last run left, and prepare it.

        Raises DatabaseError with the end of the server's log when it does not come up.
        """
        credentials = read_credentials(self.where.data)
        cluster.create(self.where, credentials)
        cluster.clear_remains(self.where)
        self.server = cluster.start(self.where, credentials)
        if not self._answers() and self.where.socket_folder is None:
            # Somebody else may have taken the port since it was drawn.
            self.server = cluster.start(self.where, change_port(self.where.data))
            self._answers()
        if self.server.poll() is not None:
            raise DatabaseError(f"PostgreSQL 没有启动成功：\n{cluster.log_tail(self.where)}")
        roles.prepare(self.where.data)

    def keep(self) -> None:
        """Watch until told or entitled to stop; then stop the server."""
        failures, started, unused_since = 0, time.monotonic(), time.monotonic()
        while not self.stopping:
            time.sleep(LOOK_EVERY)
            if self.server is None or self.server.poll() is not None:
                failures = 0 if time.monotonic() - started > LONGEST_BACKOFF * 2 else failures + 1
                self._pause(min(LONGEST_BACKOFF, 0.1 * 2**failures) if failures > 1 else 0)
                self._restart()
                started = time.monotonic()
            if not self._alone():
                unused_since = time.monotonic()
            elif time.monotonic() - unused_since < self.idle or self._has_sessions():
                fcntl.flock(self.users, fcntl.LOCK_UN)
            else:
                break
        self.stop()

    def stop(self) -> None:
        """Stop the server and leave nothing behind."""
        if self.server is not None:
            cluster.stop(self.server)

    def _restart(self) -> None:
        if self.stopping:
            return
        try:
            self.start()
        except (DatabaseError, psycopg.Error, OSError) as error:
            print(f"keeper: {error}", file=sys.stderr, flush=True)

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.stopping:
            time.sleep(LOOK_EVERY)

    def _answers(self) -> bool:
        """Wait until the server takes connections; False when it ended or the patience did."""
        assert self.server is not None
        end = time.monotonic() + START_PATIENCE
        while time.monotonic() < end and self.server.poll() is None and not self.stopping:
            try:
                psycopg.connect(**embedded_target(self.where.data, SUPERUSER, dbname="postgres")).close()
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    raise DatabaseError(
                        f"数据库不认 {self.where.data}/database.json 里的密码。"
                        "该文件与数据须一起备份、一起恢复；请恢复原来的文件。"
                    ) from error
                time.sleep(0.03)
                continue
            return True
        return False

    def _alone(self) -> bool:
        """Take the users' lock for ourselves; the caller gives it back."""
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _has_sessions(self) -> bool:
        """Whether somebody is connected without holding the lock (psql, pgbench)."""
        query = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        try:
            with psycopg.connect(**embedded_target(self.where.data, SUPERUSER, dbname="postgres")) as server:
                row = server.execute(query).fetchone()
        except psycopg.Error:
            return False
        return row is not None and row[0] > 0


def open_lock(path: Path) -> int:
    """Open a lock file, made readable by its owner alone; a descriptor, for it stays open to the end."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def main(data: Path, idle: float, report: TextIO) -> int:
    """Run the keeper of `data`; writes one word or an error to `report` and closes it."""
    lock = open_lock(data / KEEPER_LOCK)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        report.write(HELD)
        report.close()
        return 0
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    keeper = Keeper(place(data), idle=idle)

    def told_to_stop(*_: object) -> None:
        keeper.stopping = True

    signal.signal(signal.SIGTERM, told_to_stop)
    signal.signal(signal.SIGINT, told_to_stop)
    try:
        keeper.start()
    except Exception as error:
        keeper.stop()
        report.write(str(error) if isinstance(error, DatabaseError) else f"{type(error).__name__}: {error}")
        report.close()
        raise
    report.write(READY)
    report.close()
    keeper.keep()
    return 0
