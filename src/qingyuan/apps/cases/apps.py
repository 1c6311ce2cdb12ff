"""The plate of the cases department."""

from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger.apps import Department, MenuItem


class CasesConfig(Department):
    """案件. The verbs of the workflow itself come from lawbook/workflows/case.yaml."""

    default = True
    name = "qingyuan.apps.cases"
    label = "cases"
    verbose_name = _("案件")
    menu = (MenuItem(_("案件"), "cases:list", "gavel"),)
    verbs = {  # noqa: RUF012
        "case.corrected": _("更正案件内容"),
        "case.assigned": _("调整承办人员"),
        "case.document-made": _("制作文书"),
        "case.document-approved": _("审批同意"),
        "case.document-refused": _("审批不同意"),
        "case.mark-entered": _("登记涉案标识"),
        "case.goods-entered": _("登记涉案物品"),
        "case.goods-disposed": _("登记物品去向"),
        "case.money-entered": _("登记金额"),
        "case.money-struck": _("更正金额"),
        "case.money-confirmed": _("核定金额台账"),
        "case.punishment-entered": _("登记以往处罚"),
        "case.transfer-tested": _("对照刑事追诉标准审查"),
        "case.transfer-answered": _("作出是否移送的决定"),
        "case.statement-waived": _("当事人放弃陈述、申辩和听证"),
        "evidence.preserved": _("先行登记保存"),
        "evidence.preservation-ended": _("先行登记保存处理"),
    }
    facts = {  # noqa: RUF012
        "amount": _("金额(元)"),
        "is": _("现为"),
        "officers": _("承办人员"),
        "documents": _("文书"),
        "document": _("文书"),
        "opinion": _("意见"),
        "ground": _("扣除事由"),
        "further": _("继续延期(日)"),
        "evidence": _("证据"),
        "outcome": _("处理结果"),
        "mark": _("标识"),
        "owner": _("权利人"),
        "goods": _("物品"),
        "quantity": _("数量"),
        "service": _("送达方式"),
        "paid": _("实缴(元)"),
        "answer": _("决定"),
        "cause": _("案由"),
    }
    subjects = {  # noqa: RUF012
        "case": (_("案件"), "cases:record"),
        "evidence": (_("证据"), "cases:evidence"),
    }
    party_panels = ((_("案件"), "cases:party-panel"),)
