from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger.apps import Department, MenuItem


class AgenciesConfig(Department):
    default = True
    name = "qingyuan.apps.agencies"
    label = "agencies"
    verbose_name = _("机构与人员")
    menu = (
        MenuItem(_("成员单位"), "agencies:units", "building-bank"),
        MenuItem(_("人员与账号"), "agencies:members", "users"),
        MenuItem(_("委托代办"), "agencies:delegations", "user-share"),
        MenuItem(_("工作移交"), "agencies:hand-overs", "transfer"),
    )
    verbs = {  # noqa: RUF012
        "unit.created": _("设立单位"),
        "unit.changed": _("变更单位"),
        "member.created": _("增加人员"),
        "member.changed": _("变更人员"),
        "member.deactivated": _("停用账号"),
        "member.signed-in": _("登录"),
        "delegation.granted": _("委托代办"),
        "delegation.revoked": _("撤回委托"),
        "hand-over.proposed": _("提出移交"),
        "hand-over.signed": _("签字确认移交"),
        "hand-over.completed": _("完成移交"),
        "work.handed-over": _("经办人变更"),
        "token.issued": _("签发接口令牌"),
        "token.revoked": _("吊销接口令牌"),
        "team.created": _("组成联合专班"),
        "team.changed": _("调整联合专班"),
    }
    subjects = {  # noqa: RUF012
        "unit": (_("单位"), "agencies:unit"),
        "member": (_("人员"), "agencies:member"),
        "hand-over": (_("工作移交"), "agencies:hand-over"),
        "team": (_("联合专班"), ""),
    }

    def unit_names(self) -> dict[str, str]:
        """Return every unit's short name by code, ended units included: history names them too."""
        return dict(self.get_model("Unit").objects.values_list("code", "short_name"))
