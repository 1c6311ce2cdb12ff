"""kill -9 of any part, then the same call: every acknowledged write is there."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from qingyuan.site.database import OWNER, ensure_running, stop_if_unused
from qingyuan.site.database.cluster import processes_in
from qingyuan.site.database.connection import embedded_target
from qingyuan.site.database.keeper import KEEPER_LOCK
from qingyuan.site.database.place import place

pytestmark = pytest.mark.processes

Script = Callable[..., "subprocess.Popen[str]"]

WRITER = """
import psycopg
from qingyuan.site.database import OWNER, data_folder, ensure_running
from qingyuan.site.database.connection import embedded_target
ensure_running()
with psycopg.connect(**embedded_target(data_folder(), OWNER), autocommit=True) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS written (number bigint)")
    number = 0
    while True:
        connection.execute("INSERT INTO written VALUES (%s)", [number])
        print(number, flush=True)
        number += 1
"""
USER = """
from qingyuan.site.database import ensure_running
ensure_running()
print("up", flush=True)
input()
"""
ONCE = USER.replace("input()", "")


def _keeper(data: Path) -> int:
    return int((data / KEEPER_LOCK).read_text())


def _postmaster(data: Path) -> int:
    return int((place(data).cluster / "postmaster.pid").read_text().split()[0])


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def _kill_postmaster(data: Path) -> None:
    _kill(_postmaster(data))


def _kill_keeper(data: Path) -> None:
    _kill(_keeper(data))


def _kill_keeper_then_postmaster(data: Path) -> None:
    postmaster = _postmaster(data)
    os.kill(postmaster, signal.SIGSTOP)  # else it would begin to stop by itself when its keeper dies
    _kill(_keeper(data))
    _kill(postmaster)


def _kill_everything(data: Path) -> None:
    members = processes_in(place(data).cluster)
    _kill(_keeper(data))
    for member in members:
        try:
            _kill(member)
        except ProcessLookupError:
            continue


@pytest.mark.parametrize(
    "kill", [_kill_postmaster, _kill_keeper, _kill_keeper_then_postmaster, _kill_everything]
)
def test_every_acknowledged_write_survives(
    folder: Path, script: Script, kill: Callable[[Path], None]
) -> None:
    writer = script(WRITER, data=folder)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(200)]
    kill(folder)
    acknowledged += [int(line) for line in writer.stdout]  # ends when the writer loses its connection
    ensure_running(folder)
    with psycopg.connect(**embedded_target(folder, OWNER)) as connection:
        rows = connection.execute("SELECT number FROM written ORDER BY number").fetchall()
    kept = [number for (number,) in rows]
    assert kept[: len(acknowledged)] == acknowledged
    # The one in flight may have been committed without being acknowledged; no more than that.
    assert len(kept) <= len(acknowledged) + 1


def test_a_backend_that_outlived_its_postmaster_does_not_block_the_next_start(
    folder: Path, script: Script
) -> None:
    """A busy backend notices late that its postmaster is gone, and holds the shared memory meanwhile."""
    busy = script(
        "import psycopg, sys\n"
        "from qingyuan.site.database import OWNER, data_folder, ensure_running\n"
        "from qingyuan.site.database.connection import embedded_target\n"
        "ensure_running()\n"
        "connection = psycopg.connect(**embedded_target(data_folder(), OWNER))\n"
        "print(connection.info.backend_pid, flush=True)\n"
        "connection.execute('SELECT count(*) FROM generate_series(1, 1000000000) WHERE random() < 0')\n",
        data=folder,
    )
    assert busy.stdout is not None
    backend = int(busy.stdout.readline())
    _wait_for_cpu(backend)
    _kill_keeper_then_postmaster(folder)
    assert backend in processes_in(place(folder).cluster)
    ensure_running(folder)
    assert backend not in processes_in(place(folder).cluster)


def test_a_lock_file_with_the_number_of_a_stranger_does_not_block_the_start(folder: Path) -> None:
    """After a restart of a container the old number may belong to any process: here to this test."""
    ensure_running(folder)
    file = place(folder).cluster / "postmaster.pid"
    text = file.read_text()
    assert stop_if_unused(folder)
    file.write_text(re.sub(r"^\d+", str(os.getpid()), text))
    ensure_running(folder)
    assert _postmaster(folder) != os.getpid()


def test_an_interrupted_first_start_is_begun_again(folder: Path) -> None:
    half = place(folder).home / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    ensure_running(folder)
    assert not half.exists()


def test_many_starts_at_once_make_one_server(folder: Path, script: Script) -> None:
    users = [script(USER, data=folder) for _ in range(5)]
    for user in users:
        assert user.stdout is not None
        assert user.stdout.readline() == "up\n"
    with psycopg.connect(**embedded_target(folder, OWNER)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    postmasters = [
        one
        for one in processes_in(place(folder).cluster)
        if _parent(one) not in processes_in(place(folder).cluster)
    ]
    assert postmasters == [_postmaster(folder)]


def test_the_server_stays_for_its_users_and_leaves_after_the_last(folder: Path, script: Script) -> None:
    first = script(USER, data=folder, QINGYUAN_DATABASE_IDLE="0.1")
    second = script(USER, data=folder, QINGYUAN_DATABASE_IDLE="0.1")
    for user in (first, second):
        assert user.stdout is not None
        assert user.stdout.readline() == "up\n"
    server = _postmaster(folder)
    first.kill()  # a user that is killed gives up its hold like any other
    first.wait()
    assert not stop_if_unused(folder)
    time.sleep(1)
    assert _parent(server) == _keeper(folder)
    second.communicate("\n")
    _wait_until(lambda: not processes_in(place(folder).cluster))


def test_a_session_without_the_lock_keeps_the_server(folder: Path, script: Script) -> None:
    user = script(ONCE, data=folder, QINGYUAN_DATABASE_IDLE="0.1")
    with_lock = script(USER, data=folder, QINGYUAN_DATABASE_IDLE="0.1")
    assert with_lock.stdout is not None
    assert with_lock.stdout.readline() == "up\n"
    user.communicate()
    with psycopg.connect(**embedded_target(folder, OWNER)) as connection:
        with_lock.communicate("\n")
        time.sleep(1)
        assert connection.execute("SELECT 1").fetchone() == (1,)
    _wait_until(lambda: not processes_in(place(folder).cluster))


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def _wait_for_cpu(process: int) -> None:
    def ticks() -> int:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11])

    start = ticks()
    _wait_until(lambda: ticks() > start + 5)


def _wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, "it did not happen within 20 s"
        time.sleep(0.05)
