"""How to connect: Django's DATABASES entry and psycopg's arguments, for either role."""

import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from qingyuan.site.database.credentials import read_credentials
from qingyuan.site.database.errors import DatabaseError
from qingyuan.site.database.place import data_folder, place

Role = Literal["app", "owner"]
NAME = "qingyuan"
SUPERUSER = "postgres"
OWNER = "qingyuan_owner"
APP = "qingyuan_app"
# A page takes about twenty queries; a connection per request would cost more than they do.
KEEP_CONNECTION = 300


def is_embedded() -> bool:
    """Whether the system keeps its own server, that is, no DATABASE_URL is given."""
    return not os.environ.get("DATABASE_URL")


def database_settings(data_dir: Path | None = None, *, role: Role | None = None) -> dict[str, Any]:
    """Django's DATABASES["default"]. Starts no server; with the embedded one, settles its passwords once.

    `role`: `app` may read and write rows, `owner` may also change tables (migrations, tests). Default:
    `QINGYUAN_DATABASE_ROLE`, else `app`. `data_dir`: default `data_folder()`.
    Raises DatabaseError when a URL is not a PostgreSQL one or the data folder cannot be used.
    """
    role = role or _role_from_environment()
    common = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": KEEP_CONNECTION,
        "CONN_HEALTH_CHECKS": True,  # the server may have been restarted under us
    }
    if not is_embedded():
        url = os.environ["DATABASE_URL"]
        if role == "owner":
            url = os.environ.get("DATABASE_OWNER_URL") or url
        return common | _from_url(url)
    target = embedded_target(data_dir or data_folder(), OWNER if role == "owner" else APP)
    return common | {
        "NAME": target["dbname"],
        "USER": target["user"],
        "PASSWORD": target["password"],
        "HOST": target["host"],
        "PORT": target["port"],
        "OPTIONS": {"connect_timeout": 10},
    }


def embedded_target(data: Path, user: str, *, dbname: str = NAME) -> dict[str, Any]:
    """psycopg's arguments for the embedded server of that data folder."""
    credentials = read_credentials(place(data).data)
    passwords = {SUPERUSER: credentials.superuser, OWNER: credentials.owner, APP: credentials.app}
    socket_folder = place(data).socket_folder
    return {
        "host": str(socket_folder) if socket_folder else "127.0.0.1",
        "port": "5432" if socket_folder else str(credentials.port),
        "user": user,
        "password": passwords[user],
        "dbname": dbname,
    }


def _role_from_environment() -> Role:
    role = os.environ.get("QINGYUAN_DATABASE_ROLE") or "app"
    if role == "app" or role == "owner":
        return role
    raise DatabaseError(f"QINGYUAN_DATABASE_ROLE 只能是 app 或 owner，不能是 {role!r}。")


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise DatabaseError(
            "DATABASE_URL 应为 postgresql://用户:密码@主机:端口/库名；"
            f"收到的以 {parts.scheme or '（无）'}:// 开头。只支持 PostgreSQL 14 及以上。"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket folder may stand where the host stands (percent-encoded) or in ?host=, as libpq allows.
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": 10} | options,
    }
