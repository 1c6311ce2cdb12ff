"""Each step of a case by its real action, its clocks, and what refuses it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from qingyuan.apps.cases import access, actions, queries
from qingyuan.apps.cases.models import Case, CaseState, Decision, Evidence
from qingyuan.apps.ledger import queries as ledger
from qingyuan.basics.clock import civil_date
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import District, district
from tests.factories.cases import (
    FILED,
    case_facts,
    closed_case,
    completed_case,
    decided_case,
    decision_facts,
    filed_case,
    investigated_case,
    money_facts,
    notified_case,
    performed_case,
    served_case,
)
from tests.factories.clues import FILING, fileable_clue, paper

pytestmark = pytest.mark.django_db
LATER = FILED + timedelta(days=40)


@pytest.fixture
def qinghe() -> District:
    return district()


def open_rules(case: Case) -> list[str]:
    return sorted(duty.rule for duty in queries.open_duties(case))


def due_day(case: Case, rule: str = "case.decision") -> str:
    return civil_date(ledger.duties_of("case", case.pk).get(rule=rule).due_at).isoformat()


def test_filing_numbers_the_case_and_starts_the_clock(qinghe: District) -> None:
    case = filed_case(qinghe)
    assert case.number == "青市监案〔2026〕1号"
    assert open_rules(case) == ["case.decision"]
    # 90 calendar days from 9 March end on Sunday 7 June: the next working day
    assert due_day(case) == "2026-06-08"
    assert case.clue.outcome == case.number and case.clue.state == "filed"
    assert case.party.name == "青禾区某便利店"
    assert [document.kind for document in queries.documents(case)] == ["filing_approval"]


def test_filing_asks_for_every_condition(qinghe: District) -> None:
    clue = fileable_clue(qinghe)
    with pytest.raises(RefusedError, match="属于本机关管辖"):
        actions.file_case(
            clue=clue,
            facts=case_facts(),
            officers=[qinghe.officer],
            stated=FILING - {"within_jurisdiction"},
            by=qinghe.officer,
            at=FILED,
        )
    assert not Case.objects.exists()


def test_one_officer_is_not_enough(qinghe: District) -> None:
    case = filed_case(qinghe)
    actions.assign_officers(case=case, officers=[qinghe.officer], by=qinghe.leader, at=FILED)
    with pytest.raises(RefusedError, match="两名以上"):
        actions.investigate(case=case, by=qinghe.officer, at=FILED)


def test_an_officer_of_another_unit_cannot_be_put_on_a_case(qinghe: District) -> None:
    case = filed_case(qinghe)
    with pytest.raises(RefusedError, match="农业执法甲"):
        actions.assign_officers(case=case, officers=[qinghe.agriculture_officer], by=qinghe.leader, at=FILED)


def test_a_pause_moves_the_due_day_by_what_was_not_counted(qinghe: District) -> None:
    case = investigated_case(qinghe)
    with pytest.raises(RefusedError, match="法定"):
        actions.pause_case(
            case=case,
            ground="holiday",
            reason="x",
            papers=[paper("pause_document")],
            by=qinghe.officer,
            at=FILED,
        )
    start = FILED + timedelta(days=10)
    actions.pause_case(
        case=case,
        ground="testing",
        reason="送检",
        papers=[paper("pause_document")],
        by=qinghe.officer,
        at=start,
    )
    with pytest.raises(RefusedError):
        actions.pause_case(
            case=case,
            ground="testing",
            reason="x",
            papers=[paper("pause_document")],
            by=qinghe.officer,
            at=start,
        )
    actions.resume_case(case=case, by=qinghe.officer, at=start + timedelta(days=20))
    assert "2026-06-26" <= due_day(case) <= "2026-06-29"


def test_the_term_is_extended_once(qinghe: District) -> None:
    case = investigated_case(qinghe)
    papers = [paper("extension_approval")]
    actions.extend_case(case=case, reason="案情复杂", papers=papers, by=qinghe.leader, at=LATER)
    assert due_day(case) == "2026-07-07"
    with pytest.raises(RefusedError):
        actions.extend_case(case=case, reason="案情复杂", papers=papers, by=qinghe.leader, at=LATER)


def test_a_suspension_stops_the_clock(qinghe: District) -> None:
    case = investigated_case(qinghe)
    actions.suspend_case(
        case=case, reason="等待判决", papers=[paper("suspension_approval")], by=qinghe.leader, at=LATER
    )
    with pytest.raises(RefusedError, match="中止原因"):
        actions.continue_case(case=case, stated=(), by=qinghe.officer, at=LATER)
    case = actions.continue_case(
        case=case, stated={"suspension_cause_gone"}, by=qinghe.officer, at=LATER + timedelta(days=30)
    )
    assert case.state == CaseState.INVESTIGATING and due_day(case) > "2026-07-05"


def test_dropping_ends_the_case_but_not_while_goods_are_held(qinghe: District) -> None:
    case = investigated_case(qinghe)
    goods = actions.enter_goods(
        case=case,
        facts=actions.GoodsFacts(name="白酒", quantity=Decimal(12), quantity_unit="瓶", disposal="held"),
        by=qinghe.officer,
        at=FILED,
    )
    papers = [paper("drop_approval")]
    with pytest.raises(RefusedError, match="涉案物品"):
        actions.drop_case(case=case, reason="违法事实不成立", papers=papers, by=qinghe.leader, at=LATER)
    actions.dispose_goods(goods=goods, disposal="returned", note_text="已退还", by=qinghe.officer, at=LATER)
    case = actions.drop_case(case=case, reason="违法事实不成立", papers=papers, by=qinghe.leader, at=LATER)
    assert case.closed_at == LATER and open_rules(case) == []


def test_referring_out_names_the_authority(qinghe: District) -> None:
    case = filed_case(qinghe)
    papers = [paper("referral_letter")]
    with pytest.raises(RefusedError, match="管辖权"):
        actions.refer_out(case=case, to=" ", reason="无管辖权", papers=papers, by=qinghe.leader, at=LATER)
    case = actions.refer_out(
        case=case, to="青禾区烟草专卖局", reason="无管辖权", papers=papers, by=qinghe.leader, at=LATER
    )
    assert case.state == CaseState.REFERRED_OUT and open_rules(case) == []


def test_the_investigation_is_complete_only_with_money_and_transfer_test(qinghe: District) -> None:
    case = investigated_case(qinghe)
    with pytest.raises(RefusedError) as refused:
        actions.complete_investigation(
            case=case, papers=[paper("investigation_report")], by=qinghe.officer, at=LATER
        )
    assert "台账" in str(refused.value) and "追诉标准" in str(refused.value)


def test_a_review_returns_the_case_and_wants_a_new_report(qinghe: District) -> None:
    case = completed_case(qinghe)
    assert open_rules(case) == ["case.decision", "case.legal-review"]
    case = actions.return_case(case=case, reason="证据不足", by=qinghe.leader, at=LATER)
    assert case.state == CaseState.INVESTIGATING and open_rules(case) == ["case.decision"]
    with pytest.raises(RefusedError, match="调查终结报告"):
        actions.complete_investigation(case=case, by=qinghe.officer, at=LATER)


def test_a_legal_review_is_asked_for_where_it_is_needed(qinghe: District) -> None:
    case = completed_case(qinghe)
    with pytest.raises(RefusedError, match="法制审核意见"):
        actions.review_case(
            case=case,
            stated={"legal_review_needed"},
            papers=[paper("review_opinion")],
            by=qinghe.leader,
            at=LATER,
        )


def test_no_decision_before_the_partys_term_is_over(qinghe: District) -> None:
    case = notified_case(qinghe)
    told = FILED + timedelta(days=6)
    assert (
        due_day(case, "case.statement") == "2026-03-20"
    )  # five working days from 15 March... counted from the 16th
    with pytest.raises(RefusedError, match="陈述"):
        actions.decide_case(case=case, facts=decision_facts(), by=qinghe.leader, at=told + timedelta(days=2))
    actions.waive_statement(case=case, by=qinghe.officer, at=told + timedelta(days=1))
    decision = actions.decide_case(
        case=case, facts=decision_facts(), by=qinghe.leader, at=told + timedelta(days=2)
    )
    assert decision.number == "青市监罚〔2026〕1号"
    assert open_rules(case) == []


def test_a_hearing_asked_for_is_held_before_the_decision(qinghe: District) -> None:
    case = notified_case(qinghe)
    actions.make_document(case=case, paper=paper("hearing_request"), by=qinghe.officer, at=LATER)
    with pytest.raises(RefusedError, match="听证"):
        actions.decide_case(case=case, facts=decision_facts(), by=qinghe.leader, at=LATER)
    actions.hold_hearing(case=case, papers=[paper("hearing_notice")], by=qinghe.officer, at=LATER)
    with pytest.raises(RefusedError, match="听证报告"):
        actions.decide_case(case=case, facts=decision_facts(), by=qinghe.leader, at=LATER)
    actions.decide_case(
        case=case, facts=decision_facts(), papers=[paper("hearing_report")], by=qinghe.leader, at=LATER
    )


def test_a_statement_taken_up_reopens_the_case(qinghe: District) -> None:
    case = actions.reopen_case(
        case=notified_case(qinghe), reason="当事人提交新证据", by=qinghe.leader, at=LATER
    )
    assert case.state == CaseState.INVESTIGATING and case.notified_at is None
    assert open_rules(case) == ["case.decision"]


def test_the_kinds_of_penalty_and_what_is_written_agree(qinghe: District) -> None:
    case = notified_case(qinghe)
    for wrong in (
        decision_facts(fine=Decimal(0)),
        decision_facts(penalties=()),
        decision_facts(kind=Decision.Kind.NO_PENALTY),
        decision_facts(goods_confiscated=True),
    ):
        with pytest.raises(RefusedError):
            actions.decide_case(case=case, facts=wrong, by=qinghe.leader, at=LATER)
    assert not Decision.objects.exists()


def test_an_absent_party_is_served_within_the_term(qinghe: District) -> None:
    case = decided_case(qinghe, decision=decision_facts(party_absent=True))
    assert open_rules(case) == ["case.service"]
    case = actions.serve_decision(
        case=case, service="post", papers=[paper("service_receipt")], by=qinghe.officer, at=LATER
    )
    assert open_rules(case) == ["case.payment"]


def test_a_fine_is_paid_whole_or_enforced(qinghe: District) -> None:
    case = served_case(qinghe)
    with pytest.raises(RefusedError, match=r"3,000\.00元"):
        actions.perform_decision(
            case=case, paid=Decimal(100), papers=[paper("payment_receipt")], by=qinghe.officer, at=LATER
        )
    case = actions.enforce_decision(
        case=case,
        papers=[paper("demand_letter"), paper("enforcement_application")],
        by=qinghe.leader,
        at=LATER,
    )
    case = actions.perform_decision(
        case=case, paid=Decimal(100), papers=[paper("enforcement_result")], by=qinghe.court_clerk, at=LATER
    )
    assert case.state == CaseState.PERFORMED and open_rules(case) == ["case.closing"]


def test_a_case_closes_when_nothing_is_owed(qinghe: District) -> None:
    case = closed_case(qinghe)
    assert case.state == CaseState.CLOSED and open_rules(case) == []
    before = ledger.head_of("case", case.pk).sequence
    for again in (
        lambda: actions.enter_money(case=case, facts=money_facts(), by=qinghe.officer, at=LATER),
        lambda: actions.close_case(case=case, papers=[paper("closing_report")], by=qinghe.leader, at=LATER),
        lambda: actions.correct_case(case=case, facts=case_facts(cause="改"), by=qinghe.officer, at=LATER),
    ):
        with pytest.raises(RefusedError):
            again()
    assert ledger.head_of("case", case.pk).sequence == before


def test_closing_names_every_open_duty(qinghe: District) -> None:
    case = investigated_case(qinghe)
    actions.add_evidence(
        case=case,
        facts=actions.EvidenceFacts(
            kind="object",
            name="白酒12瓶",
            origin="现场检查时先行登记保存",
            obtained_at=FILED,
            obtained_by="执法甲、执法乙",
            preserved=True,
        ),
        by=qinghe.officer,
        at=FILED,
    )
    item = Evidence.objects.get()
    with pytest.raises(RefusedError, match=r"先行登记保存证据的处理.*期限至2026年3月18日"):
        actions.drop_case(case=case, reason="x", papers=[paper("drop_approval")], by=qinghe.leader, at=LATER)
    actions.end_preservation(item=item, outcome="released", by=qinghe.officer, at=LATER)
    actions.drop_case(case=case, reason="x", papers=[paper("drop_approval")], by=qinghe.leader, at=LATER)


def test_a_case_that_meets_the_standard_is_not_decided_before_the_transfer_is(qinghe: District) -> None:
    case = completed_case(qinghe, money=money_facts(amount=Decimal("800000.00")))
    case.refresh_from_db()
    assert case.transfer_test_met
    case = actions.review_case(case=case, papers=[paper("review_opinion")], by=qinghe.leader, at=LATER)
    case = actions.notify_party(case=case, papers=[paper("penalty_notice")], by=qinghe.officer, at=LATER)
    then = LATER + timedelta(days=20)
    with pytest.raises(RefusedError, match="移送决定"):
        actions.decide_case(case=case, facts=decision_facts(), by=qinghe.leader, at=then)
    with pytest.raises(RefusedError, match="理由"):
        actions.answer_transfer(case=case, answer="not_transferred", reason="", by=qinghe.leader, at=then)
    actions.answer_transfer(case=case, answer="transferred", reason="", by=qinghe.leader, at=then)
    case = actions.transfer_case(case=case, by=qinghe.officer, at=then)
    assert case.state == CaseState.TRANSFERRED
    case = actions.take_case_back(
        case=case, papers=[paper("police_outcome")], by=qinghe.officer, at=then + timedelta(days=9)
    )
    assert case.state == CaseState.INVESTIGATING


def test_a_case_the_police_filed_is_closed(qinghe: District) -> None:
    case = actions.transfer_case(case=investigated_case(qinghe), by=qinghe.officer, at=LATER)
    case = actions.close_transferred(case=case, papers=[paper("police_filed")], by=qinghe.leader, at=LATER)
    assert case.state == CaseState.CLOSED and open_rules(case) == []


def test_three_people(qinghe: District) -> None:
    case = performed_case(qinghe)
    sees = {
        name: access.visible_to(qinghe.members[name]).filter(pk=case.pk).exists()
        for name in ("officer", "coordinator", "prosecutor", "agriculture_officer", "administrator")
    }
    assert sees == {
        "officer": True,
        "coordinator": True,
        "prosecutor": True,
        "agriculture_officer": False,
        "administrator": False,
    }
    with pytest.raises(PermissionDenied, match="区市场监管局"):
        actions.close_case(case=case, papers=[paper("closing_report")], by=qinghe.prosecutor, at=LATER)


def test_reviewed_by_an_officer_is_refused(qinghe: District) -> None:
    case = completed_case(qinghe)
    with pytest.raises(RefusedError, match="单位负责人"):
        actions.review_case(case=case, papers=[paper("review_opinion")], by=qinghe.officer, at=LATER)
