"""Parties: the list, and all that is known of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from qingyuan.apps.agencies.queries import offer_filters
from qingyuan.apps.ledger.queries import shown_timeline
from qingyuan.apps.registry import access, queries
from qingyuan.ui.listing import Column, Empty, Listing, MultiChoice, respond
from qingyuan.ui.shapes import Fact
from qingyuan.ui.spreadsheet import xlsx_response

PARTIES = Listing(
    key="parties",
    columns=(
        Column("name", gettext_lazy("名称"), sort="sort_key", priority=1),
        Column("kind", gettext_lazy("类别"), value=lambda party: party.get_kind_display()),
        Column("credit_code", gettext_lazy("统一社会信用代码")),
        Column("address", gettext_lazy("地址")),
        Column("registered_at", gettext_lazy("登记"), sort="registered_at", priority=3),
    ),
    default_sort="name",
    filters=(MultiChoice("kind", gettext_lazy("类别"), choices=queries.KINDS),),
    search=queries.search,
    search_hint=gettext_lazy("名称、信用代码、地址(两个字起)"),
    row_url=lambda party: reverse("registry:party", args=[party.pk]),
    empty=Empty(
        gettext_lazy("还没有主体"), gettext_lazy("登记或者导入投诉举报时,被投诉举报的主体会出现在这里。")
    ),
)


@require_GET
def parties(request: HttpRequest) -> HttpResponse:
    """主体名录."""
    page = PARTIES.page(access.visible_to(request.member), request.GET, request.path)
    page.export_url = reverse("registry:export")
    return respond(request, offer_filters(page, request.member), "registry/parties.html")


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """What the filter selects, as a spreadsheet."""
    table = PARTIES.export(access.visible_to(request.member), request.GET, request.GET.getlist("column"))
    return xlsx_response(_("主体名录"), table.heads, table.rows)


@require_GET
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """One party; each department shows what it knows through its own door."""
    party = get_object_or_404(access.visible_to(request.member), pk=pk)
    context = {
        "party": party,
        "facts": [
            Fact(_("类别"), party.get_kind_display()),
            Fact(_("统一社会信用代码"), party.credit_code or None),
            Fact(_("地址"), party.address or None),
            Fact(_("电话"), party.phone or None),
            Fact(_("行政区划"), party.region.name if party.region else None),
            Fact(_("登记"), party.registered_at),
        ],
        "panels": [(label, reverse(name, args=[pk])) for label, name in queries.panels()],
        "similar": queries.similar(party),
        "events": shown_timeline("party", pk),
    }
    return render(request, "registry/party.html", context)
