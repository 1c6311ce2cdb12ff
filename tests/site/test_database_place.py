"""Where the embedded server lives, and what it refuses to touch."""

import json
import os
import shutil
import stat
from pathlib import Path

import psycopg
import pytest

from qingyuan.site.database import (
    DatabaseError,
    data_folder,
    database_settings,
    ensure_running,
    stop_if_unused,
)
from qingyuan.site.database.cluster import create
from qingyuan.site.database.connection import OWNER, embedded_target
from qingyuan.site.database.credentials import read_credentials
from qingyuan.site.database.place import fallback_folder, place

pytestmark = pytest.mark.processes


def _cluster_of(data: Path) -> str:
    with psycopg.connect(**embedded_target(data, OWNER)) as connection:
        row = connection.execute("SELECT system_identifier::text FROM pg_control_system()").fetchone()
    assert row is not None
    return str(row[0])


def test_two_folders_at_once_have_servers_of_their_own(folder: Path) -> None:
    first, second = folder / "a", folder / "b"
    one, other = ensure_running(first), ensure_running(second)
    assert (one["HOST"], one["PORT"]) != (other["HOST"], other["PORT"])
    assert one["PASSWORD"] != other["PASSWORD"]
    assert _cluster_of(first) != _cluster_of(second)


@pytest.mark.parametrize("name", ["有 空格 的目录", "a'b\"c"])
def test_a_path_with_spaces_quotes_and_chinese_works(folder: Path, name: str) -> None:
    settings = ensure_running(folder / name)
    assert settings["HOST"].startswith(str(folder))
    assert _cluster_of(folder / name)


def test_a_path_too_long_for_a_socket_uses_a_password_on_this_host_alone(folder: Path) -> None:
    data = folder / ("打击侵权假冒工作领导小组办公室" * 2) / ("清源" * 4)
    settings = ensure_running(data)
    assert settings["HOST"] == "127.0.0.1"
    assert settings["PORT"] == str(read_credentials(data).port)
    with psycopg.connect(**embedded_target(data, OWNER)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**embedded_target(data, OWNER) | {"password": "guess"})


def test_the_socket_asks_for_the_password_too(folder: Path) -> None:
    ensure_running(folder / "d")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**embedded_target(folder / "d", OWNER) | {"password": "guess"})


def test_passwords_are_readable_by_their_owner_alone(folder: Path) -> None:
    first = read_credentials(folder)
    assert stat.S_IMODE((folder / "database.json").stat().st_mode) == 0o600
    assert read_credentials(folder) == first
    assert len({first.superuser, first.owner, first.app}) == 3


def test_a_closed_folder_stays_closed(folder: Path) -> None:
    """Root's server runs as another user: it goes elsewhere rather than open somebody's folder."""
    closed = folder / "home"
    closed.mkdir(mode=0o700)
    data = closed / "checkout" / ".data"
    ensure_running(data)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    inside = place(data).home.is_relative_to(closed)
    assert inside == (os.geteuid() != 0)
    assert _cluster_of(data)


def test_the_default_folder_is_the_checkouts_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QINGYUAN_DATA", raising=False)
    assert data_folder() == Path(__file__).resolve().parents[2] / ".data"


def test_data_of_another_major_version_is_refused_with_the_way_out(folder: Path) -> None:
    where = place(folder)
    where.cluster.mkdir(parents=True)
    (where.cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(DatabaseError, match=r"PostgreSQL 15 .*pg_dump"):
        create(where, read_credentials(folder))


def test_missing_binaries_say_what_to_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGYUAN_POSTGRES_BIN", str(folder / "nowhere"))
    with pytest.raises(DatabaseError, match=r"\./run setup"):
        ensure_running(folder / "data")


def test_lost_passwords_say_which_file_to_restore(folder: Path) -> None:
    ensure_running(folder)
    assert stop_if_unused(folder)
    file = folder / "database.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"superuser": "x", "app": "y"}))
    with pytest.raises(DatabaseError, match=r"database\.json"):
        ensure_running(folder)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://user:p%40ss@db.example:6543/name?sslmode=require",
            {"NAME": "name", "USER": "user", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "6543"},
        ),
        ("postgres://user@%2Frun%2Fpg/name", {"NAME": "name", "HOST": "/run/pg", "PORT": ""}),
        ("postgresql:///name?host=/run/pg", {"NAME": "name", "USER": "", "HOST": "/run/pg"}),
    ],
)
def test_a_url_becomes_settings(url: str, expected: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    settings = database_settings()
    assert settings | expected == settings


def test_the_owner_has_its_own_url_or_shares_the_only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@h/n")
    assert database_settings(role="owner")["USER"] == "app"
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@h/n")
    assert database_settings(role="owner")["USER"] == "owner"
    assert database_settings(role="app")["USER"] == "app"


@pytest.mark.parametrize("url", ["sqlite:///x.db", "mysql://u@h/n", "postgresql://u@h", "nonsense"])
def test_another_engine_is_refused_and_the_password_not_shown(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(DatabaseError, match="PostgreSQL 14"):
        database_settings()


def test_a_moved_folder_whose_cluster_lies_elsewhere_does_not_begin_anew(folder: Path) -> None:
    """Only root's servers lie elsewhere; an ordinary user's moves with its folder and keeps its rows."""
    closed = folder / "home"
    closed.mkdir(mode=0o700)
    ensure_running(closed / "data")
    first = _cluster_of(closed / "data")
    assert stop_if_unused(closed / "data")
    (closed / "data").rename(closed / "moved")
    try:
        if os.geteuid() == 0:
            with pytest.raises(DatabaseError, match="移动或复制"):
                ensure_running(closed / "moved")
        else:
            ensure_running(closed / "moved")
            assert _cluster_of(closed / "moved") == first
    finally:
        if os.geteuid() == 0:
            shutil.rmtree(fallback_folder(closed / "data"))
