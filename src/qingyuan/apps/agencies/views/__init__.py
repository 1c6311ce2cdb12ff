"""Pages of the agencies department."""

from qingyuan.apps.agencies.views.absence import (
    delegation_grant,
    delegation_revoke,
    delegations,
    hand_over,
    hand_over_propose,
    hand_over_sign,
    hand_overs,
)
from qingyuan.apps.agencies.views.account import (
    filter_delete,
    filter_save,
    profile,
    token_issue,
    token_revoke,
    tokens,
)
from qingyuan.apps.agencies.views.people import (
    member,
    member_add,
    member_change,
    member_deactivate,
    members,
    unit,
    unit_add,
    unit_change,
    units,
)

__all__ = [
    "delegation_grant",
    "delegation_revoke",
    "delegations",
    "filter_delete",
    "filter_save",
    "hand_over",
    "hand_over_propose",
    "hand_over_sign",
    "hand_overs",
    "member",
    "member_add",
    "member_change",
    "member_deactivate",
    "members",
    "profile",
    "token_issue",
    "token_revoke",
    "tokens",
    "unit",
    "unit_add",
    "unit_change",
    "units",
]
