"""The process tree: nothing refused while a part dies, nothing left when the whole does."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qingyuan.site.database.cluster import processes_in
from qingyuan.site.database.place import place
from qingyuan.site.processes import Child, ProcessError, listen

pytestmark = [pytest.mark.processes, pytest.mark.enable_socket]

Script = Callable[..., "subprocess.Popen[str]"]

SITE = """
from qingyuan.site.processes import running
with running(with_worker=False) as site:
    print(site.address, site.children[0].process.pid, flush=True)
    site.wait()
print("stopped", flush=True)
"""


def _started(site: "subprocess.Popen[str]") -> tuple[int, int]:
    """The port and the web's process."""
    assert site.stdout is not None
    line = site.stdout.readline()
    assert line, site.communicate()[1]
    address, web = line.split()
    return int(address.rstrip("/").rpartition(":")[2]), int(web)


def _status(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/health", headers={"Host": "localhost"})
    status = connection.getresponse().status
    connection.close()
    return status


def _ends(process: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        time.sleep(0.05)
    raise AssertionError(f"process {process} is still there")


@pytest.mark.slow
def test_a_killed_web_process_refuses_nobody(folder: Path, script: Script) -> None:
    port, web = _started(script(SITE, data=folder))
    assert _status(port) == 200
    os.kill(web, signal.SIGKILL)
    # A request that a dying process had accepted may break; one that comes after it may not.
    _ends(web)
    assert [_status(port) for _ in range(5)] == [200] * 5


@pytest.mark.slow
def test_a_killed_database_is_back_for_the_next_request(folder: Path, script: Script) -> None:
    port, _ = _started(script(SITE, data=folder))
    assert _status(port) == 200
    postmaster = int((place(folder).cluster / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    end = time.monotonic() + 20
    while _status(port) != 200:
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.slow
def test_a_killed_supervisor_leaves_nothing_and_the_same_call_continues(folder: Path, script: Script) -> None:
    first = script(SITE, data=folder, QINGYUAN_DATABASE_IDLE="1")
    port, web = _started(first)
    first.kill()
    first.wait()
    _ends(web)
    again, _ = _started(script(SITE, data=folder, QINGYUAN_DATABASE_IDLE="1"))
    assert again == port
    assert _status(port) == 200


@pytest.mark.slow
def test_told_to_stop_it_stops_everything(folder: Path, script: Script) -> None:
    site = script(SITE, data=folder)
    _, web = _started(site)
    site.send_signal(signal.SIGTERM)
    out, err = site.communicate(timeout=40)
    assert out == "stopped\n", err
    _ends(web)
    assert processes_in(place(folder).cluster) == []


def test_a_taken_port_is_named_when_asked_for_and_passed_over_when_not(folder: Path) -> None:
    with listen("127.0.0.1", None, folder) as first:
        port = first.getsockname()[1]
        with pytest.raises(ProcessError, match=rf"端口 {port} .*--port"):
            listen("127.0.0.1", port, folder)
        second = folder / "second"
        second.mkdir()
        with listen("127.0.0.1", None, second) as other:
            assert other.getsockname()[1] != port
    with listen("127.0.0.1", None, folder) as once_more:
        assert once_more.getsockname()[1] == port


@pytest.mark.slow
def test_only_this_machine_is_listened_to_unless_told_otherwise(folder: Path, script: Script) -> None:
    port, _ = _started(script(SITE, data=folder))
    with socket.socket() as other:
        other.bind(("127.0.0.2", port))  # would fail if the server had taken every address


def test_a_child_that_keeps_ending_is_started_ever_more_slowly(folder: Path) -> None:
    child = Child("坏的", [sys.executable, "-c", "raise SystemExit(3)"], folder / "log", dict(os.environ))
    said = []
    pauses = []
    for _ in range(3):
        child.start()
        assert child.process is not None
        child.process.wait()
        said.append(child.tend())
        pauses.append(child._not_before - time.monotonic())
        assert child.process is None
    assert all(line is not None and "退出码 3" in line and str(folder / "log") in line for line in said)
    assert pauses[0] < pauses[1] < pauses[2]
