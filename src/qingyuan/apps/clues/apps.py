"""The plate of the clues department."""

from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger.apps import Department, MenuItem


class CluesConfig(Department):
    """线索. The verbs of the workflow itself come from lawbook/workflows/clue.yaml."""

    default = True
    name = "qingyuan.apps.clues"
    label = "clues"
    verbose_name = _("线索")
    menu = (
        MenuItem(_("线索"), "clues:list", "search"),
        MenuItem(_("疑似同一事项"), "clues:pairs", "git-merge"),
    )
    matter_links = (("report", _("转为线索"), "clues:new"),)
    """What a report's page offers, see intake's plate."""
    matter_bulk = ((_("作为线索"), "clues:of-reports", "search", ("coordinator", "officer", "leader")),)
    """What the register offers for the reports ticked."""
    verbs = {  # noqa: RUF012
        "clue.matter-linked": _("并入来件"),
        "clue.matter-unlinked": _("移出来件"),
        "clue.absorbed": _("并入了其他线索"),
        "clue.separated": _("拆出已并入的线索"),
        "clue.corrected": _("更正登记内容"),
        "clue.judged": _("判断是否同一事项"),
        "clue.document-made": _("制作文书"),
        "clue.document-approved": _("审批同意"),
        "clue.document-refused": _("审批不同意"),
        "clue.receipt-given": _("接收单位签收"),
        "unit.word-set": _("设定机关代字"),
    }
    facts = {  # noqa: RUF012
        "unit": _("单位"),
        "handler": _("承办人"),
        "source": _("来源"),
        "matters": _("来件"),
        "into": _("并入"),
        "clue": _("线索"),
        "case": _("案号"),
        "receipt": _("签收编号"),
        "word": _("机关代字"),
    }
    subjects = {  # noqa: RUF012
        "clue": (_("线索"), "clues:record"),
    }
    party_panels = ((_("线索"), "clues:party-panel"),)
