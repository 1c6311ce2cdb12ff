"""What the database owner does to the ledger behind the trigger's back is found, and the record named."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from qingyuan.apps.ledger import actions, queries
from qingyuan.apps.ledger.actions import Actor, Draft, Subject
from qingyuan.apps.ledger.models import Event, Seal
from qingyuan.basics import chain

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OFFICER = Actor("顾清", "qinghe-market", 7)


@pytest.fixture
def history() -> None:
    """Three subjects with five events each, sealed after the third round."""
    for round_number in range(5):
        with transaction.atomic():
            actions.record_many(
                [
                    Draft(
                        "member.changed",
                        Subject("member", str(number)),
                        OFFICER,
                        START + timedelta(hours=round_number),
                        {"round": round_number, "note": "转岗"},
                    )
                    for number in (1, 2, 3)
                ]
            )
        if round_number == 2:
            actions.seal(day=date(2026, 3, 1))


def as_owner(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_append_only")
        cursor.execute(statement, parameters)
        cursor.execute("ALTER TABLE ledger_event ENABLE TRIGGER ledger_event_append_only")


def found() -> list[str]:
    return [str(fault) for fault in queries.faults()]


def second_of(number: int, sequence: int = 2) -> Event:
    return Event.objects.get(subject_kind="member", subject_id=str(number), sequence=sequence)


def test_an_untouched_ledger_is_clean(history: None) -> None:
    assert found() == []
    assert Event.objects.count() == 15
    assert Seal.objects.count() == 1


def test_the_database_refuses_update_and_delete_even_to_its_owner(history: None) -> None:
    for statement in (
        "UPDATE ledger_event SET actor = 'x'",
        "DELETE FROM ledger_event",
        "TRUNCATE ledger_event",
    ):
        with pytest.raises(DatabaseError, match="台账只能追加"), transaction.atomic():
            connection.cursor().execute(statement)
    assert found() == []


def test_an_edited_event_is_named(history: None) -> None:
    as_owner("UPDATE ledger_event SET facts = '{\"round\": 9}' WHERE id = %s", second_of(2).pk)
    [fault] = [line for line in found() if line.startswith("member")]
    assert fault.startswith(f"member 2 #2 (event {second_of(2).pk})")
    assert "was changed" in fault


def test_a_deleted_event_is_named_by_its_successor(history: None) -> None:
    as_owner("DELETE FROM ledger_event WHERE id = %s", second_of(1).pk)
    assert found()[0].startswith("member 1 #3")
    assert "number 2 is missing" in found()[0]


def test_a_deleted_end_is_found_by_the_head(history: None) -> None:
    as_owner("DELETE FROM ledger_event WHERE id = %s", second_of(3, 5).pk)
    [fault] = found()
    assert fault.startswith("member 3 #5")
    assert "its end was cut" in fault


def test_a_whole_subject_deleted_with_its_head_is_found_by_the_seal(history: None) -> None:
    as_owner("DELETE FROM ledger_event WHERE subject_id = '2'")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_head WHERE subject_id = '2'")
    assert any(line.startswith("seal of 2026-03-01") for line in found())


def test_an_inserted_event_is_named(history: None) -> None:
    original = second_of(1, 3)
    fields = queries.hashed_fields(original) | {"verb": "member.deactivated"}
    as_owner(
        "INSERT INTO ledger_event (subject_kind, subject_id, sequence, verb, actor, unit, at, facts, basis,"
        " previous, hash) SELECT subject_kind, subject_id, sequence, 'member.deactivated', actor, unit, at, facts,"
        " basis, previous, %s FROM ledger_event WHERE id = %s",
        chain.event_hash(fields),
        original.pk,
    )
    assert found()[0].startswith("member 1 #3")


def test_two_events_that_changed_places_are_named(history: None) -> None:
    second, third = second_of(1, 2), second_of(1, 3)
    as_owner("UPDATE ledger_event SET sequence = 99 WHERE id = %s", second.pk)
    as_owner("UPDATE ledger_event SET sequence = 2 WHERE id = %s", third.pk)
    as_owner("UPDATE ledger_event SET sequence = 3 WHERE id = %s", second.pk)
    assert found()[0].startswith(f"member 1 #2 (event {third.pk})")


def test_a_chain_rehashed_from_the_change_on_is_found_by_the_seal(history: None) -> None:
    previous = chain.GENESIS
    for event in Event.objects.filter(subject_kind="member", subject_id="1").order_by("sequence"):
        event.previous = previous
        event.actor = "他人" if event.sequence == 2 else event.actor
        previous = chain.event_hash(queries.hashed_fields(event))
        as_owner(
            "UPDATE ledger_event SET actor = %s, previous = %s, hash = %s WHERE id = %s",
            event.actor,
            event.previous,
            previous,
            event.pk,
        )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_head SET hash = %s WHERE subject_id = '1'", [previous])
    [fault] = found()
    assert fault.startswith("seal of 2026-03-01")
    assert "rehashed" in fault


def test_sealing_a_day_twice_changes_nothing(history: None) -> None:
    assert actions.seal(day=date(2026, 3, 1)) is None
    assert actions.seal(day=date(2026, 3, 2)) is not None
    assert found() == []


def test_the_export_is_checked_with_nothing_but_python(history: None, tmp_path: Path) -> None:
    folder = tmp_path / "台账 export"
    call_command("export_ledger", str(folder), verbosity=0)
    checker = [sys.executable, "-I", str(folder / "check_ledger.py"), str(folder)]
    clean = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert (clean.returncode, clean.stdout.strip()) == (0, "clean")
    events = folder / "events.jsonl"
    events.write_text(events.read_text(encoding="utf-8").replace("转岗", "升职", 1), encoding="utf-8")
    spoiled = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert spoiled.returncode == 1
    assert spoiled.stdout.startswith("member 1 #1")


def test_an_unknown_verb_is_refused_with_where_to_add_it(history: None) -> None:
    with pytest.raises(KeyError, match=r"apps\.py"):
        actions.record("member.vanished", subject=Subject("member", "1"), by=OFFICER, at=START)
    assert Event.objects.count() == 15


def test_a_fact_with_a_float_is_refused(history: None) -> None:
    with pytest.raises(TypeError, match="float"):
        actions.record(
            "member.changed", subject=Subject("member", "1"), by=OFFICER, at=START, facts={"amount": 0.1}
        )
