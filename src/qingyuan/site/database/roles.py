"""What a started server must hold before anybody may use it: two roles, one database, Chinese trigrams."""

from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from qingyuan.site.database.connection import APP, NAME, OWNER, SUPERUSER, embedded_target
from qingyuan.site.database.credentials import read_credentials
from qingyuan.site.database.errors import DatabaseError

PROBE = "假冒伪劣"


def prepare(data: Path) -> None:
    """Create or repair roles, database and grants. Idempotent.

    `qingyuan_owner` owns the database and every table, and may create databases (tests do).
    `qingyuan_app` reads and writes rows and has no right to create, alter or drop anything.
    Raises DatabaseError when the server would not find Chinese words.
    """
    credentials = read_credentials(data)
    with psycopg.connect(**embedded_target(data, SUPERUSER, dbname="postgres"), autocommit=True) as server:
        existing = {name for (name,) in server.execute("SELECT rolname FROM pg_roles").fetchall()}
        for role, rights, password in (
            (OWNER, "LOGIN CREATEDB", credentials.owner),
            (APP, "LOGIN NOCREATEDB", credentials.app),
        ):
            if role not in existing:
                statement = f"CREATE ROLE {{}} {rights} PASSWORD {{}}"
                server.execute(sql.SQL(statement).format(sql.Identifier(role), sql.Literal(password)))
        # Databases of tests are copied from template1: they need the same grants.
        _grant(data, "template1")
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if not found:
            create = sql.SQL("CREATE DATABASE {} OWNER {}")
            server.execute(create.format(sql.Identifier(NAME), sql.Identifier(OWNER)))
    _grant(data, NAME)
    require_chinese(data)


def require_chinese(data: Path, *, dbname: str = NAME) -> None:
    """Fail unless pg_trgm sees Chinese: under a locale that is not UTF-8 it yields nothing, silently."""
    with psycopg.connect(**embedded_target(data, SUPERUSER, dbname=dbname)) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        trigrams: tuple[Any] | None = connection.execute("SELECT show_trgm(%s)", [PROBE]).fetchone()
        if trigrams is None or not trigrams[0]:
            raise DatabaseError(
                f"数据库认不出中文（show_trgm('{PROBE}') 为空），搜索会静默失效。"
                "数据须以 initdb -E UTF8 --locale=C.UTF-8 建立：请导出数据，重新建立后导入。"
            )


def _grant(data: Path, dbname: str) -> None:
    owner, app = sql.Identifier(OWNER), sql.Identifier(APP)
    with psycopg.connect(**embedded_target(data, SUPERUSER, dbname=dbname)) as connection:
        for statement in (
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
            "GRANT USAGE ON SCHEMA public TO {app}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner}"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {app}",
        ):
            connection.execute(sql.SQL(statement).format(owner=owner, app=app))
