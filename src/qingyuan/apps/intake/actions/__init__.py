"""The verbs of intake, one function each."""

from qingyuan.apps.intake.actions.identity import open_identity
from qingyuan.apps.intake.actions.importing import check as check_import
from qingyuan.apps.intake.actions.importing import confirm as confirm_import
from qingyuan.apps.intake.actions.importing import confirm_mapping, open_original, take_in
from qingyuan.apps.intake.actions.importing import fail as fail_import
from qingyuan.apps.intake.actions.importing import resume as resume_import
from qingyuan.apps.intake.actions.importing import stop as stop_import
from qingyuan.apps.intake.actions.importing import upload as upload_import
from qingyuan.apps.intake.actions.joining import join, notify_joined, separate
from qingyuan.apps.intake.actions.matters import (
    accept,
    answer,
    close,
    forward,
    mark_filed,
    mark_not_filed,
    mark_taken_up,
    notify_termination,
    refuse_complaint,
    reopen,
    request_reopening,
    settle,
    split,
    start_mediation,
    terminate,
    verify,
    withdraw,
)
from qingyuan.apps.intake.actions.receiving import Incoming, Received, receive, receive_many
from qingyuan.apps.intake.actions.routing import (
    Routed,
    assign,
    assign_many,
    return_to_office,
    route,
    set_routing_rule,
)
from qingyuan.apps.intake.actions.steps import Answers, Paper, facts_of, grounds_of, take

__all__ = [
    "Answers",
    "Incoming",
    "Paper",
    "Received",
    "Routed",
    "accept",
    "answer",
    "assign",
    "assign_many",
    "check_import",
    "close",
    "confirm_import",
    "confirm_mapping",
    "facts_of",
    "fail_import",
    "forward",
    "grounds_of",
    "join",
    "mark_filed",
    "mark_not_filed",
    "mark_taken_up",
    "notify_joined",
    "notify_termination",
    "open_identity",
    "open_original",
    "receive",
    "receive_many",
    "refuse_complaint",
    "reopen",
    "request_reopening",
    "resume_import",
    "return_to_office",
    "route",
    "separate",
    "set_routing_rule",
    "settle",
    "split",
    "start_mediation",
    "stop_import",
    "take",
    "take_in",
    "terminate",
    "upload_import",
    "verify",
    "withdraw",
]
