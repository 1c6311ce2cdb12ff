"""The `qingyuan` command: pure commands stay pure, the others bring the database up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qingyuan.site import command


def _run(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "qingyuan.site.command", *words],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", command.pure_commands())
def test_a_pure_command_needs_neither_django_nor_a_data_folder(name: str, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from qingyuan.site.command import main\n"
        "try:\n"
        f"    main([{name!r}, '--help'])\n"
        "except SystemExit as end:\n"
        "    assert end.code == 0\n"
        "assert 'django' not in sys.modules, 'a pure command imported Django'\n"
    )
    data = tmp_path / "data"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"QINGYUAN_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert name in done.stdout
    assert not data.exists()


def test_the_list_of_commands_starts_no_database(folder: Path) -> None:
    done = _run("--help", QINGYUAN_DATA=str(folder / "data"))
    assert done.returncode == 0
    for word in (*command.pure_commands(), "migrate"):
        assert word in done.stdout
    assert not (folder / "data" / "postgres").exists()


def test_a_database_that_cannot_run_is_explained_without_a_traceback(folder: Path) -> None:
    done = _run("migrate", QINGYUAN_DATA=str(folder), QINGYUAN_POSTGRES_BIN=str(folder))
    assert done.returncode == 1
    assert "./run setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_word_is_refused() -> None:
    done = _run("migrat")
    assert done.returncode != 0
    assert "migrate" in done.stderr  # the nearest known one
