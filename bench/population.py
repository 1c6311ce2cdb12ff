"""Fill the tables to a size with set-based SQL, indexes made afterwards as a restore would make them."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.district import SHARES, District
from bench.words import shop_names, wordings
from qingyuan.basics.bigrams import bigrams

SQL = Path(__file__).parent / "sql"
LOADED = (
    "intake_letter",
    "intake_matter",
    "cases_case",
    "ledger_event",
    "ledger_head",
    "ledger_duty",
    "registry_party",
)
TEXTS = 20_000
RECORDS_A_PARTY = 5


def grow(
    database: psycopg.Connection[Any], district: District, *, first: int, last: int, now: datetime
) -> float:
    """Add records `first` to `last` of each kind; return the seconds it took. Ids start at 1 and have no gaps.

    Foreign keys and triggers are set aside while loading (`session_replication_role`), check constraints are not.
    """
    start = time.perf_counter()
    database.execute("SET session_replication_role = replica")
    database.execute("SET synchronous_commit = off")
    database.execute("SET maintenance_work_mem = '1GB'")
    database.execute("SET work_mem = '256MB'")
    database.execute("SET max_parallel_maintenance_workers = 2")
    database.execute("SELECT setseed(0.5)")
    texts = _texts(database, TEXTS if last > 100_000 else 4_000)
    secondary = _drop_indexes(database) if last > 50_000 else []
    _parties(database, (first - 1) // RECORDS_A_PARTY + 1, last // RECORDS_A_PARTY, district, now)
    given = _parameters(district) | {"first": first, "last": last, "now": now, "texts": texts}
    given |= {"parties": last // RECORDS_A_PARTY, "last_event": _last(database, "ledger_event")}
    for name in ("letters", "matters", "cases", "ledger"):
        statements = [
            each for each in (SQL / f"{name}.sql").read_text(encoding="utf-8").split(";\n") if each.strip()
        ]
        for statement in statements:
            database.execute(statement, given)
    for definition in secondary:
        database.execute(definition)
    _settle(database)
    return time.perf_counter() - start


def _parameters(district: District) -> dict[str, Any]:
    units = [district.units[code] for code in SHARES]
    office, procuratorate = district.units["office"], district.units["procuratorate"]
    return {
        "region": district.region.code,
        "units": [unit.pk for unit in units],
        "scopes": [unit.scope_id for unit in units],
        "bounds": district.bounds,
        "office_unit": office.pk,
        "office_scope": office.scope_id,
        "procuratorate_scope": procuratorate.scope_id,
        "officer": district.third.pk,
        "officer_unit": district.third.unit_id,
    }


def _texts(database: psycopg.Connection[Any], count: int) -> int:
    """Have exactly `count` wordings in a table of their own, cut into bigrams by the application's own function."""
    database.execute("DROP TABLE IF EXISTS bench_text")
    database.execute(
        "CREATE UNLOGGED TABLE bench_text (id bigint PRIMARY KEY, title text, text text, goods text,"
        " platform text, place text, bigrams varchar(4)[], cause varchar(4)[])"
    )
    with database.cursor() as cursor, cursor.copy("COPY bench_text FROM STDIN") as copy:
        for number, said in enumerate(wordings(count), start=1):
            found = bigrams(said.title, said.text, said.goods, said.platform, said.place)
            row = (said.title, said.text, said.goods, said.platform, said.place, found, bigrams(said.title))
            copy.write_row((number, *row))
    database.execute("ANALYZE bench_text")
    return count


def _parties(
    database: psycopg.Connection[Any], first: int, last: int, district: District, now: datetime
) -> None:
    columns = (
        "id, kind, name, folded_name, credit_code, phone, address, folded_address, sort_key, bigrams,"
        " registered_at, region_id"
    )
    with database.cursor() as cursor, cursor.copy(f"COPY registry_party ({columns}) FROM STDIN") as copy:
        for number, name in shop_names(first, last):
            row = (
                number,
                "legal_person",
                name,
                name,
                "",
                "",
                "",
                "",
                name,
                bigrams(name),
                now,
                district.region.code,
            )
            copy.write_row(row)
    database.execute("ANALYZE registry_party")


def _drop_indexes(database: psycopg.Connection[Any]) -> list[str]:
    """Drop the indexes that hold no constraint; return how to make them again."""
    rows = database.execute(
        """SELECT pg_get_indexdef(i.indexrelid), i.indexrelid::regclass::text
           FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
           WHERE c.relname = ANY(%s) AND c.relkind = 'r'
             AND NOT i.indisprimary AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)""",
        [list(LOADED)],
    ).fetchall()
    for _definition, name in rows:
        database.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))
    return [definition for definition, _name in rows]


def _settle(database: psycopg.Connection[Any]) -> None:
    """Set the sequences behind the last row, and leave the tables as autovacuum would."""
    for table in LOADED:
        name = sql.Identifier(table)
        database.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                sql.Literal(table), name
            )
        )
        database.execute(sql.SQL("VACUUM (ANALYZE) {}").format(name))
    database.execute("CHECKPOINT")


def _last(database: psycopg.Connection[Any], table: str) -> int:
    row = database.execute(
        sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table))
    ).fetchone()
    assert row is not None
    return int(row[0])
