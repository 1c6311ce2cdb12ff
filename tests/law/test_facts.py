"""What the book says agrees with the research facts it names; skipped where the facts are not at hand."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from qingyuan.law import load_book
from qingyuan.law.rules import DeadlineRule

FACTS = Path(__file__).resolve().parents[2] / ".." / "shared" / "law" / "facts.yaml"
OWN_FOLDERS = ("deadlines", "publicity")
# Facts a deadline names beside the one that gives its length: how it extends, what set it before.
BESIDE = {"DIS-04", "TR-042", "TR-043"}

pytestmark = pytest.mark.skipif(not FACTS.is_file(), reason="../shared/law/facts.yaml is not here")


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    content = yaml.load(FACTS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {item["id"]: item for item in content["facts"]}


def _deadlines() -> list[DeadlineRule]:
    book = load_book()
    return [
        entry
        for rule in book.rules.values()
        if rule.file.split("/")[0] in OWN_FOLDERS
        for entry in rule.timeline
        if isinstance(entry, DeadlineRule)
    ]


def test_lengths_and_units_are_those_of_the_facts(facts: dict[str, Any]) -> None:
    wrong = [
        (rule.id, name, facts[name]["value"], facts[name]["unit"], rule.length, rule.unit.value)
        for rule in _deadlines()
        for name in rule.facts
        if name not in BESIDE
        and (facts[name]["value"], facts[name]["unit"]) != (rule.length, rule.unit.value)
    ]
    assert not wrong


def test_extensions_are_those_of_the_facts(facts: dict[str, Any]) -> None:
    named = [(rule, name) for rule in _deadlines() if rule.extension for name in rule.extension.facts]
    assert named
    for rule, name in named:
        assert rule.extension is not None
        assert (facts[name]["value"], facts[name]["unit"]) == (
            rule.extension.length,
            rule.extension.unit.value,
        )


def test_no_rule_starts_before_its_facts(facts: dict[str, Any]) -> None:
    early = [
        (rule.id, name)
        for rule in _deadlines()
        for name in rule.facts
        if name not in BESIDE
        and rule.id
        != "complaint.limitation"  # the three years stood in the earlier order too, which no fact names
        and rule.effective_from.isoformat() < facts[name]["effective_from"]
    ]
    assert not early


def test_every_fact_named_anywhere_exists(facts: dict[str, Any]) -> None:
    named = {
        name
        for rule in load_book().rules.values()
        if rule.file.split("/")[0] in (*OWN_FOLDERS, "powers")
        for entry in rule.timeline
        if not isinstance(entry, tuple)
        for name in entry.facts
    }
    assert named - BESIDE <= set(facts)


def test_what_was_only_remembered_is_marked_so(facts: dict[str, Any]) -> None:
    claimed = [
        (rule.id, name)
        for rule in _deadlines()
        for name in rule.facts
        if name in facts and facts[name]["source_kind"] == "memory" and rule.evidence.value == "read"
    ]
    assert not claimed
