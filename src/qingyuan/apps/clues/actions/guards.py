"""What stands before every change: whose record it is, and whether it moved on since the page was read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.clues import access
from qingyuan.apps.clues.models import Clue
from qingyuan.apps.ledger import queries as ledger
from qingyuan.domain.decision import Reason, RefusedError


def require_handler(clue: Clue, by: Member) -> None:
    """Raise PermissionDenied unless the member's unit holds the clue or the member coordinates."""
    if not access.handled_by(clue, by):
        text = _("本线索由{unit}承办,你可以查看,不能办理。需要补充情况请联系承办单位。")
        raise PermissionDenied(text.format(unit=clue.unit.short_name))


def require_unmoved(kind: str, pk: object, seen: int | None) -> None:
    """Raise RefusedError, saying what happened, when the record has events after the one the page was read at.

    `seen` is the sequence of that event (`ledger.queries.head_of`); None skips the check, for callers that read and
    write in one go.
    """
    if seen is None:
        return
    newer = [event for event in ledger.timeline(kind, pk, limit=10) if event.sequence > seen]
    if newer:
        shown = ledger.shown_events(newer)
        happened = "、".join(f"{event.actor}“{event.text}”" for event in reversed(shown))
        text = _("你打开页面以后,{happened}。请刷新页面,看过以后再办;刚才填写的内容没有保存。")
        raise RefusedError([Reason(text.format(happened=happened))])
