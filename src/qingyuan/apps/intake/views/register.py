"""The register: list, export, actions on many, what is known of a party."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from qingyuan.apps.agencies.access import door
from qingyuan.apps.agencies.queries import active_units, offer_filters
from qingyuan.apps.intake import access, actions
from qingyuan.apps.intake.forms import AssignForm
from qingyuan.apps.intake.queries import labels, registers
from qingyuan.apps.ledger.apps import departments
from qingyuan.ui.listing import (
    Boolean,
    BulkAction,
    Choice,
    Column,
    DateRange,
    Empty,
    Filter,
    Listing,
    MultiChoice,
    Preset,
    Selection,
    respond,
)
from qingyuan.ui.spreadsheet import csv_response, xlsx_response

LARGEST_BULK = 5000

MATTERS = Listing(
    key="matters",
    columns=(
        Column("number", gettext_lazy("编号"), priority=3),
        Column(
            "title",
            gettext_lazy("标题"),
            value="letter.title",
            show=lambda matter: Truncator(matter.letter.title).chars(28),
            priority=1,
        ),
        Column("kind", gettext_lazy("类别"), value=lambda matter: matter.get_kind_display()),
        Column("state", gettext_lazy("状态"), value=labels.state_label, template="intake/_state_cell.html"),
        Column("unit", gettext_lazy("承办单位"), value=labels.unit_label),
        Column("handler", gettext_lazy("承办人"), value="handler.name", priority=3),
        Column("party", gettext_lazy("主体"), value="party.name"),
        Column("goods", gettext_lazy("商品"), priority=3),
        Column("port", gettext_lazy("来源"), value=lambda matter: matter.get_port_display(), priority=3),
        Column("due_at", gettext_lazy("最近到期"), template="intake/_due_cell.html"),
        Column("received_at", gettext_lazy("收到"), sort="received_at"),
    ),
    default_sort="-received_at",
    filters=(
        MultiChoice("kind", gettext_lazy("类别"), choices=labels.KINDS),
        MultiChoice("state", gettext_lazy("状态"), choices=labels.states()),
        Choice("unit", gettext_lazy("承办单位"), field="unit__code", choices=()),
        MultiChoice("port", gettext_lazy("来源"), choices=labels.PORTS),
        Filter("goods", gettext_lazy("商品"), field="goods__startswith"),
        DateRange("received_at", gettext_lazy("收到"), moment=True),
        Choice(
            "waiting",
            gettext_lazy("待办"),
            choices=(
                ("unrouted", gettext_lazy("待分派")),
                ("reopen", gettext_lazy("反映未解决")),
                ("open", gettext_lazy("未办结")),
            ),
            apply=registers.waiting,
        ),
        Boolean("overdue", gettext_lazy("逾期")),
    ),
    search=registers.search,
    search_hint=gettext_lazy("编号、标题、内容、主体、商品(两个字起)"),
    presets=(
        Preset(gettext_lazy("全部")),
        Preset(gettext_lazy("待分派"), (("waiting", "unrouted"),)),
        Preset(gettext_lazy("未办结"), (("waiting", "open"),)),
        Preset(gettext_lazy("逾期"), (("overdue", "1"),)),
        Preset(gettext_lazy("投诉"), (("kind", "complaint"),)),
        Preset(gettext_lazy("举报"), (("kind", "report"),)),
        Preset(gettext_lazy("反映未解决"), (("waiting", "reopen"),)),
    ),
    row_url=lambda matter: reverse("intake:matter", args=[matter.pk]),
    selectable=True,
    empty=Empty(
        gettext_lazy("登记簿里还没有来件"),
        gettext_lazy("登记一件,或者从 12315、12345 的表格导入。"),
        reverse_lazy("intake:receive"),
        gettext_lazy("登记来件"),
    ),
)


def _listing(request: HttpRequest) -> Listing:
    """The list with this moment and these units: overdue is a matter of now."""
    units = [(unit.code, unit.short_name) for unit in active_units()]
    listing = MATTERS.with_choices(unit=units)
    filters = tuple(
        Boolean(
            "overdue",
            gettext_lazy("逾期"),
            apply=lambda matters, yes: (
                registers.overdue(matters, request.at) if yes else registers.on_time(matters, request.at)
            ),
        )
        if item.name == "overdue"
        else item
        for item in listing.filters
    )
    return labels.replaced(listing, filters=filters)


@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """投诉举报登记簿."""
    rows = registers.with_due(access.visible_to(request.member))
    page = _listing(request).page(rows, request.GET, request.path)
    page.export_url = reverse("intake:export")
    if access.URLS["intake:receive"].admits(request.member):
        page.import_url = reverse("intake:imports")
    page.bulk = tuple(_bulk_actions(request))
    return respond(request, offer_filters(page, request.member), "intake/matters.html", {"now": request.at})


def _bulk_actions(request: HttpRequest) -> Iterable[BulkAction]:
    """分派, and what the plates of higher departments offer to do with many matters."""
    if access.URLS["intake:bulk"].admits(request.member):
        yield BulkAction(_("分派"), reverse("intake:bulk"), "send")
    for department in departments():
        for label, url_name, icon, roles in getattr(department, "matter_bulk", ()):
            if request.member.has_role(*roles):
                yield BulkAction(label, reverse(url_name), icon)


def chosen(request: HttpRequest) -> Selection:
    """Return what was ticked in the register, among what the member may see."""
    return _listing(request).selection(access.visible_to(request.member), request.POST)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """What the filter selects, as a spreadsheet. No identity is in it: none is in the register."""
    rows = registers.with_due(access.visible_to(request.member))
    table = _listing(request).export(rows, request.GET, request.GET.getlist("column"))
    answer = csv_response if request.GET.get("format") == "csv" else xlsx_response
    return answer(_("投诉举报登记簿"), table.heads, table.rows)


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """分派 many: show how many first, act when confirmed."""
    picked = chosen(request)
    confirmed = "confirmed" in request.POST
    form = AssignForm(request.POST if confirmed else None, member=request.member)
    if picked.total > LARGEST_BULK:
        form.fields.clear()
        messages.error(request, _("一次最多分派 {n} 件,请再筛选小一些。").format(n=LARGEST_BULK))
        return redirect("intake:matters")
    if confirmed and form.is_valid():
        given = form.cleaned_data
        done = actions.assign_many(
            pks=list(picked.queryset.values_list("pk", flat=True)),
            unit=given["unit"],
            handler=given["handler"],
            reason=given["reason"],
            by=request.member,
            at=request.at,
        )
        messages.success(
            request, _("已分派 {n} 件给{unit}。").format(n=len(done), unit=given["unit"].short_name)
        )
        return redirect("intake:matters")
    context = {
        "chosen": picked,
        "form": form,
        "text": _("将对 {n} 件分派;期限不变。").format(n=picked.count),
        "cancel_url": reverse("intake:matters"),
    }
    return render(request, "intake/bulk.html", context)


@require_GET
def party_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What the register has of a party, for the party's page."""
    party = get_object_or_404(door("party", request.member), pk=pk)
    found: list[Any] = list(registers.of_party(access.visible_to(request.member), party.pk))
    rows = [(matter, labels.state_label(matter)) for matter in found]
    name = "intake/_party_panel.htmx.html" if request.htmx else "intake/party_panel.html"
    return render(request, name, {"rows": rows, "party": party})
