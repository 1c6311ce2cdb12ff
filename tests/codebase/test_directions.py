"""Every import-linter contract is broken by the violation it exists for, and named in what it says."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LINT = "from importlinter.cli import lint_imports_command as run; run()"

pytestmark = pytest.mark.slow

ROOMS = "Rooms"
DEPARTMENTS = "Departments"
DRAWERS = "Drawers"
PURE = "Law, decisions and intelligence"
RECORDS = "Nobody reaches a record"
MIGRATIONS = "Migrations are frozen"
CIRCLES = "No circles"

# Contract, file that gets the line, the line.
PLANTED = [
    (ROOMS, "domain/planted.py", "import qingyuan.intelligence.text"),
    (ROOMS, "law/planted.py", "import qingyuan.domain.decision"),
    (ROOMS, "ui/planted.py", "import qingyuan.apps.ledger.apps"),
    (ROOMS, "apps/ledger/queries.py", "import qingyuan.site.keys"),
    (ROOMS, "newroom/__init__.py", ""),
    (DEPARTMENTS, "apps/ledger/queries.py", "import qingyuan.apps.agencies.apps"),
    (DEPARTMENTS, "apps/ledger/queries.py", "def hidden():\n    import qingyuan.apps.agencies.apps\n"),
    (DEPARTMENTS, "apps/oddments/__init__.py", ""),
    (DRAWERS, "apps/agencies/utils.py", "x = 1"),
    (DRAWERS, "apps/agencies/access.py", "import qingyuan.apps.agencies.actions"),
    (PURE, "domain/planted.py", "import django.db"),
    (PURE, "law/planted.py", "import httpx"),
    (PURE, "intelligence/planted.py", "import psycopg"),
    (RECORDS, "apps/agencies/api.py", "import qingyuan.apps.agencies.models"),
    (MIGRATIONS, "apps/ledger/migrations/9999_planted.py", "import qingyuan.apps.ledger.models"),
    (CIRCLES, "law/circle/one.py", "import qingyuan.law.circle.two"),
]
SUPPORT = {
    "intelligence/text.py": "",
    "law/circle/__init__.py": "",
    "law/circle/two.py": "import qingyuan.law.circle.one",
}


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the modules alone, to plant in."""
    folder = tmp_path_factory.mktemp("directions")
    source = CHECKOUT / "src" / "qingyuan"
    for file in source.rglob("*.py"):
        target = folder / "qingyuan" / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    shutil.copyfile(CHECKOUT / "pyproject.toml", folder / "pyproject.toml")
    yield folder


def _broken(folder: Path) -> str:
    """What import-linter says of the broken contracts; empty when all are kept."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return "" if done.returncode == 0 else done.stdout.partition("Broken contracts")[2]


def _section(output: str, contract: str) -> str:
    """What is said of one contract: from its heading to the next."""
    return output.partition(f"\n{contract}")[2].partition("\n---")[2].partition("\n---")[0]


def test_the_code_keeps_every_contract(skeleton: Path) -> None:
    assert _broken(skeleton) == ""


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_planted_violation_breaks_its_contract(skeleton: Path, contract: str, file: str, line: str) -> None:
    planted = {file: line}
    planted |= {name: text for name, text in SUPPORT.items() if not (skeleton / "qingyuan" / name).exists()}
    kept = _section(_broken(skeleton), contract)
    before: dict[Path, str | None] = {}
    try:
        for name, text in planted.items():
            path = skeleton / "qingyuan" / name
            before[path] = path.read_text(encoding="utf-8") if path.exists() else None
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{before[path] or ''}\n{text}\n", encoding="utf-8")
        assert _section(_broken(skeleton), contract) != kept
    finally:
        for path, content in before.items():
            if content is None:
                path.unlink()
            else:
                path.write_text(content, encoding="utf-8")
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
