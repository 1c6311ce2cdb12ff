"""The documentation against the code: links, commands, settings, and the glossary's terms."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db.models import Choices

from qingyuan.apps.agencies.models import Role
from qingyuan.law import load_book
from qingyuan.site.command import pure_commands

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "qingyuan"
GLOSSARY = CHECKOUT / "docs" / "glossary.md"
OPERATIONS = CHECKOUT / "docs" / "ops" / "operations.md"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
TERM = re.compile(r"[一-鿿]+")
MADE_BY_BROWSER_TESTS = {"docs/images/workbench.png"}
# Rows of the machinery, not of the trade: no Chinese term stands for them.
NO_TERM = {"intake.RoutingStamp", "plan.CampaignRecord", "plan.ClauseCampaign"}
# Terms that still have two names. Mend the code, then take them out here.
TWO_NAMES = {"clues.Matter"}


def pages() -> list[Path]:
    """Every Markdown page that is or will be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    ).stdout
    paths = (CHECKOUT / name.decode() for name in listed.split(b"\0") if name)
    return sorted(path for path in paths if path.exists() and "tests/samples" not in path.as_posix())


def shown(page: Path) -> str:
    return page.relative_to(CHECKOUT).as_posix()


def anchors(page: Path) -> set[str]:
    """The fragments of a page, as forges make them from headings."""
    headings = re.findall(
        r"^#+ (.+)$", CODE.sub(_keep_inline, page.read_text(encoding="utf-8")), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _keep_inline(found: re.Match[str]) -> str:
    return "" if found[0].startswith("```") else found[0]


@pytest.mark.parametrize("page", pages(), ids=shown)
def test_links_lead_somewhere(page: Path) -> None:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        if shown_target(found) in MADE_BY_BROWSER_TESTS:
            continue
        assert found.exists(), f"{shown(page)} links to {target}, which is not there"
        if fragment:
            assert fragment in anchors(found), f"{shown(page)} links to {target}: no such heading"


def shown_target(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix() if path.is_relative_to(CHECKOUT) else str(path)


def run_words() -> set[str]:
    """The words `./run` knows, from the case at its end."""
    text = (CHECKOUT / "run").read_text(encoding="utf-8").split("case $word in", 1)[1]
    return {word for line in re.findall(r"^([a-z| -]+)\)$", text, re.MULTILINE) for word in line.split(" | ")}


def commands() -> set[str]:
    """The commands of `qingyuan`."""
    return set(pure_commands()) | set(get_commands()) | {"help"}


@pytest.mark.parametrize("page", pages(), ids=shown)
def test_commands_exist(page: Path) -> None:
    for code in CODE.findall(page.read_text(encoding="utf-8")):
        for word in re.findall(r"\./run ([a-z][a-z-]*)", code):
            assert word in run_words(), f"{shown(page)} names ./run {word}, which ./run does not know"
        for word in re.findall(r"(?<![\w./-])qingyuan ([a-z][a-z_-]*)", code):
            assert word in commands(), f"{shown(page)} names qingyuan {word}, which does not exist"


def settings_read() -> set[str]:
    """Every environment variable that the system reads."""
    pattern = re.compile(
        r"""(?:environ(?:\.get\(|\.setdefault\(|\[)\s*["']|\$\{)((?:QINGYUAN|DATABASE)_\w+)"""
    )
    sources = [*SOURCE.rglob("*.py"), *(CHECKOUT / "deploy").glob("*")]
    return {
        name
        for path in sources
        if path.is_file()
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    }


def test_settings_are_documented() -> None:
    found = settings_read()
    assert {"QINGYUAN_DATA", "DATABASE_URL", "DATABASE_OWNER_URL"} <= found
    documented = set(re.findall(r"^\| `(\w+)` \|", OPERATIONS.read_text(encoding="utf-8"), re.MULTILINE))
    assert found - documented == set(), "give each a line in the table of docs/ops/operations.md"
    assert documented - found == set(), "docs/ops/operations.md has settings that nothing reads"


def rows(heading: str, columns: int) -> list[list[str]]:
    """The rows of the table under a heading of the glossary."""
    section = re.split(r"^## ", GLOSSARY.read_text(encoding="utf-8"), flags=re.MULTILINE)
    body = next(part for part in section if part.startswith(f"{heading}\n"))
    lines = [line.strip("|").split("|") for line in body.splitlines() if line.startswith("| ")]
    found = [[cell.strip() for cell in line] for line in lines[1:]]
    assert found and all(len(row) == columns for row in found)
    return found


def terms() -> list[list[str]]:
    """Every term of the glossary: Chinese, English, meaning, where."""
    return [row for heading in ("Ideas", "Roles", "Law and decisions", "Records") for row in rows(heading, 4)]


def test_one_english_term_for_one_chinese() -> None:
    for column, what in ((0, "Chinese"), (1, "English")):
        words = [row[column] for row in terms()]
        twice = {word for word in words if words.count(word) > 1}
        assert not twice, f"the glossary has these {what} terms twice: {twice}"
    assert all(all(row) for row in terms()), "an empty cell"


@pytest.mark.parametrize("row", terms(), ids=lambda row: row[1])
def test_where_is_there(row: list[str]) -> None:
    path = row[3].strip("`")
    label, _, name = path.partition(".")
    if name and name[0].isupper() and label in apps.app_configs:
        path = f"apps.{label}.models.{name}"
    thing = import_module("qingyuan")
    for part in path.split("."):
        dotted = f"{getattr(thing, '__name__', '')}.{part}"
        thing = getattr(thing, part) if hasattr(thing, part) else import_module(dotted)


def named_classes() -> Iterator[tuple[str, str]]:
    """Every model and every set of choices of the departments: label, docstring."""
    for config in apps.get_app_configs():
        if not config.name.startswith("qingyuan.apps."):
            continue
        for model in config.get_models():
            yield f"{config.label}.{model.__name__}", model.__doc__ or ""
        module = config.models_module
        for name, value in vars(module).items() if module else ():
            if (
                isinstance(value, type)
                and issubclass(value, Choices)
                and f".{config.label}." in value.__module__
            ):
                yield f"{config.label}.{name}", value.__doc__ or ""


def spaced(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r" \1", name).lower()


def test_records_are_called_what_the_glossary_says() -> None:
    glossary = {row[0]: row[1] for row in terms()}
    wrong = []
    for label, docstring in sorted(set(named_classes())):
        term = TERM.match(docstring)
        known = glossary.get(term[0]) if term else None
        if known != spaced(label.partition(".")[2]):
            wrong.append(label)
    expected = NO_TERM | TWO_NAMES
    assert set(wrong) - expected == set(), (
        "begin the docstring with the Chinese term, and enter it in docs/glossary.md"
    )
    assert expected - set(wrong) == set(), "these are right now: take them out of the lists above"


def test_every_record_stands_in_the_glossary_once() -> None:
    known = {row[3].strip("`") for row in rows("Records", 4)}
    labels = {label for label, _ in named_classes()} | {
        "clues.OfficialDocument"
    }  # a base, with a term of its own
    assert labels - known - NO_TERM - TWO_NAMES == set()
    assert known - labels == set()


def test_roles_are_called_what_the_glossary_says() -> None:
    assert {row[0]: row[1] for row in rows("Roles", 4)} == {
        str(role.label): role.value.replace("_", " ") for role in Role
    }


def test_states_and_steps_are_those_of_the_lawbook() -> None:
    book = load_book()
    states, steps = set(), set()
    for document in book.documents("workflows"):
        workflow = book.workflow(document.id)
        states |= {(workflow.subject, state.label, f"`{state.id}`") for state in workflow.states.values()}
        edges = (workflow.start, *workflow.edges)
        steps |= {(workflow.subject, edge.label, f"`{edge.verb}`") for edge in edges}
    assert {tuple(row) for row in rows("States", 3)} == states
    assert {tuple(row) for row in rows("Steps", 3)} == steps


def test_first_screen_is_short() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (CHECKOUT / name).read_text(encoding="utf-8")
        first = text.split("<!-- first screen ends -->")[0]
        assert first != text and len(first.splitlines()) <= 40, (
            f"{name}: at most 40 lines before the first scroll"
        )


def test_source_of_this_test_holds() -> None:
    """The patterns above find what they are for; a pattern that matches nothing would pass everything."""
    assert {"demo", "test", "check", "qingyuan"} <= run_words()
    assert {"law", "plan", "verify", "serve", "migrate"} <= commands()
    assert any(LINK.search(page.read_text(encoding="utf-8")) for page in pages())
