from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger.apps import Department, MenuItem


class IntakeConfig(Department):
    """The plate. The steps of complaints and reports are verbs of the lawbook's workflows and need no line here.

    A higher department offers something to do with a matter through `matter_links` on its own plate: ((kind,
    label, URL name that takes `?report=<matter's number>`), …), and to do with many ticked in the register through
    `matter_bulk`: ((label, URL name that takes the selection, icon, roles), …).
    """

    default = True
    name = "qingyuan.apps.intake"
    label = "intake"
    verbose_name = _("投诉举报")
    verbs = {  # noqa: RUF012
        "complaint.assign": _("分派"),
        "report.assign": _("分派"),
        "enquiry.assign": _("分派"),
        "complaint.return": _("退回统筹"),
        "report.return": _("退回统筹"),
        "enquiry.return": _("退回统筹"),
        "complaint.join": _("并案(各自答复)"),
        "complaint.separate": _("解除并案"),
        "report.separate": _("解除并案"),
        "complaint.reopen-request": _("投诉人表示未解决"),
        "report.reopen-request": _("举报人表示未解决"),
        "enquiry.reopen-request": _("来件人表示未解决"),
        "complaint.reopen": _("重新办理"),
        "report.reopen": _("重新办理"),
        "enquiry.reopen": _("重新办理"),
        "report.notify-joined": _("告知并入的实名举报人"),
        "report.outcome-shared": _("并入的举报已有结果"),
        "complaint.split": _("分出另一事项"),
        "report.split": _("分出另一事项"),
        "enquiry.split": _("分出另一事项"),
        "complaint.identity-opened": _("查看来件人身份"),
        "report.identity-opened": _("查看来件人身份"),
        "enquiry.identity-opened": _("查看来件人身份"),
        "import.uploaded": _("上传导入文件"),
        "import.mapped": _("确认列对应关系"),
        "import.checked": _("完成导入检查"),
        "import.confirmed": _("确认导入"),
        "import.completed": _("完成导入"),
        "import.stopped": _("停止导入"),
        "import.resumed": _("继续导入"),
        "import.original-opened": _("下载导入原件"),
        "routing-rule.changed": _("变更分流规则"),
    }
    subjects = {  # noqa: RUF012
        "complaint": (_("投诉"), "intake:matter"),
        "report": (_("举报"), "intake:matter"),
        "enquiry": (_("咨询"), "intake:matter"),
        "import": (_("导入"), "intake:import"),
        "routing-rule": (_("分流规则"), "intake:routing-rule"),
    }
    menu = (
        MenuItem(_("投诉举报登记簿"), "intake:matters", "inbox"),
        MenuItem(_("登记来件"), "intake:receive", "mail"),
        MenuItem(_("导入来件"), "intake:imports", "upload"),
        MenuItem(_("分流规则"), "intake:routing-rules", "route"),
    )
    facts = {  # noqa: RUF012
        "reason": _("理由"),
        "notice": _("告知内容"),
        "ground_text": _("法定情形"),
        "joined_number": _("并入"),
        "reference": _("关联编号"),
        "source_number": _("来源编号"),
        "handler": _("承办人"),
    }
    party_panels = ((_("投诉举报"), "intake:party-panel"),)
