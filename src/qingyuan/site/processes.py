"""The process tree of one box: database, web and worker, kept up until told to stop.

`migrate()` brings the tables up to date as their owner; `running()` starts web and worker as direct children.
This process binds the web's socket and hands it down, so that a web process can die and come back without a
single connection refused. A child ends when this process does, however that happens.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import qingyuan
from qingyuan.site.database import data_folder, ensure_running, stop_if_unused
from qingyuan.site.database.offspring import end_with_parent
from qingyuan.site.database.place import place

LOCAL = "127.0.0.1"
FIRST_PORT, PORTS = 8000, 100
PORT_FILE = "port"
COMMAND = (sys.executable, "-m", "qingyuan.site.command")
LARGEST_LOG = 20_000_000  # bytes
STEADY = 10.0  # seconds after which a start counts as a success
LONGEST_BACKOFF = 30.0
LOOK_EVERY = 0.2
STOP_PATIENCE = 30.0
START_PATIENCE = 120.0


class ProcessError(Exception):
    """A process could not be started; the message says which, why and what to do."""


def migrate(*, quiet: bool = True) -> None:
    """Have a running database with all tables, made by the role that owns them.

    Raises ProcessError with the migration's own words when it fails.
    """
    ensure_running()
    done = subprocess.run(
        [*COMMAND, "migrate", "--no-input", "--verbosity", "0" if quiet else "1"],
        env=_environment({"QINGYUAN_DATABASE_ROLE": "owner"}),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ProcessError(f"数据库结构没有更新成功（migrate）：\n{done.stderr}")


class Child:
    """A program that is started again when it ends, after a pause that grows while it keeps ending."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        environment: Mapping[str, str],
        keep: Sequence[int] = (),
    ) -> None:
        self.name = name
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self._command = command
        self._environment = environment
        self._keep = keep
        self._failures = 0
        self._started = 0.0
        self._not_before = 0.0

    def start(self) -> None:
        """Start it now."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_name(f"{self.log.name}.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=self._keep,
                start_new_session=True,  # Ctrl-C reaches it through us, in order
                preexec_fn=end_with_parent(signal.SIGTERM),
            )
        self._started = time.monotonic()

    def tend(self) -> str | None:
        """Start it again if it has ended and its pause is over; returns what to tell the operator, if anything."""
        if self.process is None:
            if time.monotonic() >= self._not_before:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            return None
        self._failures = 1 if time.monotonic() - self._started > STEADY else self._failures + 1
        pause = 0.0 if self._failures == 1 else min(LONGEST_BACKOFF, 0.5 * 2 ** (self._failures - 2))
        self.process, self._not_before = None, time.monotonic() + pause
        reason = signal.Signals(-code).name if code < 0 else f"退出码 {code}"
        return f"{self.name} 意外结束（{reason}），{pause:.0f} 秒后重启。日志：{self.log}"

    def send(self, sign: signal.Signals) -> None:
        """Send it a signal if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(sign)


class Running:
    """Web and worker, up. `address` is where a browser on this machine finds them."""

    def __init__(self, address: str, children: Sequence[Child]) -> None:
        self.address = address
        self.children = children
        self._stopping = False

    def wait(self) -> None:
        """Keep the children up until this process is told to stop (SIGTERM, SIGINT)."""
        while not self._stopping:
            for child in self.children:
                said = child.tend()
                if said:
                    print(said, file=sys.stderr, flush=True)
            time.sleep(LOOK_EVERY)

    def told_to_stop(self, _sign: int, _frame: FrameType | None) -> None:
        """Signal handler: stop in order; when told twice, at once."""
        if self._stopping:
            for child in self.children:
                child.send(signal.SIGKILL)
        self._stopping = True

    def stop(self) -> None:
        """Let every child finish what it is doing, then end it."""
        for child in self.children:
            child.send(signal.SIGTERM)
        end = time.monotonic() + STOP_PATIENCE
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()


