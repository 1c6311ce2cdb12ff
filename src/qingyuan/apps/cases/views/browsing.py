"""The list of cases, one case by its tabs, its file index and printed documents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from qingyuan.apps.agencies.access import reasons
from qingyuan.apps.agencies.queries import active_units, offer_filters
from qingyuan.apps.cases import access, queries
from qingyuan.apps.clues.forms import UploadForm
from qingyuan.apps.clues.views import file_items
from qingyuan.apps.ledger.queries import duty_cards, shown_timeline
from qingyuan.ui.listing import (
    Boolean,
    BulkAction,
    Choice,
    Column,
    DateRange,
    Empty,
    Listing,
    MultiChoice,
    NumberRange,
    Preset,
    respond,
)
from qingyuan.ui.shapes import Fact, Ground
from qingyuan.ui.spreadsheet import xlsx_response

TONES = {
    "filed": "yellow",
    "transferred": "purple",
    "referred_out": "purple",
    "performed": "green",
    "closed": "green",
    "suspended": "grey",
    "dropped": "grey",
}

CASES = Listing(
    key="cases",
    columns=(
        Column("number", gettext_lazy("案号"), sort="number"),
        Column("cause", gettext_lazy("案由"), priority=1),
        Column(
            "state",
            gettext_lazy("状态"),
            value=lambda case: case.get_state_display(),
            template="clues/_state_cell.html",
        ),
        Column("party", gettext_lazy("当事人"), value="party_name"),
        Column("unit", gettext_lazy("承办单位"), value="unit.short_name"),
        Column("handler", gettext_lazy("主办人"), value="handler.name", priority=3),
        Column("amount", gettext_lazy("涉案金额(元)"), sort="amount", numeric=True),
        Column("filed_at", gettext_lazy("立案"), sort="filed_at"),
    ),
    default_sort="-filed_at",
    filters=(
        MultiChoice("state", gettext_lazy("状态"), choices=queries.state_choices()),
        Choice("unit", gettext_lazy("承办单位"), field="unit__code", choices=()),
        DateRange("filed_at", gettext_lazy("立案"), moment=True),
        NumberRange("amount", gettext_lazy("涉案金额"), unit="元"),
        Boolean("transfer_test_met", gettext_lazy("达到移送标准")),
        Boolean(
            "open",
            gettext_lazy("在办"),
            apply=lambda cases, yes: cases.filter(closed_at__isnull=yes),
        ),
    ),
    search=queries.search,
    search_hint=gettext_lazy("案号、案由、当事人"),
    presets=(
        Preset(gettext_lazy("全部")),
        Preset(gettext_lazy("在办"), (("open", "1"),)),
        Preset(gettext_lazy("达到移送标准"), (("transfer_test_met", "1"),)),
        Preset(gettext_lazy("已结案"), (("state", "closed"),)),
    ),
    row_url=lambda case: reverse("cases:record", args=[case.pk]),
    selectable=True,
    empty=Empty(gettext_lazy("还没有案件"), gettext_lazy("线索核查以后,在线索页面立案。")),
)
TABS = (
    ("overview", gettext_lazy("概况")),
    ("evidence", gettext_lazy("证据")),
    ("money", gettext_lazy("金额账")),
    ("documents", gettext_lazy("文书")),
    ("clocks", gettext_lazy("时限")),
    ("exchange", gettext_lazy("往来")),
)


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases I may see."""
    page = _listing().page(access.visible_to(request.member), request.GET, request.path)
    page.export_url = reverse("cases:export")
    if access.URLS["cases:bulk-assign"].admits(request.member):
        page.bulk = (BulkAction(_("指派"), reverse("cases:bulk-assign"), "user-check"),)
    return respond(request, offer_filters(page, request.member), "cases/list.html")


