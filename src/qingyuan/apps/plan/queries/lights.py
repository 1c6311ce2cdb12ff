"""红黄绿灯: how a piece of work stands, by time left and by evidence handed in. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from qingyuan.basics.clock import civil_date

Colour = Literal["green", "yellow", "red", "grey"]
_ORDER: tuple[Colour, ...] = ("grey", "green", "yellow", "red")

NEAR = timedelta(days=15)
"""When 临近 begins. The office's own habit, not a term of law."""
SIGN_WITHIN = timedelta(days=5)
"""How long a unit may leave work unsigned before the light says so. The office's own habit."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the light is read from. `closed_at` is None while the work is open."""

    assigned_at: datetime
    due_at: datetime
    signed: bool = False
    reports: int = 0
    evidence: int = 0
    percent: int = 0
    closed_at: datetime | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Light:
    """A light with both its causes: by time and by evidence. `colour` is the worse of the two."""

    by_time: Colour
    time_cause: str
    by_evidence: Colour
    evidence_cause: str

    @property
    def colour(self) -> Colour:
        """The worse of the two."""
        return max(self.by_time, self.by_evidence, key=_ORDER.index)

    @property
    def text(self) -> str:
        """Both causes in words."""
        return "，".join(cause for cause in (self.time_cause, self.evidence_cause) if cause)


def read_light(work: Standing, *, at: datetime) -> Light:
    """Tell how the work stands at `at`. More reports, evidence or progress never make the light worse."""
    if work.cancelled:
        return Light("grey", _("已撤销"), "grey", "")
    if work.closed_at is not None:
        late = work.closed_at > work.due_at
        return Light("green", _("逾期办结") if late else _("按期办结"), "green", "")
    colour, cause = _by_time(work, at)
    return Light(colour, cause, *_by_evidence(work, at))


def _by_time(work: Standing, at: datetime) -> tuple[Colour, str]:
    days = (civil_date(work.due_at) - civil_date(at)).days
    if at > work.due_at:
        return "red", _("逾期{days}天").format(days=max(1, -days))
    words = _("今天到期") if days == 0 else _("剩{days}天").format(days=days)
    return ("yellow" if work.due_at - at <= NEAR else "green"), words


def _by_evidence(work: Standing, at: datetime) -> tuple[Colour, str]:
    begun = bool(work.signed or work.reports or work.evidence or work.percent)
    if not begun and at - work.assigned_at > SIGN_WITHIN:
        return "yellow", _("未签收")
    if work.evidence:
        return "green", _("有材料{count}份").format(count=work.evidence)
    overdue, halfway = at > work.due_at, at - work.assigned_at >= (work.due_at - work.assigned_at) / 2
    if overdue:
        return "red", _("无材料")
    if halfway:
        return "yellow", _("过半无材料")
    return "green", _("未过半，尚不要求材料")


def worst(colours: Sequence[Colour]) -> Colour:
    """Return the worst of several lights; grey for none."""
    return max(colours, key=_ORDER.index, default="grey")
