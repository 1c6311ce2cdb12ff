"""The district that every test here works in."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.factories.agencies import District
from tests.factories.agencies import district as set_up


@pytest.fixture
def district(db: None) -> District:
    """青禾区 with its units and members."""
    return set_up()


@pytest.fixture
def ledger_guard(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Put the ledger's guard back after the tables were emptied."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('ledger_refuse'::regproc)")
        definition = cursor.fetchone()[0]
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(definition)


@pytest.fixture
def committing(ledger_guard: None, transactional_db: None) -> Iterator[None]:
    """A database where tests really commit, for threads. Emptying it afterwards needs the ledger's guard asleep."""
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql
               AS 'BEGIN RETURN NULL; END'"""
        )