def _listing() -> Listing:
    return CASES.with_choices(unit=[(unit.code, unit.short_name) for unit in active_units()])


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """What the filter selects, as a spreadsheet."""
    cases = access.visible_to(request.member)
    table = _listing().export(cases, request.GET, request.GET.getlist("column"))
    return xlsx_response(_("案件"), table.heads, table.rows)


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One case, by tabs; every tab is an address."""
    case = get_object_or_404(
        access.visible_to(request.member).select_related("unit__region", "handler", "clue"), pk=pk
    )
    tab = request.GET.get("tab", "overview")
    if tab not in dict(TABS):
        tab = "overview"
    mine = access.steppable_by(case, request.member) and access.URLS["cases:step"].admits(request.member)
    context = {
        "case": case,
        "tone": TONES.get(case.state, "blue"),
        "tab": tab,
        "tabs": [
            {"label": label, "url": f"{request.path}?tab={name}", "current": name == tab}
            for name, label in TABS
        ],
        "mine": mine,
        "enters": mine and not case.closed_at and access.URLS["cases:add"].admits(request.member),
        "choices": _choices(request, case) if mine and not case.closed_at else (),
        "facts": _facts(case),
        "duties": duty_cards("case", pk, at=request.at),
        "events": shown_timeline("case", pk),
        "grounds": [Ground(text) for text in reasons(case, request.member)],
        **_TAB[tab](request, case),
    }
    return render(request, "cases/record.html", context)


ELSEWHERE = ("add_evidence", "transfer")
"""Steps that are not taken on the page of steps: evidence has its own form, the transfer its own department."""


def _choices(request: HttpRequest, case: Any) -> list[Any]:
    found = queries.choices(case, request.member, request.at)
    return [choice for choice in found if choice.verb not in ELSEWHERE]


def _overview(request: HttpRequest, case: Any) -> dict[str, Any]:
    return {
        "officers": queries.officers(case),
        "decision": queries.decision_of(case),
        "marks": case.marks.all(),
        "goods": case.goods.select_related("mark"),
        "punishments": case.earlier_punishments.order_by("-decided_on"),
        "others": queries.earlier_cases(access.visible_to(request.member), case)[:10],
        "panel_url": panel_url(case.pk),
    }


def panel_url(pk: int) -> str:
    """Return the address of the transfer panel, empty where the department above is not installed."""
    try:
        return reverse("transfers:panel", args=[pk])
    except NoReverseMatch:
        return ""


def _evidence(request: HttpRequest, case: Any) -> dict[str, Any]:
    cards = [
        card
        for item in queries.evidence(case)
        if item.preserved_at
        for card in duty_cards("evidence", item.pk, at=request.at)
    ]
    return {
        "items": queries.evidence(case),
        "preserved": cards,
        "files": file_items("case", case.pk),
        "upload": UploadForm(),
    }


def _money(request: HttpRequest, case: Any) -> dict[str, Any]:
    rows = list(queries.entries(case))
    return {"lines": queries.lines(rows), "sums": queries.sums(rows)}


def _documents(request: HttpRequest, case: Any) -> dict[str, Any]:
    approves = access.URLS["cases:document-approve"].admits(request.member)
    return {
        "documents": queries.documents(case),
        "may_approve": approves and access.handled_by(case, request.member),
    }


def _clocks(request: HttpRequest, case: Any) -> dict[str, Any]:
    return {}


def _exchange(request: HttpRequest, case: Any) -> dict[str, Any]:
    return {"panel_url": panel_url(case.pk)}


_TAB = {
    "overview": _overview,
    "evidence": _evidence,
    "money": _money,
    "documents": _documents,
    "clocks": _clocks,
    "exchange": _exchange,
}


def _facts(case: Any) -> list[Fact]:
    clue = case.clue
    facts = [
        Fact(_("案号"), case.number),
        Fact(_("立案"), case.filed_at),
        Fact(_("承办单位"), case.unit.short_name),
        Fact(_("主办人"), case.handler.name if case.handler else ""),
        Fact(
            _("当事人"),
            case.party_name,
            url=reverse("registry:party", args=[case.party_id]) if case.party_id else "",
        ),
        Fact(_("类别"), case.get_party_kind_display()),
        Fact(_("统一社会信用代码"), case.party_code),
        Fact(_("地址"), case.party_address),
        Fact(_("负责人"), case.party_head),
        Fact(_("涉案金额(元)"), case.amount),
        Fact(_("移送"), case.get_transfer_answer_display()),
        Fact(
            _("线索"),
            clue.number if clue else "",
            url=reverse("clues:record", args=[clue.pk]) if clue else "",
        ),
        Fact(_("结案"), case.closed_at),
    ]
    return [fact for fact in facts if fact.value not in ("", None)]


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """An item of evidence is shown on its case."""
    item = get_object_or_404(access.evidence_visible_to(request.member), pk=pk)
    return redirect(f"{reverse('cases:record', args=[item.case_id])}?tab=evidence")


@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """卷内目录: the file index of a case, for paper."""
    case = get_object_or_404(access.visible_to(request.member), pk=pk)
    context = {"case": case, "documents": queries.documents(case), "items": queries.evidence(case)}
    return render(request, "cases/index.html", context)
