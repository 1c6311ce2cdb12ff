"""Shared by all tests: the embedded database, reached as its owner, because tests make and drop databases."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from qingyuan.site.database import database_settings, ensure_running


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the database before pytest-django makes its test database, and connect as the owner."""
    ensure_running()
    owner = database_settings(role="owner")
    connections["default"].settings_dict.update({name: owner[name] for name in ("USER", "PASSWORD")})


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path: Path) -> None:
    """Keep what a test uploads out of the installation's own store."""
    settings.MEDIA_ROOT = tmp_path / "files"
