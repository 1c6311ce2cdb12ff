"""Lists: transfers under way, and 应移未移."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from qingyuan.apps.agencies.queries import offer_filters
from qingyuan.apps.cases import access as cases
from qingyuan.apps.transfers import access, queries
from qingyuan.ui.formats import wan
from qingyuan.ui.listing import Choice, Column, DateRange, Empty, Listing, MultiChoice, Preset, respond
from qingyuan.ui.spreadsheet import xlsx_response

TRANSFERS = Listing(
    key="transfers",
    columns=(
        Column("number", _("编号"), sort="number", priority=1),
        Column("title", _("当事人与案由")),
        Column("sender", _("移送机关"), value="sender.short_name"),
        Column("police", _("公安机关"), value="police.short_name"),
        Column("state", _("状态"), value=lambda transfer: transfer.get_state_display()),
        Column("proposed_at", _("提出时间"), sort="proposed_at"),
    ),
    default_sort="-proposed_at",
    filters=(
        MultiChoice("state", _("状态"), choices=queries.STATES),
        Choice("route", _("依据"), choices=queries.ROUTES),
        DateRange("proposed_at", _("提出时间"), moment=True),
    ),
    search=queries.search,
    search_hint=_("编号、当事人、案由"),
    presets=(
        Preset(_("全部")),
        Preset(_("待公安决定"), (("state", "received"),)),
        Preset(_("不予立案"), (("state", "police_not_filed"), ("state", "refusal_upheld"))),
    ),
    row_url=lambda transfer: reverse("transfers:record", args=[transfer.pk]),
    empty=Empty(
        _("没有移送"), _("案件达到追诉标准时,案件页面会出现红色提示,从那里提出移送;本表随后显示进展。")
    ),
)

UNTRANSFERRED = Listing(
    key="transfers.untransferred",
    columns=(
        Column("number", _("案号"), sort="number", priority=1),
        Column("party_name", _("当事人")),
        Column("cause", _("案由")),
        Column("unit", _("承办单位"), value="unit.short_name"),
        Column("amount", _("涉案金额"), sort="amount", numeric=True, show=lambda case: wan(case.amount)),
        Column("closed_at", _("结案时间")),
    ),
    default_sort="-amount",
    filters=(DateRange("closed_at", _("结案时间"), moment=True),),
    row_url=lambda case: reverse("cases:record", args=[case.pk]),
    empty=Empty(
        _("没有应移未移的案件"), _("已结案件按结案时的事实达到追诉标准、又没有作出移送决定的,会列在这里。")
    ),
)


@require_GET
def transfer_list(request: HttpRequest) -> HttpResponse:
    """Transfers the member sees: both sides, the procuratorate, the office."""
    page = TRANSFERS.page(queries.listed(access.visible_to(request.member)), request.GET, request.path)
    page.export_url = reverse("transfers:export")
    return respond(request, offer_filters(page, request.member), "transfers/list.html")


@require_GET
def transfer_export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a spreadsheet."""
    table = TRANSFERS.export(queries.listed(access.visible_to(request.member)), request.GET)
    return xlsx_response(str(_("移送")), table.heads, table.rows)


@require_GET
def untransferred(request: HttpRequest) -> HttpResponse:
    """应移未移: closed cases that reach a line and about whose transfer nothing was decided."""
    waiting = queries.untransferred(cases.visible_to(request.member))
    page = UNTRANSFERRED.page(waiting, request.GET, request.path)
    page.export_url = reverse("transfers:untransferred-export")
    return respond(request, offer_filters(page, request.member), "transfers/untransferred.html")


@require_GET
def untransferred_export(request: HttpRequest) -> HttpResponse:
    """应移未移 as a spreadsheet."""
    table = UNTRANSFERRED.export(queries.untransferred(cases.visible_to(request.member)), request.GET)
    return xlsx_response(str(_("应移未移")), table.heads, table.rows)
