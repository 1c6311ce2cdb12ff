"""The workflows of the book, and what the reader refuses."""

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qingyuan.law import load_book
from qingyuan.law.faults import BookError
from qingyuan.law.workflows import Role, check_workflows, workflow_faults, workflow_from

WORKFLOWS = tuple(document.id for document in load_book().documents("workflows"))


def test_the_book_holds_the_workflows_of_every_kind_of_record() -> None:
    promised = {"complaint", "report", "enquiry", "clue", "case", "transfer", "supervised-task", "plan"}
    assert promised <= set(WORKFLOWS)


def test_no_workflow_of_the_book_has_a_fault() -> None:
    assert [str(fault) for fault in check_workflows(load_book())] == []


@pytest.mark.parametrize("id", WORKFLOWS)
def test_every_edge_has_a_basis_and_every_record_can_come_to_an_end(id: str) -> None:
    workflow = load_book().workflow(id)
    assert all(edge.basis for edge in (workflow.start, *workflow.edges))
    for state in workflow.states:
        reached, frontier = set(), [state]
        while frontier:
            here = frontier.pop()
            if here not in reached:
                reached.add(here)
                frontier += [edge.target for edge in workflow.edges_from(here) if edge.target]
        assert any(workflow.state(end).terminal for end in reached), f"{id}: {state} never ends"


@pytest.mark.parametrize("id", WORKFLOWS)
def test_every_clock_that_is_opened_can_be_met_or_stopped(id: str) -> None:
    workflow = load_book().workflow(id)
    edges = (workflow.start, *workflow.edges)
    opened = {opening.rule for edge in edges for opening in edge.opens}
    ended = {rule for edge in edges for rule in (*edge.meets, *edge.stops)}
    assert opened == ended
    assert {rule for edge in edges for rule in edge.pauses} == {
        rule for edge in edges for rule in edge.resumes
    }


@pytest.mark.parametrize("id", WORKFLOWS)
def test_no_role_can_do_everything_and_the_administrator_nothing(id: str) -> None:
    edges = load_book().workflow(id).edges
    assert not any(Role.ADMINISTRATOR in edge.roles for edge in edges)


def test_basis_follows_the_day() -> None:
    accept = load_book().workflow("complaint").edge("received", "accept")
    assert accept is not None

    def instruments(on: date) -> list[str]:
        return [basis.citation.instrument for basis in accept.basis_on(on) if basis.citation]

    assert instruments(date(2026, 4, 14)) == ["samr-complaints-2020"]
    assert instruments(date(2026, 4, 15)) == ["samr-complaints-2026"]


def _unreachable(data: dict[str, Any]) -> None:
    data["states"].append({"id": "island", "label": "孤岛", "light": "done", "terminal": True})


def _dead_end(data: dict[str, Any]) -> None:
    next(state for state in data["states"] if state["id"] == "closed")["terminal"] = False


def _alive_end(data: dict[str, Any]) -> None:
    next(state for state in data["states"] if state["id"] == "adopted")["terminal"] = True


def _unknown_role(data: dict[str, Any]) -> None:
    data["edges"][0]["roles"] = ["emperor"]


def _unknown_deadline(data: dict[str, Any]) -> None:
    data["edges"][0]["meets"] = ["plan.never-heard"]


def _unknown_state(data: dict[str, Any]) -> None:
    data["edges"][0]["from"] = ["drafted"]


def _unknown_instrument(data: dict[str, Any]) -> None:
    data["edges"][0]["basis"] = [{"instrument": "law-of-the-jungle", "article": "第一条", "evidence": "read"}]


def _no_basis(data: dict[str, Any]) -> None:
    data["edges"][0]["basis"] = []


def _ambiguous(data: dict[str, Any]) -> None:
    data["edges"].append(copy.deepcopy(data["edges"][1]))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_unreachable, "到达不了"),
        (_dead_end, "又不是终结状态"),
        (_alive_end, "还有出边"),
        (_unknown_role, "不认识的角色“emperor”"),
        (_unknown_deadline, "不认识的期限“plan.never-heard”"),
        (_unknown_state, "不认识的状态“drafted”"),
        (_unknown_instrument, "不认识的法律文件“law-of-the-jungle”"),
        (_no_basis, "没有依据"),
        (_ambiguous, "2 条边"),
    ],
)
def test_a_spoilt_workflow_is_refused_by_name(spoil: Callable[[dict[str, Any]], None], said: str) -> None:
    book = load_book()
    document = book.document("workflows", "plan")
    data = copy.deepcopy(dict(document.data))
    spoil(data)
    spoilt = replace(document, data=data)
    assert any(said in fault.what for fault in workflow_faults(spoilt, book))
    with pytest.raises(BookError, match=r"workflows/plan\.yaml"):
        workflow_from(spoilt, book)
