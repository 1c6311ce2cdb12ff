"""Receiving and handling: states, events, clocks, refusals by date."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from qingyuan.apps.intake import actions
from qingyuan.apps.intake.models import Letter, Matter
from qingyuan.apps.ledger.models import Duty, Event
from qingyuan.apps.ledger.queries import duties_of, faults
from qingyuan.basics.clock import CHINA, civil_date
from qingyuan.domain.decision import RefusedError
from tests.factories import intake as factory
from tests.factories.agencies import District


def moment(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=CHINA)


def duty(matter: Matter, rule: str) -> Duty:
    return duties_of(matter.kind, matter.pk).get(rule=rule)


def test_one_letter_becomes_a_complaint_and_a_report_each_with_its_own_clock(district: District) -> None:
    received = factory.received(by=district.officer, kinds=("complaint", "report"))

    complaint, report = received.matters
    assert complaint.letter == report.letter
    assert (
        civil_date(duty(complaint, "complaint.acceptance").due_at).isoformat() == "2026-05-14"
    )  # 9 May is a working Saturday
    assert civil_date(duty(report, "report.verification").due_at).isoformat() == "2026-05-26"
    assert [event.verb for event in Event.objects.filter(subject_kind="complaint")] == ["complaint.receive"]
    assert [event.verb for event in Event.objects.filter(subject_kind="report")] == ["report.receive"]
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        # 45 working days under 令20号, 60 days from the day the regulation took effect
        (moment(2024, 6, 28), "2024-08-30"),
        (moment(2024, 7, 1), "2024-08-30"),
        (moment(2026, 4, 14), "2026-06-15"),
        (moment(2026, 4, 15), "2026-06-15"),
    ],
)
def test_mediation_runs_by_the_rule_of_the_day_of_acceptance(
    district: District, accepted: datetime, due: str
) -> None:
    matter = factory.accepted_complaint(by=district.officer, at=accepted)

    assert civil_date(duty(matter, "complaint.mediation").due_at).isoformat() == due
    assert duty(matter, "complaint.acceptance").state == Duty.State.MET


def test_a_named_reporter_is_told_within_five_days_until_the_rule_was_abolished(district: District) -> None:
    before = factory.verifying_report(by=district.officer, at=moment(2026, 4, 10))
    after = factory.verifying_report(by=district.officer, at=moment(2026, 4, 16))

    actions.mark_not_filed(
        matter=before, reason="经核查没有违法事实", by=district.officer, at=moment(2026, 4, 14)
    )
    actions.mark_not_filed(
        matter=after, reason="经核查没有违法事实", by=district.officer, at=moment(2026, 4, 17)
    )

    assert civil_date(duty(before, "report.filing-notice").due_at).isoformat() == "2026-04-21"
    assert not duties_of("report", after.pk).filter(rule="report.filing-notice").exists()


def test_a_ground_added_by_the_new_rules_cannot_be_used_before_them(district: District) -> None:
    old = factory.complaint(by=district.officer, at=moment(2026, 4, 13))
    with pytest.raises(RefusedError) as refusal:
        actions.refuse_complaint(
            matter=old,
            ground="false-identity",
            notice="不予受理告知",
            by=district.officer,
            at=moment(2026, 4, 14),
        )
    assert "不在2026-04-14有效的法定清单中" in str(refusal.value)
    assert "第十五条" in str(refusal.value)
    old.refresh_from_db()
    assert old.state == "received"

    refused = actions.refuse_complaint(
        matter=old,
        ground="false-identity",
        notice="不予受理告知",
        by=district.officer,
        at=moment(2026, 4, 15),
    )
    assert (refused.state, refused.outcome) == ("refused", "不予受理告知")
    event = Event.objects.get(verb="complaint.refuse")
    assert event.facts["ground"] == "false-identity"
    assert "第十六条第六项" in event.facts["ground_basis"]


def test_a_refusal_needs_its_notice(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    with pytest.raises(RefusedError, match="不予受理告知书"):
        actions.refuse_complaint(
            matter=matter, ground="no-power", notice=" ", by=district.officer, at=factory.RECEIVED
        )


def test_a_complaint_is_mediated_settled_and_closed(district: District) -> None:
    officer, at = district.officer, factory.RECEIVED
    matter = factory.accepted_complaint(by=officer)
    matter = actions.start_mediation(matter=matter, by=officer, at=at + timedelta(days=1))
    matter = actions.settle(
        matter=matter, paper=factory.paper("settlement"), by=officer, at=at + timedelta(days=9)
    )
    matter = actions.close(matter=matter, by=officer, at=at + timedelta(days=10))

    assert matter.state == "closed"
    assert matter.closed_at == at + timedelta(days=10)
    assert not duties_of("complaint", matter.pk).filter(state=Duty.State.OPEN).exists()
    verbs = Event.objects.filter(subject_kind="complaint").order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == [
        "complaint.receive",
        "complaint.accept",
        "complaint.mediate",
        "file.attached",
        "complaint.settle",
        "complaint.close",
    ]


def test_termination_opens_the_notice_and_the_notice_closes(district: District) -> None:
    officer, at = district.officer, factory.RECEIVED
    matter = factory.accepted_complaint(by=officer)
    matter = actions.terminate(matter=matter, ground="no-agreement", by=officer, at=at)
    assert duty(matter, "complaint.mediation").state == Duty.State.MET
    assert duty(matter, "complaint.termination-notice").state == Duty.State.OPEN

    matter = actions.notify_termination(
        matter=matter, paper=factory.paper("termination_notice"), by=officer, at=at + timedelta(days=2)
    )
    assert matter.state == "closed"
    assert duty(matter, "complaint.termination-notice").state == Duty.State.MET


def test_before_there_was_a_list_termination_needs_a_written_reason(district: District) -> None:
    at = moment(2025, 3, 3)
    matter = factory.accepted_complaint(by=district.officer, at=at)
    with pytest.raises(RefusedError, match="写明终止调解的情形"):
        actions.terminate(matter=matter, ground="no-agreement", by=district.officer, at=at)
    assert (
        actions.terminate(matter=matter, reason="双方分歧过大", by=district.officer, at=at).state
        == "terminated"
    )


def test_forwarding_ends_it_here_and_starts_the_other_units_clock(district: District) -> None:
    at = factory.RECEIVED + timedelta(days=3)
    matter = factory.complaint(by=district.officer)
    there = actions.forward(
        matter=matter, unit=district.agriculture, reason="农药由农业农村部门监管", by=district.officer, at=at
    )
    matter.refresh_from_db()
    assert (matter.state, there.unit, there.came_from) == ("forwarded", district.agriculture, matter)
    assert duty(there, "complaint.acceptance").started_at == at
    assert duty(there, "complaint.acceptance").unit == district.agriculture.code


def test_joined_reports_keep_each_reporters_answer(district: District) -> None:
    officer, at = district.officer, moment(2026, 3, 2)
    main = factory.verifying_report(by=officer, at=at)
    again = factory.report(by=officer, at=at)
    joined = actions.join(matter=again, to=main, reason="同一商家同一批货", by=officer, at=at)
    assert joined.state == "merged"
    assert duty(joined, "report.verification").state == Duty.State.VOID

    actions.mark_filed(matter=main, case_number="青市监立〔2026〕1号", by=officer, at=at)
    assert duty(joined, "report.filing-notice").state == Duty.State.OPEN
    actions.notify_joined(matter=joined, notice="已立案", by=officer, at=at)
    assert duty(joined, "report.filing-notice").state == Duty.State.MET


def test_separating_puts_a_report_back_with_its_clock(district: District) -> None:
    officer, at = district.officer, factory.RECEIVED
    main, again = factory.report(by=officer), factory.report(by=officer)
    joined = actions.join(matter=again, to=main, reason="同一事实", by=officer, at=at)
    back = actions.separate(matter=joined, reason="不是同一批货", by=officer, at=at + timedelta(days=1))
    assert (back.state, back.closed_at, back.joined_to) == ("received", None, None)
    assert duties_of("report", back.pk).filter(state=Duty.State.OPEN, started_at=at).count() == 1


def test_joined_complaints_keep_their_own_clocks(district: District) -> None:
    officer, at = district.officer, factory.RECEIVED
    main, again = factory.complaint(by=officer), factory.complaint(by=officer)
    joined = actions.join(matter=again, to=main, reason="同一商家", by=officer, at=at)
    assert (joined.state, joined.joined_to) == ("received", main)
    assert duty(joined, "complaint.acceptance").state == Duty.State.OPEN


def test_only_the_unit_in_charge_acts(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    with pytest.raises(PermissionDenied, match="区市场监管局"):
        actions.accept(matter=matter, by=district.agriculture_officer, at=factory.RECEIVED)
    with pytest.raises(RefusedError, match="执法人员"):
        actions.accept(matter=matter, by=district.coordinator, at=factory.RECEIVED)


def test_who_read_an_older_state_is_told_what_happened(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    actions.accept(matter=matter, by=district.officer, at=factory.RECEIVED)
    with pytest.raises(RefusedError, match="执法甲:受理"):
        actions.start_mediation(matter=matter, by=district.colleague, at=factory.RECEIVED, seen=1)


def test_assigning_moves_the_duties_and_not_the_due_days(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    before = duty(matter, "complaint.acceptance").due_at
    actions.assign(
        matter=matter, unit=district.agriculture, by=district.coordinator, at=factory.RECEIVED, reason="管辖"
    )
    after = duty(matter, "complaint.acceptance")
    assert (after.unit, after.due_at) == (district.agriculture.code, before)


def test_a_returned_matter_waits_for_the_coordinator(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    returned = actions.return_to_office(
        matter=matter, reason="不属于本单位", by=district.officer, at=factory.RECEIVED
    )
    assert returned.unit is None
    assert duty(returned, "complaint.acceptance").unit == district.office.code


def test_the_same_source_number_is_taken_in_once(district: District) -> None:
    factory.complaint(by=district.officer, port="12315", source_number="A-1")
    with pytest.raises(RefusedError, match="A-1"):
        factory.complaint(by=district.officer, port="12315", source_number="A-1")
    assert Letter.objects.count() == 1


def test_a_report_taken_up_by_a_clue_is_met(district: District) -> None:
    matter = factory.verifying_report(by=district.officer)
    taken = actions.mark_taken_up(matter=matter, clue="7", by=district.officer, at=factory.RECEIVED)
    assert (taken.state, taken.clue_ref) == ("clue", "7")
    assert duty(taken, "report.verification").state == Duty.State.MET


def test_a_letter_older_than_every_rule_opens_no_clock(district: District) -> None:
    received = actions.receive(
        incoming=factory.incoming(at=moment(2019, 8, 1), unit=district.market),
        by=district.officer,
        at=factory.RECEIVED,
    )
    assert not duties_of("complaint", received.matters[0].pk).exists()


def test_refusals_name_every_fault_at_once(district: District) -> None:
    with pytest.raises(RefusedError) as refusal:
        actions.receive(
            incoming=factory.incoming(text=" ", kinds=(), at=factory.RECEIVED + timedelta(days=1)),
            by=district.officer,
            at=factory.RECEIVED,
        )
    assert len(refusal.value.reasons) == 3


def test_one_letter_takes_ten_queries(district: District, django_assert_max_num_queries) -> None:
    factory.complaint(by=district.officer)
    with django_assert_max_num_queries(
        13
    ):  # ten, the savepoint of the test's own transaction, and the two heads
        factory.complaint(by=district.officer)
