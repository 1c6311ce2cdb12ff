"""What can be done with plans and the work that follows from them: one verb, one function."""

from qingyuan.apps.plan.actions.campaigns import attach_record, close_campaign, start_campaign
from qingyuan.apps.plan.actions.corrections import (
    add_point,
    add_unit_role,
    change_plan_heading,
    change_unit_role,
    correct_clause,
    mark_point,
    merge_clauses,
    remove_unit_role,
    split_clause,
)
from qingyuan.apps.plan.actions.doubts import resolve_doubt
from qingyuan.apps.plan.actions.meetings import Decided, call_meeting, record_attendance, write_minutes
from qingyuan.apps.plan.actions.plans import (
    adopt_plan,
    close_plan,
    discard_plan,
    draft_plan,
    finish_review,
    reopen_plan,
    set_schedule,
)
from qingyuan.apps.plan.actions.rollover import roll_over
from qingyuan.apps.plan.actions.supervision import announce, archive, assign, establish, return_to_office
from qingyuan.apps.plan.actions.work import (
    URGE_AGAIN_AFTER,
    cancel,
    complete,
    extend,
    reject,
    report,
    sign,
    urge,
    urge_many,
)

__all__ = [
    "URGE_AGAIN_AFTER",
    "Decided",
    "add_point",
    "add_unit_role",
    "adopt_plan",
    "announce",
    "archive",
    "assign",
    "attach_record",
    "call_meeting",
    "cancel",
    "change_plan_heading",
    "change_unit_role",
    "close_campaign",
    "close_plan",
    "complete",
    "correct_clause",
    "discard_plan",
    "draft_plan",
    "establish",
    "extend",
    "finish_review",
    "mark_point",
    "merge_clauses",
    "record_attendance",
    "reject",
    "remove_unit_role",
    "reopen_plan",
    "report",
    "resolve_doubt",
    "return_to_office",
    "roll_over",
    "set_schedule",
    "sign",
    "split_clause",
    "start_campaign",
    "urge",
    "urge_many",
    "write_minutes",
]
