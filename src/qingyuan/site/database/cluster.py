"""Making, starting and stopping one PostgreSQL cluster as a direct child of the calling process."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from qingyuan.site.database.credentials import Credentials
from qingyuan.site.database.errors import DatabaseError
from qingyuan.site.database.offspring import end_with_parent
from qingyuan.site.database.place import Place, make_folder, remember_home

LOG = "postgres.log"
LARGEST_LOG = 20_000_000  # bytes; a larger one is set aside as postgres.log.1 at the next start
GIB = 1 << 30


def create(place: Place, credentials: Credentials) -> None:
    """initdb, once: into a folder set aside, renamed when complete, so that a kill half-way leaves nothing.

    Raises DatabaseError with initdb's own words when it fails.
    """
    if (place.cluster / "PG_VERSION").exists():
        _refuse_other_version(place)
        return
    make_folder(place.home, 0o711 if place.user else 0o700)
    fresh = place.home / "cluster.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    place.own(fresh, 0o700)
    password = Path(tempfile.mkdtemp(dir=place.home)) / "password"
    place.own(password.parent, 0o700)
    try:
        password.write_text(credentials.superuser)
        place.own(password, 0o600)
        command = [str(place.binaries / "initdb"), "-D", str(fresh), "-U", "postgres", "-E", "UTF8"]
        # Any other way to say it leaves Chinese words without trigrams, silently: `roles.require_chinese`.
        command += ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={password}", "--no-instructions"]
        done = subprocess.run(
            command, cwd="/", env=_environment(), capture_output=True, text=True, check=False, **place.lend()
        )
    finally:
        shutil.rmtree(password.parent)
    if done.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        raise DatabaseError(f"initdb 没有成功：\n{done.stdout}{done.stderr}")
    fresh.rename(place.cluster)
    remember_home(place)


def start(place: Place, credentials: Credentials) -> "subprocess.Popen[bytes]":
    """Start the server as a child that ends when its parent's thread does. Does not wait for it to answer."""
    command = [str(place.binaries / "postgres"), "-D", str(place.cluster)]
    for name, value in {**tuning(), **_address(place, credentials)}.items():
        command += ["-c", f"{name}={value}"]
    log = place.data / LOG
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            command,
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            start_new_session=True,  # Ctrl-C in the terminal must not stop it before those who use it
            preexec_fn=end_with_parent(signal.SIGINT),
            **place.lend(),
        )
    finally:
        os.close(descriptor)


def stop(server: "subprocess.Popen[bytes]", *, patience: float = 60) -> None:
    """Stop it: quickly and cleanly; after `patience` seconds without waiting for the checkpoint."""
    for sign, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        if server.poll() is not None:
            return
        server.send_signal(sign)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def clear_remains(place: Place, *, patience: float = 60) -> None:
    """Make the folder startable after any kind of kill. Call only while holding the keeper's lock.

    An old postmaster that still runs is stopped; backends that outlived theirs are ended, for they hold the
    shared memory; the lock files are then removed, for PostgreSQL itself takes a zombie, or an unrelated
    process that was given the old number, for a live server.
    """
    signs = [(signal.SIGINT, patience), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)]
    for sign, seconds in signs:
        members = processes_in(place.cluster)
        if not members:
            break
        # To a backend SIGINT means "cancel the query": only the postmaster understands it as "stop".
        postmaster = _postmaster(place)
        if sign is signal.SIGINT and postmaster not in members:
            continue
        for member in [postmaster] if sign is signal.SIGINT and postmaster else members:
            _send(member, sign)
        _wait_until_empty(place.cluster, seconds)
    left = processes_in(place.cluster)
    if left:
        raise DatabaseError(
            f"旧的数据库进程 {left} 没有结束，数据 {place.cluster} 不能启动。请结束它们后再试。"
        )
    if Path("/proc/self").exists():  # elsewhere we cannot tell, and PostgreSQL's own checks must do
        (place.cluster / "postmaster.pid").unlink(missing_ok=True)
        for file in (place.home / "socket").glob(".s.PGSQL.*"):  # the socket has a lock file of its own
            file.unlink()


def processes_in(cluster: Path) -> list[int]:
    """Live processes whose working directory is the cluster: PostgreSQL's always is. Zombies have none."""
    found = []
    wanted = os.path.realpath(cluster)
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == wanted and "postgres" in os.path.basename(
                os.readlink(entry / "exe")
            ):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def tuning() -> dict[str, str]:
    """Settings for one box that also runs the web and the worker."""
    memory = _memory()
    settings = {
        "shared_buffers": f"{max(128, min(2048, memory // 8 // (1 << 20)))}MB",
        "effective_cache_size": f"{max(256, memory // 2 // (1 << 20))}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{max(64, min(512, memory // 32 // (1 << 20)))}MB",
        "max_connections": "100",
        "synchronous_commit": "on",  # an acknowledged write survives anything
        "fsync": "on",
        "jit": "off",  # compiling costs more than our short queries take
        "random_page_cost": "1.1",
        "max_wal_size": "2GB",
        "timezone": "Asia/Shanghai",
        "log_timezone": "Asia/Shanghai",
        "log_min_duration_statement": "2000",
    }
    try:
        shm = os.statvfs("/dev/shm")
        small = shm.f_blocks * shm.f_frsize < GIB // 4  # a container's usual 64 MB breaks parallel queries
    except OSError:
        small = True
    return settings | ({"dynamic_shared_memory_type": "mmap"} if small else {})


def log_tail(place: Place, lines: int = 15) -> str:
    """The last lines of the server's log, for an error message."""
    log = place.data / LOG
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 20_000))
        return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-lines:])


def _address(place: Place, credentials: Credentials) -> dict[str, str]:
    folder = place.socket_folder
    if folder is None:
        return {
            "listen_addresses": "127.0.0.1",
            "port": str(credentials.port),
            "unix_socket_directories": "",
        }
    if not folder.exists():
        folder.mkdir()
        place.own(folder, 0o700)
    quoted = str(folder).replace('"', '""')
    return {"listen_addresses": "", "port": "5432", "unix_socket_directories": f'"{quoted}"'}


def _environment() -> dict[str, str]:
    # PG* variables of the caller would change what initdb and postgres do.
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "TMPDIR", "LD_LIBRARY_PATH")}
    return kept | {"LC_ALL": "C.UTF-8"}


def _refuse_other_version(place: Place) -> None:
    made_by = (place.cluster / "PG_VERSION").read_text().strip()
    shown = subprocess.run(
        [str(place.binaries / "postgres"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    version = shown.split()[2].split(".")[0]
    if version != made_by:
        raise DatabaseError(
            f"数据 {place.cluster} 由 PostgreSQL {made_by} 建立，现在的程序是 {version}。"
            "请用旧版本导出（pg_dump）再导入；步骤见 docs/ops。"
        )


def _postmaster(place: Place) -> int | None:
    try:
        return int((place.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _send(process: int, sign: signal.Signals) -> None:
    try:
        os.kill(process, sign)
    except ProcessLookupError:
        return


def _wait_until_empty(cluster: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    while processes_in(cluster) and time.monotonic() < end:
        time.sleep(0.05)


def _memory() -> int:
    """Bytes of memory: the machine's, or the container's limit where that is lower."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for file in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            total = min(total, int(Path(file).read_text()))
        except (OSError, ValueError):
            continue
    return total
