"""Lock a record, tell whether somebody else wrote meanwhile, and decide a step by the lawbook's workflow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from qingyuan.apps.ledger.apps import verb_labels
from qingyuan.apps.ledger.queries import book, head_of, timeline
from qingyuan.basics.clock import civil_date
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.domain.transitions import Transition, decide_transition

M = TypeVar("M", bound=Model)


def refuse(text: str) -> RefusedError:
    """Return the error for a request that office practice, not law, rules out."""
    return RefusedError([Reason(text)])


def lock(record: M) -> M:
    """Lock and reread a record."""
    return type(record)._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=record.pk)


def refuse_if_moved(kind: str, pk: int, seen: int | None) -> None:
    """Refuse when the record's chain has grown since the page with sequence `seen` was made (None: not asked)."""
    head = head_of(kind, pk)
    if seen is None or head is None or head.sequence <= seen:
        return
    labels = verb_labels()
    news = "；".join(
        f"{event.actor}：{labels.get(event.verb, event.verb)}"
        for event in timeline(kind, pk, limit=5)
        if event.sequence > seen
    )
    raise refuse(
        _("你打开页面以后，别人已经改动了这条记录（{news}）。请刷新页面看过最新情况后再办。").format(
            news=news
        )
    )


def decide(
    workflow: str,
    state: str | None,
    verb: str,
    *,
    roles: Collection[str],
    at: datetime,
    facts: Mapping[str, object],
) -> Transition:
    """Return the step, decided by the lawbook's workflow on the day. Raises RefusedError with every reason."""
    return decide_transition(
        book().workflow(workflow), state, verb, roles, facts, on=civil_date(at)
    ).require()
