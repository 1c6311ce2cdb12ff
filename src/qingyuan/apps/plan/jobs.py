"""What the plan does by itself: every morning, urge what is overdue and was not urged lately."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from qingyuan.apps.plan import actions, queries


def urge_overdue_at(at: datetime) -> int:
    """Urge every overdue task and 督办件 that was not urged within the last days; return how many. Idempotent."""
    reason = _("已超过办结时限，请尽快办理并反馈进展。")
    since = at - actions.URGE_AGAIN_AFTER
    waiting = queries.overdue_not_urged_since(at=at, since=since)
    return sum(actions.urge_many(works=works, reason=reason, at=at) for works in waiting if works.exists())


@app.periodic(cron="30 0 * * *")  # 08:30 in China; the queue's clock is UTC
@app.task(name="plan.urge_overdue")
def urge_overdue(timestamp: int) -> None:
    """Urge what is overdue."""
    urge_overdue_at(datetime.fromtimestamp(timestamp, UTC))
