"""The book: what held on a day.

The book is immutable and made by `qingyuan.law.load_book`. Nothing here reads the clock: every question names its
day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingyuan.law.citation import Citation
from qingyuan.law.dated import Period, Timeline
from qingyuan.law.faults import LawError, NotInForceError, UnknownRuleError
from qingyuan.law.rules import DeadlineRule, Ground, Instrument, Settings, Unit, Value

if TYPE_CHECKING:
    from qingyuan.law.thresholds import Line, Offence
    from qingyuan.law.workflows import Workflow

Entry = Value | DeadlineRule | tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One item of one file of the book, as written: `folder`, `file` (path inside the book), `id`, `data`."""

    folder: str
    file: str
    id: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which a rule deliberately says nothing (not yet enacted, abolished), and the reason."""

    period: Period
    reason: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """All versions of one rule: its timeline and its declared gaps."""

    id: str
    label: str
    kind: str
    file: str
    timeline: Timeline[Entry]
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Book:
    """法规库: answers with citations what the law says on a day.

    `root` is the folder it was read from, `version` the SHA-256 (hex) of all its files, `units` the Chinese name
    of each unit.
    """

    root: Path
    version: str
    instruments: Mapping[str, Timeline[Instrument]]
    rules: Mapping[str, Rule]
    settings: Settings = field(default_factory=Settings)
    units: Mapping[str, str] = field(default_factory=dict)
    _documents: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)
    _workflows: dict[str, "Workflow"] = field(default_factory=dict, repr=False, compare=False)

    def value(self, id: str, on: date) -> Value:
        """The value of rule `id` in force on `on`; a deadline answers with its length as the value.

        Raises UnknownRuleError for an id the book does not have, NotInForceError for a day without a value.
        """
        entry = self._entry(id, on)
        if isinstance(entry, DeadlineRule):
            return _as_value(entry)
        if isinstance(entry, Value):
            return entry
        raise LawError(f"“{id}”是法定情形清单，不是单个值。请用 book.grounds。")

    def deadline(self, id: str, on: date) -> DeadlineRule:
        """The deadline `id` in force on `on`. Raises as `value`, and LawError when `id` is not a deadline."""
        entry = self._entry(id, on)
        if isinstance(entry, DeadlineRule):
            return entry
        raise LawError(
            f"“{id}”（{self.rules[id].label}）不是期限，不能计算到期日。请用 book.value 或 book.grounds。"
        )

    def grounds(self, list_id: str, on: date) -> tuple[Ground, ...]:
        """The closed list of statutory grounds `list_id` in force on `on`, in the order of the article."""
        entry = self._entry(list_id, on)
        if isinstance(entry, tuple):
            return entry
        raise LawError(
            f"“{list_id}”（{self.rules[list_id].label}）不是法定情形清单。请用 book.value 或 book.deadline。"
        )

    def workflow(self, id: str) -> "Workflow":
        """The workflow `id`: states and edges, each edge with its basis. Raises UnknownRuleError."""
        if id not in self._workflows:
            from qingyuan.law.workflows import workflow_from

            self._workflows[id] = workflow_from(self.document("workflows", id), self)
        return self._workflows[id]

    @cached_property
    def all_offences(self) -> tuple["Offence", ...]:
        """Every offence the book has standards for."""
        from qingyuan.law.thresholds import read_offences

        return read_offences(self)

    def offences(self, on: date) -> tuple["Offence", ...]:
        """The offences for which some standard held on `on`."""
        from qingyuan.law.thresholds import offences

        return offences(self, on)

    def threshold_lines(self, offence: str, on: date) -> tuple["Line", ...]:
        """The lines of `offence` that held on `on`. Raises UnknownRuleError."""
        from qingyuan.law.thresholds import threshold_lines

        return threshold_lines(self, offence, on)

    def in_force(self, id: str, on: date) -> bool:
        """True when rule `id` says something on `on`. Raises UnknownRuleError for an unknown id."""
        return self.rule(id).timeline.on(on) is not None

    def documents(self, folder: str) -> tuple[Document, ...]:
        """Every item in a folder of the book (`thresholds`, `workflows`, `offences`, …), as written, schema-checked."""
        return self._documents.get(folder, ())

    def document(self, folder: str, id: str) -> Document:
        """The item `id` of `folder`. Raises UnknownRuleError."""
        for document in self.documents(folder):
            if document.id == id:
                return document
        raise UnknownRuleError(_unknown(id, [document.id for document in self.documents(folder)]))

    def instrument(self, id: str, on: date | None = None) -> Instrument:
        """The version of instrument `id` in force on `on` (its newest version when no day is given)."""
        versions = self.instruments.get(id)
        if versions is None:
            raise UnknownRuleError(_unknown(id, self.instruments))
        found = versions.entries[-1][1] if on is None else versions.on(on)
        if found is None:
            raise NotInForceError(f"{versions.entries[-1][1].display}在 {on} 不是现行有效。")
        return found

    def cite(
        self, raw: Mapping[str, Any] | Iterable[Mapping[str, Any]], on: date | None = None
    ) -> tuple[Citation, ...]:
        """Turn `{instrument, article}` (or a list of them), as files write it, into citations with their titles."""
        items = [raw] if isinstance(raw, Mapping) else list(raw)
        return tuple(
            Citation(
                item["instrument"], item.get("article", ""), self.instrument(item["instrument"], on).display
            )
            for item in items
        )

    def rule(self, id: str) -> Rule:
        """The rule `id` with all its versions. Raises UnknownRuleError for an id the book does not have."""
        rule = self.rules.get(id)
        if rule is None:
            raise UnknownRuleError(_unknown(id, self.rules))
        return rule

    def _entry(self, id: str, on: date) -> Entry:
        rule = self.rule(id)
        entry = rule.timeline.on(on)
        if entry is None:
            raise NotInForceError(_not_in_force(rule, on))
        return entry


def _unknown(id: str, known: Iterable[str]) -> str:
    near = get_close_matches(id, list(known), n=3)
    hint = f"是不是“{'”“'.join(near)}”？" if near else ""
    return f"法规库里没有“{id}”。{hint}全部编号见 qingyuan law rules。"


def _not_in_force(rule: Rule, on: date) -> str:
    held = ";".join(str(period) for period, _ in rule.timeline.entries)
    for gap in rule.gaps:
        if on in gap.period:
            basis = "".join(f"（依据：{citation.text}）" for citation in gap.citations)
            return f"“{rule.id}”（{rule.label}）在 {on} 没有规定：{gap.reason}{basis}。有规定的期间：{held}。"
    return f"“{rule.id}”（{rule.label}）在 {on} 没有规定。有规定的期间：{held}。"


def _as_value(rule: DeadlineRule) -> Value:
    return Value(
        id=rule.id,
        label=rule.label,
        kind="deadline",
        unit=Unit(rule.unit).value,
        value=rule.length,
        citations=rule.citations,
        evidence=rule.evidence,
        facts=rule.facts,
        effective_from=rule.effective_from,
        effective_to=rule.effective_to,
        signed=rule.signed,
        doubt=rule.doubt,
        note=rule.note,
    )
