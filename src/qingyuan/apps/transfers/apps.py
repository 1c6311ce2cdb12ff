"""The plate of the transfers department."""

from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger.apps import Department, MenuItem


class TransfersConfig(Department):
    """移送. The verbs of the workflow itself come from lawbook/workflows/transfer.yaml."""

    default = True
    name = "qingyuan.apps.transfers"
    label = "transfers"
    verbose_name = _("行刑衔接")
    menu = (
        MenuItem(_("移送"), "transfers:list", "transfer"),
        MenuItem(_("应移未移"), "transfers:untransferred", "alert-triangle"),
    )
    verbs = {  # noqa: RUF012
        "transfer.document-made": _("制作文书"),
        "transfer.document-approved": _("审批同意"),
        "transfer.document-refused": _("审批不同意"),
        "transfer.outcome-recorded": _("结果回写案件"),
    }
    subjects = {"transfer": (_("移送"), "transfers:record")}  # noqa: RUF012
    facts = {  # noqa: RUF012
        "case": _("案件"),
        "route": _("审查结论"),
        "documents": _("文书"),
        "outcome": _("结果"),
        "police": _("公安机关"),
    }
    party_panels = ((_("移送"), "transfers:party-panel"),)
