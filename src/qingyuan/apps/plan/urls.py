"""Addresses of the plan department."""

from django.urls import path

from qingyuan.apps.plan.views import bulletins, campaigns, meetings, plans, records, review, steps, work

app_name = "plan"

_SHARED = ("sign", "report", "urge", "reject", "complete", "extend", "cancel")
_STEPS = {"task": _SHARED, "supervision": (*_SHARED, "assign", "return", "archive")}

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("upload", plans.upload, name="plan-upload"),
    path("<int:pk>", plans.plan, name="plan"),
    path("<int:pk>/source", plans.source, name="plan-source"),
    path("<int:pk>/print", plans.print_view, name="plan-print"),
    path("<int:pk>/changes", plans.diff, name="plan-diff"),
    path("<int:pk>/export", plans.export, name="plan-export"),
    path("<int:pk>/roll-over", plans.roll_over, name="plan-roll-over"),
    path("<int:pk>/close", plans.close, name="plan-close"),
    path("<int:pk>/reopen", plans.give_reason, {"verb": "reopen"}, name="plan-reopen"),
    path("<int:pk>/discard", plans.give_reason, {"verb": "discard"}, name="plan-discard"),
    path("<int:pk>/review", review.review, name="plan-review"),
    path("<int:pk>/heading", review.heading, name="plan-heading"),
    path("<int:pk>/schedule", review.schedule, name="plan-schedule"),
    path("<int:pk>/finish-review", review.finish, name="plan-finish-review"),
    path("<int:pk>/adopt", review.adopt, name="plan-adopt"),
    path("<int:pk>/doubts/<int:doubt>", review.doubt_resolve, name="doubt-resolve"),
    path("<int:pk>/clauses/<int:clause>/correct", review.clause_correct, name="clause-correct"),
    path("<int:pk>/clauses/<int:clause>/split", review.clause_split, name="clause-split"),
    path("<int:pk>/clauses/<int:clause>/merge", review.clause_merge, name="clause-merge"),
    path("<int:pk>/clauses/<int:clause>/units", review.role_add, name="role-add"),
    path("<int:pk>/units/<int:role>", review.role_change, name="role-change"),
    path("<int:pk>/units/<int:role>/remove", review.role_remove, name="role-remove"),
    path("<int:pk>/points/<int:point>/mark", review.point_mark, name="point-mark"),
    path("<int:pk>/sections/<int:section>/points", review.point_add, name="point-add"),
    path("tasks/", work.tasks, name="tasks"),
    path("tasks/mine", work.tasks_mine, name="tasks-mine"),
    path("tasks/export", work.tasks_export, name="tasks-export"),
    path("tasks/urge", work.urge_many, {"kind": "tasks"}, name="tasks-urge"),
    path("tasks/<int:pk>", records.task, name="task"),
    path("tasks/<int:pk>/supervise", records.establish, name="task-supervise"),
    path("supervisions/", work.supervisions, name="supervisions"),
    path("supervisions/new", records.establish, name="supervision-establish"),
    path("supervisions/export", work.supervisions_export, name="supervisions-export"),
    path("supervisions/urge", work.urge_many, {"kind": "supervisions"}, name="supervisions-urge"),
    path("supervisions/announce", bulletins.announce, name="supervisions-announce"),
    path("supervisions/<int:pk>", records.supervision, name="supervision"),
    path("bulletins/<int:pk>", bulletins.bulletin, name="bulletin"),
    path(
        "bulletins/<int:pk>/print",
        bulletins.bulletin,
        {"template": "plan/bulletin_print.html"},
        name="bulletin-print",
    ),
    path("bulletins/<int:pk>/export", bulletins.bulletin_export, name="bulletin-export"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new", campaigns.start, name="campaign-start"),
    path("campaigns/<int:pk>", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/records", campaigns.attach, name="campaign-attach"),
    path("campaigns/<int:pk>/close", campaigns.close, name="campaign-close"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new", meetings.call, name="meeting-call"),
    path("meetings/<int:pk>", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/attendance", meetings.attendance, name="meeting-attendance"),
    path("meetings/<int:pk>/minutes", meetings.minutes, name="meeting-minutes"),
    *(
        path(f"{kind}s/<int:pk>/{verb}", steps.step, {"kind": kind, "verb": verb}, name=f"{kind}-{verb}")
        for kind, verbs in _STEPS.items()
        for verb in verbs
    ),
]
