"""Deciding on a step of a workflow: who, when, with what, and what follows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan.domain.decision import Refused, RefusedError
from qingyuan.domain.transitions import Transition, available_verbs, decide_transition
from qingyuan.law import load_book
from qingyuan.law.workflows import Edge, Role, Workflow

WORKFLOWS = tuple(load_book().workflow(document.id) for document in load_book().documents("workflows"))


def everything_for(edge: Edge) -> dict[str, object]:
    """The facts under which the edge may be taken."""
    facts: dict[str, object] = {item.id: True for item in edge.requires if item.must_be}
    facts |= {item.id: False for item in edge.requires if not item.must_be}
    return facts | {"reason": "理由" if edge.reason_required else ""}


def test_accepting_a_complaint_opens_mediation_and_meets_acceptance() -> None:
    decision = decide_transition(
        load_book().workflow("complaint"),
        "received",
        "accept",
        "officer",
        {"within_powers": True, "complainant_identified": True},
        on=date(2026, 5, 6),
    )
    assert isinstance(decision, Transition)
    assert decision.target == "accepted"
    assert [opening.rule for opening in decision.effects.opens] == ["complaint.mediation"]
    assert decision.effects.meets == ("complaint.acceptance",)
    assert [(basis["instrument"], basis["article"]) for basis in decision.basis] == [
        ("samr-complaints-2026", "第十五条")
    ]
    assert decision.require() is decision


def test_everything_that_is_missing_is_said_at_once_with_its_basis() -> None:
    decision = decide_transition(load_book().workflow("transfer"), "approved", "hand_over", ["officer"], {})
    assert isinstance(decision, Refused)
    words = [reason.text for reason in decision.reasons]
    assert len(words) == 3
    assert "缺少文书“涉嫌犯罪案件移送书”" in words[0]
    assert all("第六条" in str(reason) for reason in decision.reasons)
    with pytest.raises(RefusedError, match="涉案物品清单"):
        decision.require()


def test_a_condition_makes_a_document_needed() -> None:
    workflow = load_book().workflow("transfer")
    edge = workflow.edge("approved", "hand_over")
    assert edge is not None
    facts = {item.id: True for item in edge.requires if item.when is None}
    assert decide_transition(workflow, "approved", "hand_over", "officer", facts).allowed
    tested = decide_transition(workflow, "approved", "hand_over", "officer", facts | {"tested": True})
    assert isinstance(tested, Refused)
    assert "检验报告" in tested.reasons[0].text


def test_a_case_with_an_open_duty_does_not_close() -> None:
    workflow = load_book().workflow("case")
    edge = workflow.edge("performed", "close")
    assert edge is not None
    facts = everything_for(edge)
    assert decide_transition(workflow, "performed", "close", "leader", facts).allowed
    refused = decide_transition(workflow, "performed", "close", "leader", facts | {"open_duties": 2})
    assert isinstance(refused, Refused)
    assert "尚有未了结的期限事项" in refused.reasons[0].text


def test_a_case_over_the_criminal_line_is_not_decided_before_the_transfer_is() -> None:
    workflow = load_book().workflow("case")
    facts = {"decision": True, "statement_term_ended": True, "transfer_test_met": True}
    refused = decide_transition(workflow, "notified", "decide", "leader", facts)
    assert isinstance(refused, Refused)
    assert "移送决定" in refused.reasons[0].text
    assert any(citation.instrument == "order-310" for citation in refused.citations)


def test_wrong_role_names_who_may() -> None:
    refused = decide_transition(
        load_book().workflow("transfer"), "proposed", "approve", "officer", {"chief": True}
    )
    assert isinstance(refused, Refused)
    assert "由单位负责人办理；您的角色是执法人员" in refused.reasons[0].text


def test_wrong_state_names_where_it_can_be_done_and_what_can_be_done_now() -> None:
    refused = decide_transition(load_book().workflow("clue"), "received", "file", "officer", {})
    assert isinstance(refused, Refused)
    assert "只能在“核查中”时办" in refused.reasons[0].text
    assert "“开始核查”" in refused.reasons[0].text


def test_nothing_after_the_end_and_nothing_before_the_start() -> None:
    clue = load_book().workflow("clue")
    ended = decide_transition(clue, "merged", "verify", "officer", {})
    unborn = decide_transition(clue, None, "verify", "officer", {})
    again = decide_transition(clue, "received", "receive", "officer", {})
    unknown = decide_transition(clue, "received", "dance", "officer", {})
    said = [decision.reasons[0].text for decision in (ended, unborn, again, unknown)]
    assert "已经终结" in said[0]
    assert "还没有建立" in said[1]
    assert "不能再次" in said[2]
    assert "没有“dance”这一步" in said[3]
    with pytest.raises(KeyError, match="没有状态“gone”"):
        decide_transition(clue, "gone", "verify", "officer", {})


def test_the_abolished_notice_opens_no_clock() -> None:
    book = load_book()
    workflow = book.workflow("report")
    facts = {"filing_approval": True, "case_number": "1", "named_reporter": True}

    def opened(on: date) -> list[str]:
        decision = decide_transition(
            workflow,
            "verifying",
            "file",
            "officer",
            facts,
            on=on,
            in_force=lambda rule: book.in_force(rule, on),
        )
        assert isinstance(decision, Transition)
        return [opening.rule for opening in decision.effects.opens]

    assert opened(date(2026, 4, 14)) == ["report.filing-notice"]
    assert opened(date(2026, 4, 15)) == []


def test_pausing_keeps_the_state_and_is_not_done_twice() -> None:
    workflow = load_book().workflow("case")
    facts: dict[str, object] = {"pause_ground": "hearing", "pause_document": True, "reason": "听证"}
    paused = decide_transition(workflow, "hearing", "pause", "officer", facts)
    assert isinstance(paused, Transition)
    assert (paused.target, paused.effects.pauses) == ("hearing", ("case.decision",))
    assert not decide_transition(workflow, "hearing", "pause", "officer", facts | {"paused": True}).allowed
    assert decide_transition(workflow, "hearing", "resume", "officer", {"paused": True}).allowed


def test_choices_are_those_of_the_role_with_what_they_lack() -> None:
    workflow = load_book().workflow("transfer")
    police = {choice.verb: choice for choice in available_verbs(workflow, "received", "police_officer")}
    assert set(police) == {"police_file", "police_refuse"}
    assert not police["police_file"].decision.allowed
    assert police["police_refuse"].reason_required
    assert available_verbs(workflow, "received", ["officer", "prosecutor"]) == ()
    ready = available_verbs(workflow, "received", "police_officer", {"filing_decision": True})
    assert [choice.verb for choice in ready if choice.decision.allowed] == ["police_file"]


def test_each_state_but_the_last_ones_offers_somebody_something() -> None:
    for workflow in WORKFLOWS:
        for state in workflow.states.values():
            offered = available_verbs(workflow, state.id, list(Role))
            assert bool(offered) is not state.terminal, (workflow.id, state.id)


@given(st.data())
def test_any_walk_with_all_papers_reaches_only_states_of_the_workflow(data: st.DataObject) -> None:
    workflow: Workflow = data.draw(st.sampled_from(WORKFLOWS))
    state: str | None = None
    for _ in range(data.draw(st.integers(1, 15))):
        edges = workflow.edges_from(state)
        if not edges:
            assert state is not None and workflow.state(state).terminal
            break
        edge = data.draw(st.sampled_from(edges))
        facts = everything_for(edge)
        decision = decide_transition(workflow, state, edge.verb, edge.roles, facts)
        assert isinstance(decision, Transition)
        assert decision.basis
        for requirement in edge.requires:
            if requirement.must_be and requirement.when is None:
                without = {key: value for key, value in facts.items() if key != requirement.id}
                assert not decide_transition(workflow, state, edge.verb, edge.roles, without).allowed
        state = decision.target
        assert state in workflow.states
