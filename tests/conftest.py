"""Shared by all tests: the embedded database, and a network that is shut."""

import os

import pytest

os.environ.setdefault("QINGYUAN_DATABASE_ROLE", "owner")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the database before pytest-django makes its test database."""
    from qingyuan.site.database import ensure_running

    ensure_running()
