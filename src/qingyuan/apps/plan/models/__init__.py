"""Plans with their clauses, the tasks they make, supervision, campaigns and meetings."""

from qingyuan.apps.plan.models.campaigns import Campaign, CampaignRecord
from qingyuan.apps.plan.models.meetings import AgendaItem, Attendance, Meeting, Resolution
from qingyuan.apps.plan.models.plans import (
    Clause,
    ClauseCampaign,
    Doubt,
    Part,
    Plan,
    Point,
    Section,
    UnitRole,
)
from qingyuan.apps.plan.models.work import Bulletin, ProgressReport, Supervision, Task, WorkState

__all__ = [
    "AgendaItem",
    "Attendance",
    "Bulletin",
    "Campaign",
    "CampaignRecord",
    "Clause",
    "ClauseCampaign",
    "Doubt",
    "Meeting",
    "Part",
    "Plan",
    "Point",
    "ProgressReport",
    "Resolution",
    "Section",
    "Supervision",
    "Task",
    "UnitRole",
    "WorkState",
]
