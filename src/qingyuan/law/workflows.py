"""Workflows: states and edges as data; each edge says who, with what, which clocks, and on what basis.

Read with `book.workflow(id)`. What may be done is decided in `qingyuan.domain.transitions`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from qingyuan.law.faults import BookError, Fault
from qingyuan.law.rules import Evidence
from qingyuan.law.shelf import Item, Shelf
from qingyuan.law.workflow_checks import find_faults
from qingyuan.law.workflow_parts import (
    STAY,
    Basis,
    Edge,
    Opening,
    Requirement,
    Role,
    State,
    Workflow,
    roles_in_words,
)

__all__ = [
    "STAY",
    "Basis",
    "Edge",
    "Opening",
    "Requirement",
    "Role",
    "State",
    "Workflow",
    "check_workflows",
    "roles_in_words",
    "workflow_faults",
    "workflow_from",
]


def workflow_from(document: Item, book: Shelf) -> Workflow:
    """The workflow a document of the book describes. Raises BookError with every fault (see `workflow_faults`)."""
    faults = list(workflow_faults(document, book))
    if faults:
        raise BookError(faults)
    data = document.data
    states = (
        State(raw["id"], raw["label"], raw["light"], raw.get("terminal", False)) for raw in data["states"]
    )
    return Workflow(
        id=document.id,
        label=data["label"],
        subject=data["subject"],
        states={state.id: state for state in states},
        start=_edge(data["start"], book),
        edges=tuple(_edge(raw, book) for raw in data["edges"]),
    )


def _edge(raw: Mapping[str, Any], book: Shelf) -> Edge:
    return Edge(
        sources=tuple(raw.get("from", ())),
        target=None if raw["to"] == STAY else raw["to"],
        verb=raw["verb"],
        label=raw["label"],
        roles=tuple(Role(role) for role in raw["roles"]),
        basis=tuple(_basis(item, book) for item in raw["basis"]),
        reason_required=raw.get("reason_required", False),
        requires=tuple(Requirement(**item) for item in raw.get("requires", ())),
        opens=tuple(Opening(**item) for item in raw.get("opens", ())),
        **{name: tuple(raw.get(name, ())) for name in ("meets", "stops", "pauses", "resumes", "extends")},
    )


def _basis(raw: Mapping[str, Any], book: Shelf) -> Basis:
    if "office-practice" in raw:
        return Basis(None, raw["office-practice"], None, ())
    (citation,) = book.cite(raw)
    versions = book.instruments[raw["instrument"]].entries
    return Basis(
        citation,
        None,
        Evidence(raw["evidence"]),
        tuple(raw.get("fact", ())),
        versions[0][0].first,
        versions[-1][0].last,
    )


def check_workflows(book: Shelf) -> tuple[Fault, ...]:
    """Every fault in every workflow of the book."""
    return tuple(
        fault for document in book.documents("workflows") for fault in workflow_faults(document, book)
    )


def workflow_faults(document: Item, book: Shelf) -> Iterator[Fault]:
    """A fault for each name that is not known, each state nobody reaches, each dead end that is not marked as one."""
    for what, why, mend in find_faults(
        document.data, deadlines=_deadlines(book), instruments=book.instruments
    ):
        yield Fault(document.file, document.id, what, why, mend)


def _deadlines(book: Shelf) -> frozenset[str]:
    return frozenset(id for id, rule in book.rules.items() if rule.kind == "deadline")
