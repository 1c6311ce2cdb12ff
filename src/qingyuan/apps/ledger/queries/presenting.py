"""The ledger as pages show it: timelines, duty cards with their light and their account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingyuan.apps.ledger.apps import fact_labels, subject_labels, unit_names, verb_labels
from qingyuan.apps.ledger.models import Duty, Event
from qingyuan.apps.ledger.queries import reading
from qingyuan.basics.clock import in_china
from qingyuan.domain.deadlines import Due
from qingyuan.domain.lights import Light, light
from qingyuan.law.book import Book
from qingyuan.law.calendar import WorkingCalendar
from qingyuan.law.faults import LawError
from qingyuan.ui import shapes


def shown_timeline(kind: str, subject_id: object, *, limit: int = 200) -> list[shapes.TimelineEvent]:
    """Return a subject's events in words, newest first."""
    return shown_events(reading.timeline(kind, subject_id, limit=limit))


def shown_events(events: Iterable[Event]) -> list[shapes.TimelineEvent]:
    """Return events in words; facts without a label on a plate are for machines and left out."""
    shown = list(events)
    verbs, labels, units = verb_labels(), fact_labels(), unit_names() if shown else {}
    return [
        shapes.TimelineEvent(
            at=event.at,
            text=verbs.get(event.verb, event.verb),
            actor=event.actor,
            unit=units.get(event.unit, ""),
            facts=[
                (labels[name], _plain(name, value, event, units))
                for name, value in event.facts.items()
                if name in labels and value and not (name == "to" and value == event.facts.get("from"))
            ],
            basis=event.basis,
        )
        for event in shown
    ]


def _plain(name: str, value: Any, event: Event, units: Mapping[str, str]) -> Any:
    if name == "unit":
        return units.get(value, value)
    if name == "to":
        return state_label(event.subject_kind, value)
    return "、".join(str(each) for each in value) if isinstance(value, list) else value


def state_label(kind: str, state: str) -> str:
    """Return a workflow's state in words; the word itself where the lawbook knows no such workflow or state."""
    book = reading.book()
    for document in book.documents("workflows"):
        workflow = book.workflow(document.id)
        if workflow.subject == kind:
            return workflow.states[state].label if state in workflow.states else state
    return state


def duty_cards(kind: str, subject_id: object, *, at: datetime) -> list[shapes.DutyCard]:
    """Return a subject's duties as cards, open ones first, each with its account."""
    duties = list(reading.duties_of(kind, subject_id))
    book, calendar, units = reading.book(), reading.calendar(), unit_names() if duties else {}
    return [duty_card(duty, at=at, book=book, calendar=calendar, units=units) for duty in duties]


def duty_card(
    duty: Duty,
    *,
    at: datetime,
    book: Book,
    calendar: WorkingCalendar,
    units: Mapping[str, str] | None = None,
    explained: bool = True,
) -> shapes.DutyCard:
    """Return one duty as a card; without `explained` (for long lists) the account is left out.

    `units` names the units by code (`ledger.apps.unit_names`); without it the card names none.
    """
    try:
        due, label = reading.due_of(duty, book=book, calendar=calendar), ""
    except LawError as fault:  # a book without this rule: the duty stands as it was computed, and says so
        due, label = None, str(fault)
    colour, words = light_words(duty, at=at, calendar=calendar)
    _label, url_name = subject_labels().get(duty.subject_kind, ("", ""))
    return shapes.DutyCard(
        title=f"{rule_label(duty, book=book)} {duty.title}".strip(),
        due=duty.due_at,
        light=colour,
        light_text=words,
        unit=(units or {}).get(duty.unit, ""),
        state=Duty.State(duty.state).label,
        url=reverse(url_name, args=[duty.subject_id]) if url_name else "",
        action=_("办理") if duty.state == Duty.State.OPEN else "",
        explanation=_explained(due, duty, label) if explained else None,
    )


def rule_label(duty: Duty, *, book: Book) -> str:
    """Return the duty's rule in words; its id where the book no longer has it."""
    rule = book.rules.get(duty.rule)
    return rule.label if rule else duty.rule


def _explained(due: Due | None, duty: Duty, why_not: str) -> shapes.Explanation:
    if due is None:
        return shapes.Explanation(start=duty.started_at, counted="", due=duty.due_at, lines=[why_not])
    return _account(due, duty)


def light_words(duty: Duty, *, at: datetime, calendar: WorkingCalendar) -> tuple[Light, str]:
    """Return a duty's light and what it says: 剩 3 个工作日, 逾期 2 天, 按期履行."""
    if duty.state == Duty.State.VOID:
        return "grey", _("已取消")
    if duty.state == Duty.State.MET:
        late = duty.closed_at is not None and duty.closed_at > duty.due_at
        return ("red", _("逾期后履行")) if late else ("green", _("按期履行"))
    if duty.paused_since:
        return "grey", _("中止计时")
    colour = light(start=duty.started_at, due=duty.due_at, at=at)
    if colour == "red":
        days = (in_china(at).date() - in_china(duty.due_at).date()).days
        return colour, ngettext("逾期 %d 天", "逾期 %d 天", days) % days if days else _("今日已到期")
    left = calendar.count(in_china(at).date(), in_china(duty.due_at).date())
    if left:
        return colour, ngettext("剩 %d 个工作日", "剩 %d 个工作日", left) % left
    return colour, _("今日到期") if in_china(at).date() == in_china(duty.due_at).date() else _(
        "剩余不足一个工作日"
    )


def _account(due: Due, duty: Duty) -> shapes.Explanation:
    return shapes.Explanation(
        start=due.start,
        counted=due.rule.term,
        due=due.due_at,
        skipped=[shapes.SkippedDay(each.day, each.reason) for each in due.skipped],
        pauses=[shapes.Pause(pause[0], pause[1], "") for pause in due.pauses]
        + ([shapes.Pause(duty.paused_since, None, "")] if duty.paused_since else []),
        articles=[citation.text for citation in due.citations],
        lines=due.explanation,
    )
