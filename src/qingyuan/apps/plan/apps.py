from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger.apps import Department, MenuItem

_STEPS = {
    "assign": _("交办"),
    "sign": _("签收"),
    "report": _("反馈进展"),
    "urge": _("催办"),
    "reject": _("不予认定，退回续办"),
    "complete": _("认定办结"),
    "extend": _("调整办结时限"),
    "cancel": _("撤销"),
}
"""The steps of the workflow `supervised-task` that a plan's task and a 督办件 share."""


class PlanConfig(Department):
    default = True
    name = "qingyuan.apps.plan"
    label = "plan"
    verbose_name = _("工作要点与督办")
    menu = (
        MenuItem(_("工作要点"), "plan:plans", "list-check"),
        MenuItem(_("任务"), "plan:tasks", "checklist"),
        MenuItem(_("督办"), "plan:supervisions", "bell"),
        MenuItem(_("专项行动"), "plan:campaigns", "flag"),
        MenuItem(_("会议"), "plan:meetings", "users-group"),
    )
    verbs = {  # noqa: RUF012
        **{f"task.{step}": words for step, words in _STEPS.items()},
        **{f"supervision.{step}": words for step, words in _STEPS.items()},
        "supervision.establish": _("督办立项"),
        "supervision.return": _("退回重新交办"),
        "supervision.announce": _("通报"),
        "supervision.archive": _("归档"),
        "bulletin.issued": _("印发通报"),
        "campaign.started": _("部署专项行动"),
        "campaign.changed": _("调整专项行动"),
        "campaign.joined": _("纳入专项行动"),
        "campaign.closed": _("结束专项行动"),
        "meeting.called": _("召集会议"),
        "meeting.attended": _("登记到会"),
        "meeting.minuted": _("形成会议纪要"),
    }
    facts = {  # noqa: RUF012
        "what": _("更正内容"),
        "doubt": _("疑点"),
        "before": _("原为"),
        "reason": _("理由"),
        "percent": _("进度（%）"),
        "tasks": _("任务数"),
        "times": _("第几次催办"),
        "due_on": _("办结日期"),
        "handler": _("承办人"),
        "raw": _("原文名称"),
        "after": _("改为"),
        "resolutions": _("议定事项"),
        "summary": _("总结"),
    }
    subjects = {  # noqa: RUF012
        "plan": (_("工作要点"), "plan:plan"),
        "task": (_("任务"), "plan:task"),
        "supervision": (_("督办件"), "plan:supervision"),
        "bulletin": (_("督办通报"), "plan:bulletin"),
        "campaign": (_("专项行动"), "plan:campaign"),
        "meeting": (_("会议"), "plan:meeting"),
    }
