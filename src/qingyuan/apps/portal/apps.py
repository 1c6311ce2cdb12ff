"""The plate of the portal."""

from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger.apps import Department


class PortalConfig(Department):
    """公众门户: what the public sends, and what comes back to whoever sent it."""

    default = True
    name = "qingyuan.apps.portal"
    label = "portal"
    verbose_name = _("公众门户")
