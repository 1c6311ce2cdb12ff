"""A pgbench script that writes again, under new keys, the rows that one letter left behind."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

Values = dict[str, sql.Composable]
JSONB = 3802
"""PostgreSQL's number of the type: a list in such a column is JSON, in any other an array."""


def transaction_like(database: psycopg.Connection[Any]) -> str:
    """Return the script for the newest letter: same tables, same sizes, one transaction."""
    matter = _row(database, "intake_matter", "true ORDER BY id DESC LIMIT 1")
    letter = _row(database, "intake_letter", "id = %s", matter["letter_id"])
    identity = _row(database, "intake_reporteridentity", "letter_id = %s", matter["letter_id"])
    subject = (matter["kind"], str(matter["id"]))
    head = _row(database, "ledger_head", "subject_kind = %s AND subject_id = %s", *subject)
    event = _row(database, "ledger_event", "subject_kind = %s AND subject_id = %s", *subject)
    duty = _row(database, "ledger_duty", "subject_kind = %s AND subject_id = %s", *subject)
    fresh = sql.SQL("gen_random_uuid()::text")
    its_id: Values = {"subject_id": sql.SQL("(:matter)::text")}
    keys: Values = {"source_number": fresh, "idempotency_key": fresh}
    lines = [
        sql.SQL("BEGIN;"),
        _insert("intake_letter", letter, keys, returning="letter"),
        _insert("intake_reporteridentity", identity, {"letter_id": sql.SQL(":letter")}),
        _insert("intake_matter", matter, {"letter_id": sql.SQL(":letter")}, returning="matter"),
        _insert("ledger_head", {**head, "sequence": 0}, its_id, returning="head"),
        _insert("ledger_event", event, its_id, returning="event"),
        sql.SQL("UPDATE ledger_head SET sequence = 1, hash = {} WHERE id = :head;").format(
            sql.Literal(head["hash"])
        ),
        _insert("ledger_duty", duty, {**its_id, "opened_by": sql.SQL(":event")}),
        sql.SQL("COMMIT;"),
    ]
    return "\n".join(line.as_string(database) for line in lines) + "\n"


def _row(database: psycopg.Connection[Any], table: str, where: str, *values: object) -> dict[str, Any]:
    statement = f"SELECT * FROM {table} WHERE {where}"
    cursor = database.execute(statement, values)
    found = cursor.fetchone()
    if found is None or cursor.description is None:
        raise LookupError(f"{table} has no row for the newest letter; post one first")
    return {
        column.name: Jsonb(value) if column.type_code == JSONB and value is not None else value
        for column, value in zip(cursor.description, found, strict=True)
    }


def _insert(table: str, row: dict[str, Any], changed: Values, *, returning: str = "") -> sql.Composable:
    columns = [name for name in row if name != "id"]
    values = [changed.get(name) or sql.Literal(row[name]) for name in columns]
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(", ").join(values)
    )
    if not returning:
        return statement + sql.SQL(";")
    return statement + sql.SQL(" RETURNING id AS {} \\gset").format(sql.Identifier(returning))
