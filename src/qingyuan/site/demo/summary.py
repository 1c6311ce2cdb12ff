"""What the demonstration holds: rows and states of every kind, duties, and whether the ledger verifies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.apps import apps
from django.db.models import Count, Model
from django.utils.translation import gettext as _

from qingyuan.apps.ledger import queries as ledger

STATEFUL: tuple[tuple[str, str, str], ...] = (
    ("任务", "plan", "Task"),
    ("督办件", "plan", "Supervision"),
    ("投诉", "intake", "Complaint"),
    ("举报", "intake", "Report"),
    ("咨询", "intake", "Enquiry"),
    ("线索", "clues", "Clue"),
    ("案件", "cases", "Case"),
    ("移送", "transfers", "Transfer"),
)
COUNTED: tuple[tuple[str, str, str], ...] = (
    ("单位", "agencies", "Unit"),
    ("人员", "agencies", "Member"),
    ("主体", "registry", "Party"),
    ("来件", "intake", "Letter"),
    ("事件", "ledger", "Event"),
    ("封印", "ledger", "Seal"),
    ("附件", "files", "Attachment"),
    ("会议", "plan", "Meeting"),
    ("专项行动", "plan", "Campaign"),
)


def _model(department: str, name: str) -> type[Model]:
    return apps.get_model(department, name)


def states() -> dict[str, dict[str, int]]:
    """Return, for every kind of record with a workflow, how many records are in each state."""
    found = {}
    for label, department, name in STATEFUL:
        rows = _model(department, name)._default_manager.order_by().values_list("state").annotate(Count("pk"))
        found[label] = dict(sorted(rows))
    return found


def counts() -> dict[str, int]:
    """Return how many records of every other kind there are."""
    return {label: _model(*place)._default_manager.count() for label, *place in COUNTED}


def duties(*, at: datetime) -> dict[str, int]:
    """Return how many duties are open, open and overdue, met, and void."""
    duty = _model("ledger", "Duty")._default_manager
    return {
        _("办理中"): duty.filter(state="open").count(),
        _("其中逾期"): duty.filter(state="open", due_at__lt=at, paused_since=None).count(),
        _("已履行"): duty.filter(state="met").count(),
        _("已取消"): duty.filter(state="void").count(),
    }


def lines(*, at: datetime, stages: Mapping[str, float]) -> list[str]:
    """Return the summary as lines of text."""
    shown = [_("— 示范数据 —")]
    shown += [f"  {label}  {number:,}" for label, number in counts().items()]
    for label, held in states().items():
        each = "、".join(f"{state} {number}" for state, number in held.items())
        shown.append(f"  {label}  {sum(held.values()):,}（{each}）")
    shown.append("  " + _("期限") + "  " + "、".join(f"{k} {v:,}" for k, v in duties(at=at).items()))
    shown += [f"  {name}  {seconds:.1f} s" for name, seconds in stages.items()]
    return shown


def first_fault() -> str:
    """Verify the whole ledger; return the first fault in words, empty when there is none."""
    return next((str(fault) for fault in ledger.faults()), "")
