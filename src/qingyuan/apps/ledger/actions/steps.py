"""Take a step of a workflow: one event, and the clocks that the step moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qingyuan.apps.ledger import queries
from qingyuan.apps.ledger.actions import duties
from qingyuan.apps.ledger.actions.events import Actor, Subject, record
from qingyuan.apps.ledger.models import Event
from qingyuan.domain.transitions import Transition

HOLDER = "holder"


def take_step(
    transition: Transition,
    *,
    subject: Subject,
    by: Actor,
    at: datetime,
    bearers: Mapping[str, str],
    title: str = "",
    member: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """Record an allowed transition and let it move the clocks: open, meet, void, pause, resume, extend.

    `bearers` maps who a duty falls on (`holder`, `sender`, `police`, `procuratorate`) to a unit's code; `title`
    and `member` go with the duties that open for the holder. The event's verb is `<subject kind>.<verb>`, its
    facts say from which state to which. The caller writes the new state itself, before or after, in the same
    transaction. Raises KeyError when the step opens a duty for a bearer that is not given.
    """
    book, calendar = queries.book(), queries.calendar()
    event = record(
        f"{subject.kind}.{transition.verb}",
        subject=subject,
        by=by,
        at=at,
        facts={"from": transition.source, "to": transition.target, **(facts or {})},
        basis=[str(basis["text"]) for basis in transition.basis],
    )
    effects = transition.effects
    if effects.meets:
        duties.meet_duties(*effects.meets, subject=subject, event=event)
    if effects.stops:
        duties.void_duties(*effects.stops, subject=subject, event=event)
    if effects.pauses:
        duties.pause_duties(*effects.pauses, subject=subject, event=event)
    if effects.resumes:
        duties.resume_duties(*effects.resumes, subject=subject, event=event, book=book, calendar=calendar)
    for rule in effects.extends:
        duties.extend_duty(rule, subject=subject, book=book, calendar=calendar)
    for opening in effects.opens:
        duties.open_duty(
            opening.rule,
            subject=subject,
            unit=bearers[opening.bearer],
            event=event,
            book=book,
            calendar=calendar,
            title=title,
            member=member if opening.bearer == HOLDER else None,
        )
    return event
