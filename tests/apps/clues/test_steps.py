"""Each step of a clue by its real action, its clock, and what refuses it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from qingyuan.apps.clues import access, actions, queries
from qingyuan.apps.clues.models import Clue, ClueState, Source
from qingyuan.apps.ledger import queries as ledger
from qingyuan.basics.clock import civil_date
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import District, district
from tests.factories.clues import FILING, RECEIVED, approved, clue_facts, paper, received_clue, verifying_clue

pytestmark = pytest.mark.django_db
LATER = RECEIVED + timedelta(days=2)


@pytest.fixture
def qinghe() -> District:
    return district()


def open_rules(clue: Clue) -> list[str]:
    return [duty.rule for duty in ledger.duties_of("clue", clue.pk) if duty.state == "open"]


def due_day(clue: Clue) -> str:
    return civil_date(ledger.duties_of("clue", clue.pk).get(rule="clue.verification").due_at).isoformat()


def test_a_clue_gets_a_number_and_a_clock_from_the_day_it_was_received(qinghe: District) -> None:
    clue = actions.receive_clue(
        facts=clue_facts(),
        source=Source.INSPECTION,
        unit=qinghe.market,
        received_at=RECEIVED,
        by=qinghe.officer,
        at=LATER,
    )
    assert clue.number == "青市监线〔2026〕1号"
    assert due_day(clue) == "2026-03-23"  # 15 working days from 2 March: day one is the 3rd
    assert [event.verb for event in ledger.timeline("clue", clue.pk)] == ["clue.receive"]


def test_verification_is_extended_once_with_an_approved_form(qinghe: District) -> None:
    clue = verifying_clue(qinghe)
    with pytest.raises(RefusedError, match="延长核查期限审批表"):
        actions.extend_verification(clue=clue, reason="需要权利人出具意见", by=qinghe.leader, at=LATER)
    approved(qinghe, clue, "extension_approval", at=LATER)
    actions.extend_verification(clue=clue, reason="需要权利人出具意见", by=qinghe.leader, at=LATER)
    assert due_day(clue) == "2026-04-14"  # 15 more working days; 清明 skipped
    approved(qinghe, clue, "extension_approval", at=LATER)
    with pytest.raises(RefusedError):
        actions.extend_verification(clue=clue, reason="再次延长", by=qinghe.leader, at=LATER)


def test_a_pause_is_not_counted(qinghe: District) -> None:
    clue = verifying_clue(qinghe)
    actions.pause_verification(
        clue=clue, reason="送权利人辨认", papers=[paper("commission")], by=qinghe.officer, at=LATER
    )
    with pytest.raises(RefusedError, match="扣除"):
        actions.pause_verification(
            clue=clue, reason="再次", papers=[paper("commission")], by=qinghe.officer, at=LATER
        )
    resumed = LATER + timedelta(days=7)
    actions.resume_verification(clue=clue, papers=[paper("conclusion")], by=qinghe.officer, at=resumed)
    assert due_day(clue) > "2026-03-23"
    assert not queries.is_paused("clue", clue.pk)


def test_refusing_needs_the_approved_form_and_ends_the_clock(qinghe: District) -> None:
    clue = verifying_clue(qinghe)
    document = actions.make_document(clue=clue, paper=paper("refusal_approval"), by=qinghe.officer, at=LATER)
    with pytest.raises(RefusedError, match="不予立案审批表"):
        actions.refuse_clue(clue=clue, reason="证据不足", by=qinghe.officer, at=LATER)
    actions.approve_document(document=document, agrees=True, by=qinghe.leader, at=LATER)
    clue = actions.refuse_clue(clue=clue, reason="证据不足", by=qinghe.officer, at=LATER)
    assert (clue.state, clue.outcome) == (ClueState.REFUSED, "证据不足")
    assert open_rules(clue) == []


def test_a_leader_who_does_not_agree_says_why(qinghe: District) -> None:
    clue = verifying_clue(qinghe)
    document = actions.make_document(clue=clue, paper=paper("filing_approval"), by=qinghe.officer, at=LATER)
    with pytest.raises(RefusedError, match="理由"):
        actions.approve_document(document=document, agrees=False, by=qinghe.leader, at=LATER)
    actions.approve_document(
        document=document, agrees=False, opinion="补充进货证据", by=qinghe.leader, at=LATER
    )
    with pytest.raises(RefusedError, match="立案审批表"):
        actions.file_clue(clue=clue, case_number="x", stated=FILING, by=qinghe.officer, at=LATER)


def test_transferring_out_lets_the_other_unit_see_it_and_give_a_receipt(qinghe: District) -> None:
    clue = verifying_clue(qinghe)
    assert not access.visible_to(qinghe.agriculture_officer).filter(pk=clue.pk).exists()
    clue = actions.transfer_out(
        clue=clue,
        to=qinghe.agriculture,
        reason="属于农资,由农业农村部门管辖",
        papers=[paper("transfer_letter")],
        by=qinghe.officer,
        at=LATER,
    )
    assert open_rules(clue) == []
    with pytest.raises(RefusedError, match="该单位签收"):
        actions.give_receipt(clue=clue, receipt_number="收1", by=qinghe.officer, at=LATER)
    taken = actions.give_receipt(
        clue=clue, receipt_number="收1", by=qinghe.agriculture_officer, at=LATER + timedelta(days=1)
    )
    clue.refresh_from_db()
    assert taken.number == "青农线〔2026〕1号" and taken.origin == clue and clue.receipt_at
    assert open_rules(taken) == ["clue.verification"]
    with pytest.raises(RefusedError, match="签收"):
        actions.give_receipt(clue=clue, receipt_number="收2", by=qinghe.agriculture_officer, at=LATER)


def test_nothing_is_done_after_the_end(qinghe: District) -> None:
    clue = verifying_clue(qinghe)
    approved(qinghe, clue, "refusal_approval", at=LATER)
    clue = actions.refuse_clue(clue=clue, reason="证据不足", by=qinghe.officer, at=LATER)
    before = ledger.head_of("clue", clue.pk).sequence
    for again in (
        lambda: actions.verify_clue(clue=clue, by=qinghe.officer, at=LATER),
        lambda: actions.assign_clue(clue=clue, handler=qinghe.colleague, by=qinghe.leader, at=LATER),
        lambda: actions.correct_clue(clue=clue, facts=clue_facts(title="改"), by=qinghe.officer, at=LATER),
        lambda: actions.file_clue(clue=clue, case_number="x", stated=FILING, by=qinghe.officer, at=LATER),
    ):
        with pytest.raises(RefusedError):
            again()
    assert ledger.head_of("clue", clue.pk).sequence == before


def test_another_unit_may_not_act_even_where_it_sees(qinghe: District) -> None:
    clue = received_clue(qinghe)
    with pytest.raises(PermissionDenied, match="区市场监管局"):
        actions.verify_clue(clue=clue, by=qinghe.agriculture_officer, at=LATER)


def test_who_read_an_older_state_is_told_what_happened(qinghe: District) -> None:
    clue = received_clue(qinghe)
    seen = ledger.head_of("clue", clue.pk).sequence
    actions.verify_clue(clue=clue, by=qinghe.colleague, at=LATER)
    with pytest.raises(RefusedError, match="执法乙“开始核查”"):
        actions.correct_clue(clue=clue, facts=clue_facts(title="改"), by=qinghe.officer, at=LATER, seen=seen)


def test_assigning_moves_the_duty(qinghe: District) -> None:
    clue = actions.assign_clue(
        clue=received_clue(qinghe), handler=qinghe.colleague, by=qinghe.leader, at=LATER
    )
    duty = ledger.duties_of("clue", clue.pk).get()
    assert (duty.member, duty.unit) == (qinghe.colleague.pk, qinghe.market.code)
    with pytest.raises(RefusedError, match="不在"):
        actions.assign_clue(
            clue=clue, unit=qinghe.market, handler=qinghe.agriculture_officer, by=qinghe.leader, at=LATER
        )
