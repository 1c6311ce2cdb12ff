"""A transfer through its life: each side its own steps and clocks, the procuratorate over both."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from qingyuan.apps.cases.models import Case
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.models import Duty, Event
from qingyuan.apps.transfers import access
from qingyuan.apps.transfers.models import Transfer
from qingyuan.basics.clock import CHINA
from qingyuan.domain.decision import RefusedError
from tests.factories import transfers as make
from tests.factories.agencies import District, district
from tests.factories.cases import completed_case

pytestmark = pytest.mark.django_db
AT = make.PROPOSED


@pytest.fixture
def here() -> District:
    return district()


def open_rules(transfer: Transfer) -> dict[str, str]:
    return dict(
        Duty.objects.filter(subject_kind="transfer", subject_id=str(transfer.pk), state="open").values_list(
            "rule", "unit"
        )
    )


def test_proposing_keeps_the_test_and_opens_the_three_days_of_the_head(here: District) -> None:
    transfer = make.proposed(here)
    assert transfer.route == "must_transfer"
    assert transfer.offences == ["criminal.214"]
    assert open_rules(transfer) == {"transfer.approval": "market"}
    event = Event.objects.get(subject_kind="transfer", verb="transfer.propose")
    assert event.facts["finding"]["met"] is True
    assert any("第五条" in citation for citation in event.basis)


def test_below_every_line_nothing_is_proposed_and_the_reasons_are_given(here: District) -> None:
    case = make.serious_case(here, amount=Decimal("1200.00"))
    with pytest.raises(RefusedError, match="未达追诉标准"):
        make.proposed(here, case=case)
    assert not Transfer.objects.exists()


def test_a_case_is_not_proposed_twice(here: District) -> None:
    transfer = make.proposed(here)
    with pytest.raises(RefusedError, match=transfer.number):
        make.proposed(here, case=transfer.case)


def test_the_database_holds_one_open_transfer_per_case(here: District) -> None:
    transfer = make.proposed(here)
    transfer.pk, transfer.number = None, "青市监移〔2026〕99号"
    with pytest.raises(IntegrityError, match="transfer_one_open_per_case"), transaction.atomic():
        transfer.save(force_insert=True)


def test_only_the_head_of_the_unit_approves(here: District) -> None:
    transfer = make.proposed(here)
    with pytest.raises(RefusedError, match="正职负责人"):
        make.step(transfer, "approve", here.members["leader"], at=AT)
    with pytest.raises(RefusedError):
        make.step(transfer, "approve", here.members["officer"], at=AT, stated={"chief"})
    make.step(transfer, "approve", here.members["leader"], at=AT, stated={"chief"})
    assert Case.objects.get(pk=transfer.case_id).transfer_answer == "transferred"


def test_hand_over_is_due_24_hours_after_approval(here: District) -> None:
    transfer = make.approved(here)
    duty = Duty.objects.get(rule="transfer.hand-over", state="open")
    assert duty.due_at == AT + timedelta(hours=24)
    assert (duty.unit, duty.subject_id) == ("market", str(transfer.pk))


def test_hand_over_without_its_papers_names_each(here: District) -> None:
    transfer = make.approved(here)
    with pytest.raises(RefusedError) as refused:
        make.step(transfer, "hand_over", here.members["officer"], "transfer_letter", at=AT)
    assert "调查报告" in str(refused.value)
    assert "涉案物品清单" in str(refused.value)
    assert "移送书" not in str(refused.value)


def test_after_the_hand_over_the_police_see_transfer_and_case_and_the_case_waits(here: District) -> None:
    transfer = make.handed_over(here)
    police = here.members["police_officer"]
    assert access.visible_to(police).filter(pk=transfer.pk).exists()
    case = Case.objects.get(pk=transfer.case_id)
    assert case.state == "transferred"
    assert here.units["police"].scope_id in case.seen_by


def test_the_receipt_starts_the_three_days_of_the_police(here: District) -> None:
    transfer = make.received(here)
    assert open_rules(transfer) == {"transfer.police-decision": "police"}


def test_a_refusal_gives_the_sender_three_days_and_the_procuratorate_can_order_filing(here: District) -> None:
    transfer = make.police_refused(here)
    assert open_rules(transfer) == {"transfer.reconsideration-request": "market"}
    police, prosecutor = here.members["police_officer"], here.members["prosecutor"]
    make.step(
        transfer,
        "suggest_supervision",
        here.members["officer"],
        "supervision_suggestion",
        at=AT,
        reason="金额远超标准",
    )
    assert open_rules(transfer) == {}
    make.step(transfer, "request_reasons", prosecutor, "reasons_request", at=AT)
    assert open_rules(transfer) == {"transfer.non-filing-reasons": "police"}
    make.step(transfer, "state_reasons", police, "reasons_statement", at=AT, reason="证据不足")
    make.step(transfer, "order_filing", prosecutor, "filing_order", at=AT, reason="理由不成立")
    assert open_rules(transfer) == {"transfer.ordered-filing": "police"}
    make.step(transfer, "police_file", police, "filing_decision", at=AT)
    assert open_rules(transfer) == {"transfer.goods-hand-over": "market"}
    done = make.step(transfer, "hand_over_goods", here.members["officer"], "goods_hand_over_record", at=AT)
    assert done.state == "goods_handed_over"
    assert open_rules(transfer) == {}


def test_reconsideration_upheld_opens_the_suggestion_to_the_procuratorate(here: District) -> None:
    transfer = make.police_refused(here)
    make.step(
        transfer,
        "request_reconsideration",
        here.members["officer"],
        "reconsideration_request",
        at=AT,
        reason="不服",
    )
    assert open_rules(transfer) == {"transfer.reconsideration-decision": "police"}
    make.step(
        transfer,
        "uphold_refusal",
        here.members["police_officer"],
        "reconsideration_decision",
        at=AT,
        reason="维持",
    )
    assert open_rules(transfer) == {"transfer.supervision-suggestion": "market"}


def test_a_role_counts_only_on_its_own_side(here: District) -> None:
    transfer = make.handed_over(here)
    with pytest.raises(PermissionDenied, match="不能办理"):
        make.step(transfer, "receive", here.members["agriculture_officer"], "receipt", at=AT)
    with pytest.raises(RefusedError):
        make.step(transfer, "receive", here.members["officer"], "receipt", at=AT)
    next_door = district(code="620498")
    with pytest.raises(PermissionDenied):
        make.step(transfer, "receive", next_door.members["police_officer"], "receipt", at=AT)


def test_a_leader_of_the_police_does_not_approve_for_the_sender(here: District) -> None:
    transfer = make.proposed(here)
    with pytest.raises(PermissionDenied):
        make.step(transfer, "approve", here.members["police_leader"], at=AT, stated={"chief"})


def test_who_writes_second_is_told_what_the_first_did(here: District) -> None:
    from qingyuan.apps.transfers import actions

    transfer = make.proposed(here)
    head = ledger.head_of("transfer", transfer.pk)
    assert head is not None
    make.step(transfer, "approve", here.members["leader"], at=AT, stated={"chief"})
    with pytest.raises(RefusedError, match="批准移送"):
        actions.take(
            transfer=transfer,
            verb="refuse",
            by=here.members["leader"],
            at=AT,
            reason="再议",
            stated={"chief"},
            seen=head.sequence,
        )


def test_a_refused_transfer_is_answered_with_its_reason_on_the_case(here: District) -> None:
    transfer = make.step(
        make.proposed(here),
        "refuse",
        here.members["leader"],
        "refusal_record",
        at=AT,
        reason="金额有重复计算",
        stated={"chief"},
    )
    case = Case.objects.get(pk=transfer.case_id)
    assert (transfer.state, case.transfer_answer) == ("not_approved", "not_transferred")
    assert case.transfer_answer_reason == "金额有重复计算"
    assert open_rules(transfer) == {}


def test_every_step_is_one_event_with_its_basis(here: District) -> None:
    transfer = make.police_refused(here)
    events = list(Event.objects.filter(subject_kind="transfer").order_by("sequence"))
    assert [event.verb for event in events] == [
        "transfer.propose",
        "transfer.approve",
        "transfer.hand_over",
        "transfer.receive",
        "transfer.police_refuse",
    ]
    assert all(event.basis for event in events)
    assert list(ledger.faults()) == []
    assert transfer.state == "police_not_filed"


def test_an_administrative_case_needs_no_answer(here: District) -> None:
    case = completed_case(here, at=datetime(2026, 3, 9, 9, 0, tzinfo=CHINA))
    assert case.transfer_test_met is False
