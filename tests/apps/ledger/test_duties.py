"""Duties through their life: opened by an event, paused, extended, moved by a calendar, met, voided."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from qingyuan.apps.ledger import actions, queries
from qingyuan.apps.ledger.actions import Actor, Subject
from qingyuan.apps.ledger.models import Duty, Event
from qingyuan.basics.clock import CHINA
from qingyuan.law.calendar import Override, WorkingCalendar

pytestmark = pytest.mark.django_db

OFFICER = Actor("顾清", "market", 7)
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=CHINA)
MATTER = Subject("member", "41")
BOOK = queries.book()
CALENDAR = WorkingCalendar()


def happened(at: datetime) -> Event:
    return actions.record("member.changed", subject=MATTER, by=OFFICER, at=at)


def opened(rule: str = "complaint.acceptance", at: datetime = MONDAY) -> Duty:
    return actions.open_duty(
        rule, subject=MATTER, unit="market", event=happened(at), book=BOOK, calendar=CALENDAR, title="投诉 1"
    )


def last_day(duty: Duty) -> date:
    duty.refresh_from_db()
    return duty.due_at.astimezone(CHINA).date()


def test_seven_working_days_from_a_monday_end_on_the_wednesday_of_the_next_week() -> None:
    assert last_day(opened()) == date(2026, 11, 11)


def test_opening_the_same_duty_twice_keeps_the_first() -> None:
    first, second = opened(), opened(at=MONDAY + timedelta(days=2))
    assert first.pk == second.pk
    assert last_day(second) == date(2026, 11, 11)


def test_a_pause_moves_the_due_day_by_the_days_not_counted() -> None:
    """90 days from 2 November end on Sunday 31 January and roll to Monday; 10 more end on a Wednesday."""
    duty = opened("case.decision")
    assert last_day(duty) == date(2027, 2, 1)
    actions.pause_duties("case.decision", subject=MATTER, event=happened(MONDAY + timedelta(days=10)))
    actions.resume_duties(
        "case.decision",
        subject=MATTER,
        event=happened(MONDAY + timedelta(days=19)),
        book=BOOK,
        calendar=CALENDAR,
    )
    assert last_day(duty) == date(2027, 2, 10)
    assert duty.paused_since is None


def test_an_extension_is_granted_once_as_the_rule_allows() -> None:
    duty = opened("case.decision")
    before = last_day(duty)
    actions.extend_duty("case.decision", subject=MATTER, book=BOOK, calendar=CALENDAR)
    assert last_day(duty) > before
    with pytest.raises(ValueError), transaction.atomic():
        actions.extend_duty("case.decision", subject=MATTER, book=BOOK, calendar=CALENDAR)
    duty.refresh_from_db()
    assert duty.extensions == 1


def test_beyond_the_extension_the_days_fixed_together_are_added_and_recomputed() -> None:
    """90 + 30 days from 2 November end on 2 March; 20 more end on 22 March, a Monday."""
    duty = opened("case.decision")
    with pytest.raises(ValueError, match="须先用完法定延长"), transaction.atomic():
        actions.extend_duty("case.decision", subject=MATTER, book=BOOK, calendar=CALENDAR, further=20)
    actions.extend_duty("case.decision", subject=MATTER, book=BOOK, calendar=CALENDAR)
    assert last_day(duty) == date(2027, 3, 2)
    actions.extend_duty("case.decision", subject=MATTER, book=BOOK, calendar=CALENDAR, further=20)
    assert last_day(duty) == date(2027, 3, 22)
    assert any(
        "再延长20日" in line for line in queries.due_of(duty, book=BOOK, calendar=CALENDAR).explanation
    )
    assert actions.recompute_duties(book=BOOK, calendar=CALENDAR, at=MONDAY, why="核对") == []
    longer = WorkingCalendar({date(2027, 3, 22): Override(working=False, name="临时放假")})
    [move] = actions.recompute_duties(book=BOOK, calendar=longer, at=MONDAY, why="新增放假一天")
    assert move.after.astimezone(CHINA).date() == date(2027, 3, 23)


def test_a_holiday_added_later_moves_open_duties_and_says_why() -> None:
    duty = opened()
    longer = WorkingCalendar({date(2026, 11, 9): Override(working=False, name="临时放假")})
    [move] = actions.recompute_duties(book=BOOK, calendar=longer, at=MONDAY, why="新增放假一天")
    assert (move.before.astimezone(CHINA).date(), move.after.astimezone(CHINA).date()) == (
        date(2026, 11, 11),
        date(2026, 11, 12),
    )
    event = Event.objects.get(verb="duty.moved")
    assert event.facts["why"] == "新增放假一天"
    assert last_day(duty) == date(2026, 11, 12)
    assert actions.recompute_duties(book=BOOK, calendar=longer, at=MONDAY, why="再算一次") == []


def test_a_met_duty_no_longer_moves() -> None:
    opened()
    assert actions.meet_duties("complaint.acceptance", subject=MATTER, event=happened(MONDAY)) == 1
    longer = WorkingCalendar({date(2026, 11, 9): Override(working=False, name="临时放假")})
    assert actions.recompute_duties(book=BOOK, calendar=longer, at=MONDAY, why="新增放假") == []


def test_voiding_ends_all_of_a_subject_and_meeting_must_name_its_rules() -> None:
    opened()
    opened("case.decision")
    with pytest.raises(ValueError, match="which rules"):
        actions.meet_duties(subject=MATTER, event=happened(MONDAY))
    assert actions.void_duties(subject=MATTER, event=happened(MONDAY)) == 2
    assert set(Duty.objects.values_list("state", flat=True)) == {"void"}


def test_the_database_refuses_a_closed_duty_without_its_event() -> None:
    duty = opened()
    with pytest.raises(IntegrityError, match="duty_closed_has_event"), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(state="met")


def test_recomputing_many_duties_reads_and_writes_in_sets(django_assert_max_num_queries: object) -> None:
    event = happened(MONDAY)
    due = queries.due_of(opened(), book=BOOK, calendar=CALENDAR).due_at
    actions.open_duties(
        Duty(
            rule="complaint.acceptance",
            subject_kind="member",
            subject_id=str(number),
            unit="market",
            opened_by=event.pk,
            started_at=MONDAY,
            due_at=due,
        )
        for number in range(1000, 1500)
    )
    longer = WorkingCalendar({date(2026, 11, 9): Override(working=False, name="临时放假")})
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        moved = actions.recompute_duties(book=BOOK, calendar=longer, at=MONDAY, why="新增放假")
    assert len(moved) == 501


def test_the_card_tells_how_the_day_came_about() -> None:
    opened()
    [card] = queries.duty_cards("member", "41", at=MONDAY)
    assert card.light == "green"
    assert card.explanation is not None
    assert [skipped.day for skipped in card.explanation.skipped] == [date(2026, 11, 7), date(2026, 11, 8)]
    assert any("第" in str(article) for article in card.explanation.articles)
    [late] = queries.duty_cards("member", "41", at=MONDAY + timedelta(days=11))
    assert (late.light, str(late.light_text)) == ("red", "逾期 2 天")


def test_a_duty_whose_rule_the_book_has_lost_is_still_shown_with_the_reason() -> None:
    opened()
    Duty.objects.update(rule="complaint.abolished")
    [card] = queries.duty_cards("member", "41", at=MONDAY)
    assert card.title == "complaint.abolished 投诉 1"
    assert card.explanation is not None
    assert "complaint.abolished" in str(card.explanation.lines[0])


def test_the_timeline_says_states_in_the_words_of_the_workflow() -> None:
    actions.record(
        "transfer.approve",
        subject=Subject("transfer", "1"),
        by=OFFICER,
        at=MONDAY,
        facts={"from": "proposed", "to": "approved"},
    )
    actions.record(
        "transfer.document-made",
        subject=Subject("transfer", "1"),
        by=OFFICER,
        at=MONDAY,
        facts={"from": "approved", "to": "approved"},
    )
    same, moved = queries.shown_timeline("transfer", "1")
    assert [str(value) for _label, value in moved.facts] == ["已批准移送"]
    assert same.facts == []