@contextmanager
def running(
    *,
    host: str = LOCAL,
    port: int | None = None,
    web_workers: int = 2,
    with_worker: bool = True,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Running]:
    """Database, web and worker, up when the block is entered and stopped, in order, when it is left.

    `port`: default the one used last time, else 8000 or the next free one. `environment` is added to the
    children's. Tables must be up to date (`migrate`). Call from the main thread: it handles the signals.
    Raises ProcessError when the port is taken or the web does not answer.
    """
    ensure_running()
    data = place(data_folder()).data
    with listen(host, port, data) as listener:
        bound = listener.getsockname()[1]
        given = _environment(
            {"QINGYUAN_PORT": str(bound), "QINGYUAN_DATABASE_ROLE": "app"}
            | _hosts(host)
            | dict(environment or {})
        )
        children = [_web(listener, data, given, web_workers)]
        if with_worker:
            worker = (*COMMAND, "procrastinate", "worker")
            children.append(Child("后台任务", worker, data / "worker.log", given))
        tree = Running(f"http://{_shown(host)}:{bound}/", children)
        before = {sign: signal.signal(sign, tree.told_to_stop) for sign in (signal.SIGTERM, signal.SIGINT)}
        try:
            for child in children:
                child.start()
            _wait_for_answer(children[0], host, bound)
            yield tree
        finally:
            tree.stop()
            for sign, handler in before.items():
                signal.signal(sign, handler)
    stop_if_unused(data)


def listen(host: str, port: int | None, data: Path) -> socket.socket:
    """A listening socket; the port is remembered in the data folder, so that a bookmark stays good.

    Raises ProcessError when `port` is given and taken, or nothing near 8000 is free.
    """
    remembered = data / PORT_FILE
    if port is not None:
        wanted = [port]
    else:
        last = int(remembered.read_text()) if remembered.exists() else FIRST_PORT
        wanted = [last, *range(FIRST_PORT, FIRST_PORT + PORTS)]
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for one in wanted:
        listener = socket.socket(family)
        # Not SO_REUSEPORT: two checkouts must never share a port. This only skips the wait after a restart.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, one))
            listener.listen(512)
        except OSError as error:
            listener.close()
            reason = error.strerror
            continue
        if port is None:
            remembered.write_text(str(listener.getsockname()[1]))
        return listener
    raise ProcessError(
        f"不能在 {host} 的端口 {wanted[0]} 上监听：{reason}。请用 --port 另选一个端口，或结束占用它的程序。"
    )


def _web(listener: socket.socket, data: Path, environment: Mapping[str, str], workers: int) -> Child:
    descriptor = listener.fileno()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "qingyuan.site.wsgi:application",
        "--bind",
        f"fd://{descriptor}",
    ]
    command += ["--worker-class", "gthread", "--workers", str(workers), "--threads", "4"]
    command += ["--timeout", "60", "--graceful-timeout", "20", "--keep-alive", "5", "--error-logfile", "-"]
    # Its control socket lies in the home folder by default, where two checkouts would fight over it.
    command += ["--no-control-socket"]
    if os.access("/dev/shm", os.W_OK):
        command += ["--worker-tmp-dir", "/dev/shm"]  # a heartbeat on a slow disk looks like a hung worker
    return Child("网页服务", command, data / "web.log", environment, keep=[descriptor])


def _wait_for_answer(web: Child, host: str, port: int) -> None:
    """Until the web answers a request, whatever it answers; the socket alone would accept before that."""
    end = time.monotonic() + START_PATIENCE
    while time.monotonic() < end:
        if web.process is None or web.process.poll() is not None:
            break
        try:
            connection = http.client.HTTPConnection(_shown(host).strip("[]"), port, timeout=5)
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            connection.getresponse().read()
            connection.close()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    raise ProcessError(f"网页服务没有启动成功：\n{_tail(web.log)}")


def _shown(host: str) -> str:
    """The address a browser on this machine would use."""
    if host in ("0.0.0.0", ""):
        return LOCAL
    if host == "::":
        return "[::1]"
    return f"[{host}]" if ":" in host else host


def _hosts(host: str) -> dict[str, str]:
    """Names the web answers to, when it listens beyond this machine and nobody has said which."""
    if host in (LOCAL, "localhost", "::1") or os.environ.get("QINGYUAN_HOSTS"):
        return {}
    names = {"localhost", LOCAL, "[::1]", _shown(host), socket.gethostname()}
    try:
        found = socket.getaddrinfo(socket.gethostname(), None)
    except OSError:
        found = []
    names |= {_shown(str(address[0]).partition("%")[0]) for *_, address in found}
    return {"QINGYUAN_HOSTS": ",".join(sorted(names))}


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    source = str(Path(qingyuan.__file__).parents[1])
    return (
        os.environ | {"PYTHONPATH": source, "DJANGO_SETTINGS_MODULE": "qingyuan.site.settings"} | dict(more)
    )


def _tail(log: Path, lines: int = 30) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
