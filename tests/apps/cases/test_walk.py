"""Random walks over the real actions of a case: whatever is tried, in whatever order, the kernel's promises hold."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from qingyuan.apps.cases import actions, queries
from qingyuan.apps.cases.models import TERMINAL, Case
from qingyuan.apps.ledger import queries as ledger
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import District, district
from tests.factories.cases import FILED, decision_facts, filed_case, money_facts
from tests.factories.clues import paper

pytestmark = pytest.mark.django_db

Try = Callable[[], object]


def tries(d: District, case: Case, at: object) -> list[tuple[str, Try]]:
    """Return every action with arguments that would do, were the state right."""
    asked = [paper("hearing_request"), paper("hearing_notice")]
    halt = [paper("pause_document")]
    officer = {"case": case, "by": d.officer, "at": at}
    leader = {"case": case, "by": d.leader, "at": at}
    return [
        ("investigate", lambda: actions.investigate(**officer)),
        ("money", lambda: actions.enter_money(facts=money_facts(), **officer)),
        ("confirm", lambda: actions.confirm_money(**officer)),
        ("test", lambda: actions.test_transfer(elements={"knowing": False}, suspicion=False, **officer)),
        (
            "pause",
            lambda: actions.pause_case(ground="testing", reason="送检", papers=halt, **officer),
        ),
        ("resume", lambda: actions.resume_case(**officer)),
        (
            "extend",
            lambda: actions.extend_case(reason="复杂", papers=[paper("extension_approval")], **leader),
        ),
        (
            "suspend",
            lambda: actions.suspend_case(reason="等待", papers=[paper("suspension_approval")], **leader),
        ),
        ("continue", lambda: actions.continue_case(stated={"suspension_cause_gone"}, **officer)),
        (
            "complete",
            lambda: actions.complete_investigation(papers=[paper("investigation_report")], **officer),
        ),
        ("review", lambda: actions.review_case(papers=[paper("review_opinion")], **leader)),
        ("return", lambda: actions.return_case(reason="补充", **leader)),
        ("notify", lambda: actions.notify_party(papers=[paper("penalty_notice")], **officer)),
        ("waive", lambda: actions.waive_statement(**officer)),
        (
            "hearing",
            lambda: actions.hold_hearing(papers=asked, **officer),
        ),
        ("reopen", lambda: actions.reopen_case(reason="采纳", **leader)),
        (
            "decide",
            lambda: actions.decide_case(facts=decision_facts(), papers=[paper("hearing_report")], **leader),
        ),
        (
            "serve",
            lambda: actions.serve_decision(service="direct", papers=[paper("service_receipt")], **officer),
        ),
        (
            "perform",
            lambda: actions.perform_decision(paid=3000, papers=[paper("payment_receipt")], **officer),
        ),
        ("close", lambda: actions.close_case(papers=[paper("closing_report")], **leader)),
        ("drop", lambda: actions.drop_case(reason="不成立", papers=[paper("drop_approval")], **leader)),
        ("transfer", lambda: actions.transfer_case(**officer)),
        ("take back", lambda: actions.take_case_back(papers=[paper("police_outcome")], **officer)),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_a_walk_keeps_every_promise(seed: int) -> None:
    chance = random.Random(seed)
    qinghe = district()
    case, at = filed_case(qinghe), FILED
    done: list[str] = []
    for _turn in range(60):
        at += timedelta(days=chance.randint(0, 3))
        before, state = ledger.head_of("case", case.pk).sequence, case.state
        name, attempt = chance.choice(tries(qinghe, case, at))
        if name in ("drop", "transfer") and chance.random() < 0.9:
            continue
        try:
            attempt()
        except RefusedError as refused:
            grown = 0
            assert refused.reasons and all(reason.text for reason in refused.reasons)
        else:
            grown = 1
            done.append(name)
        case.refresh_from_db()
        assert ledger.head_of("case", case.pk).sequence == before + grown, (name, done)
        assert not (state in TERMINAL and grown), "something was done after the end"
        if not grown:
            assert case.state == state
        if case.state in TERMINAL:
            assert queries.open_duties(case) == [] and case.closed_at
    assert done, "the walk did nothing at all"
    assert all(event.basis for event in ledger.timeline("case", case.pk) if event.verb in BASED)
    assert not list(ledger.faults())


BASED = {f"case.{verb}" for verb in ("file", "investigate", "decide", "close", "drop", "transfer")}
