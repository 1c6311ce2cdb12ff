from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger.apps import Department, MenuItem


class RegistryConfig(Department):
    """The plate. Other departments add what they know of a party through `party_panels` on their own plates:
    ((label, URL name taking the party's number), …)."""

    default = True
    name = "qingyuan.apps.registry"
    label = "registry"
    verbose_name = _("主体")
    verbs = {  # noqa: RUF012
        "party.registered": _("登记主体"),
        "party.changed": _("变更主体信息"),
    }
    subjects = {"party": (_("主体"), "registry:party")}  # noqa: RUF012
    menu = (MenuItem(_("主体名录"), "registry:parties", "building-store"),)
