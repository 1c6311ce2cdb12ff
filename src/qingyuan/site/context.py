"""What every page's frame shows: the menu this member may use, the unit, the person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qingyuan.apps.ledger.apps import MenuItem, departments
from qingyuan.site.permission_table import permission_table


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return `member`, `profile_url` and `menu`: groups of {label, items: [{label, url, icon, current}]}."""
    member = getattr(request, "member", None)
    return {
        "member": member,
        "menu": menu(request, member) if member else [],
        "profile_url": reverse("agencies:profile") if member else "",
    }


def menu(request: HttpRequest, member: Any) -> list[dict[str, Any]]:
    """Return the menu groups with at least one item the member may open."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    table = permission_table()

    def items(entries: tuple[MenuItem, ...]) -> list[dict[str, Any]]:
        return [
            {
                "label": entry.label,
                "url": reverse(entry.url_name),
                "icon": entry.icon,
                "current": here == entry.url_name,
            }
            for entry in entries
            if entry.url_name in table and table[entry.url_name].admits(member)
        ]

    own = (MenuItem(_("工作台"), "workbench", "layout-dashboard"), MenuItem(_("期限"), "duties", "hourglass"))
    groups = [{"label": "", "items": items(own)}]
    groups += [
        {"label": department.verbose_name, "items": items(department.menu)} for department in departments()
    ]
    return [group for group in groups if group["items"]]
