"""The permission table: every URL of the system and who may open it, gathered from the departments."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from qingyuan.apps.agencies.access import ADMINISTRATION, CASEWORK, EVERY_MEMBER, PUBLIC, Rule
from qingyuan.apps.ledger.apps import departments

SITE_URLS: dict[str, Rule] = {
    "workbench": EVERY_MEMBER,
    "duties": Rule(roles=CASEWORK),
    "health": PUBLIC,
    "ui:gallery": ADMINISTRATION,
    "ui:gallery_part": ADMINISTRATION,
    "api:api-root": EVERY_MEMBER,
    "api:openapi-json": EVERY_MEMBER,
    "set_language": PUBLIC,
    "account_login": PUBLIC,
    "account_logout": EVERY_MEMBER,
    "account_change_password": EVERY_MEMBER,
    "account_reauthenticate": EVERY_MEMBER,
    "mfa_index": EVERY_MEMBER,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": EVERY_MEMBER,
    "mfa_activate_totp": EVERY_MEMBER,
    "mfa_deactivate_totp": EVERY_MEMBER,
    "mfa_view_recovery_codes": EVERY_MEMBER,
    "mfa_generate_recovery_codes": EVERY_MEMBER,
    "mfa_download_recovery_codes": EVERY_MEMBER,
}
"""The site's own URLs. allauth's pages for signing up, mail addresses and password mail are not mounted."""


@cache
def permission_table() -> dict[str, Rule]:
    """Return URL name → rule for the whole system."""
    table = dict(SITE_URLS)
    for department in departments():
        try:
            access = import_module(f"{department.name}.access")
        except ModuleNotFoundError as missing:
            if missing.name != f"{department.name}.access":
                raise
            continue
        table.update(access.URLS)
    return table
