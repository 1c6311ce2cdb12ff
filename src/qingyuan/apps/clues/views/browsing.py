"""The list of clues, one clue, registering and correcting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from qingyuan.apps.agencies.access import door, reasons
from qingyuan.apps.agencies.queries import active_units, offer_filters
from qingyuan.apps.clues import access, actions, queries
from qingyuan.apps.clues.forms import ClueForm, NewClueForm, UploadForm
from qingyuan.apps.clues.views.steps import posted, refused_in, require_handled
from qingyuan.apps.files.access import attachments
from qingyuan.apps.ledger.queries import duty_cards, head_of, shown_timeline
from qingyuan.basics.clock import in_china
from qingyuan.domain.decision import RefusedError
from qingyuan.ui.listing import (
    BulkAction,
    Choice,
    Column,
    DateRange,
    Empty,
    Listing,
    MultiChoice,
    Preset,
    respond,
)
from qingyuan.ui.shapes import Fact, FileItem, Ground
from qingyuan.ui.spreadsheet import xlsx_response

TONES = {
    "received": "yellow",
    "verifying": "blue",
    "filed": "green",
    "refused": "grey",
    "merged": "purple",
    "transferred_out": "purple",
}

CLUES = Listing(
    key="clues",
    columns=(
        Column("number", gettext_lazy("编号"), sort="number"),
        Column("title", gettext_lazy("线索"), priority=1),
        Column(
            "state",
            gettext_lazy("状态"),
            value=lambda clue: clue.get_state_display(),
            template="clues/_state_cell.html",
        ),
        Column("party", gettext_lazy("当事人"), value="party_name"),
        Column("unit", gettext_lazy("承办单位"), value="unit.short_name"),
        Column("handler", gettext_lazy("承办人"), value="handler.name", priority=3),
        Column("source", gettext_lazy("来源"), value=lambda clue: clue.get_source_display(), priority=3),
        Column("received_at", gettext_lazy("收到"), sort="received_at"),
    ),
    default_sort="-received_at",
    filters=(
        MultiChoice("state", gettext_lazy("状态"), choices=queries.state_choices()),
        Choice("unit", gettext_lazy("承办单位"), field="unit__code", choices=()),
        MultiChoice("source", gettext_lazy("来源"), choices=queries.source_choices()),
        Choice(
            "hands",
            gettext_lazy("承办人"),
            choices=(("none", gettext_lazy("尚未指派")),),
            apply=lambda clues, _value: clues.filter(handler=None),
        ),
        DateRange("received_at", gettext_lazy("收到"), moment=True),
    ),
    search=queries.search,
    search_hint=gettext_lazy("编号、标题、当事人、地点"),
    presets=(
        Preset(gettext_lazy("全部")),
        Preset(gettext_lazy("待核查"), (("state", "received"),)),
        Preset(gettext_lazy("核查中"), (("state", "verifying"),)),
        Preset(gettext_lazy("尚未指派"), (("state", "received"), ("hands", "none"))),
    ),
    row_url=lambda clue: reverse("clues:record", args=[clue.pk]),
    selectable=True,
    empty=Empty(
        gettext_lazy("还没有线索"),
        gettext_lazy("从举报转入,或者登记检查、监测中发现的线索。"),
        reverse_lazy("clues:new"),
        gettext_lazy("登记线索"),
    ),
)


@require_GET
def clue_list(request: HttpRequest) -> HttpResponse:
    """The clues I may see."""
    units = [(unit.code, unit.short_name) for unit in active_units()]
    page = CLUES.with_choices(unit=units).page(access.visible_to(request.member), request.GET, request.path)
    page.export_url = reverse("clues:export")
    page.bulk = bulk_actions(request)
    return respond(request, offer_filters(page, request.member), "clues/list.html")


def bulk_actions(request: HttpRequest) -> tuple[BulkAction, ...]:
    """What this member may do to many clues at once."""
    found = []
    if access.URLS["clues:bulk-merge"].admits(request.member):
        found.append(BulkAction(_("合并"), reverse("clues:bulk-merge"), "git-merge"))
    if access.URLS["clues:bulk-assign"].admits(request.member):
        found.append(BulkAction(_("指派"), reverse("clues:bulk-assign"), "user-check"))
    return tuple(found)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """What the filter selects, as a spreadsheet."""
    units = [(unit.code, unit.short_name) for unit in active_units()]
    listing = CLUES.with_choices(unit=units)
    table = listing.export(access.visible_to(request.member), request.GET, request.GET.getlist("column"))
    return xlsx_response(_("线索"), table.heads, table.rows)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a clue, or make one of the reports named by `?report=1&report=2`."""
    reports = _reports(request)
    form = NewClueForm(posted(request)[0], initial=_initial(request, reports))
    if reports:
        for name in ("source", "received_at"):
            del form.fields[name]
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            clue = _register(request, form, reports)
        except RefusedError as error:
            refused_in(form, error)
            status = 409
        else:
            messages.success(request, _("已登记线索{number},核查期限开始计算。").format(number=clue.number))
            return redirect("clues:record", pk=clue.pk)
    context = {
        "form": form,
        "title": _("举报转为线索") if reports else _("登记线索"),
        "verb": _("登记"),
        "hidden": [("report", report.pk) for report in reports],
        "cancel_url": reverse("clues:list"),
    }
    return render(request, "clues/form.html", context, status=status)


def _reports(request: HttpRequest) -> list[Any]:
    wanted = request.GET.getlist("report") + request.POST.getlist("report")
    if not all(pk.isdigit() for pk in wanted):
        raise BadRequest(_("举报的编号无效。请从举报列表重新勾选。"))
    return list(door("report", request.member).filter(pk__in=wanted)) if wanted else []


def _initial(request: HttpRequest, reports: list[Any]) -> dict[str, Any]:
    common = {"unit": request.member.unit_id}
    if reports:
        return {**common, **vars(actions.facts_of(reports))}
    return {**common, "received_at": in_china(request.at).replace(tzinfo=None)}


def _register(request: HttpRequest, form: NewClueForm, reports: list[Any]) -> Any:
    given, common = form.cleaned_data, {"by": request.member, "at": request.at}
    if reports:
        return actions.clue_of_reports(reports=reports, facts=form.facts(), unit=given["unit"], **common)
    return actions.receive_clue(
        facts=form.facts(),
        source=given["source"],
        unit=given["unit"],
        received_at=given["received_at"],
        **common,
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is registered."""
    clue = get_object_or_404(access.visible_to(request.member), pk=pk)
    require_handled(clue, request)
    initial = {**vars(actions.ClueFacts.of(clue)), "seen": head_of("clue", pk).sequence}
    form = ClueForm(posted(request)[0], initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.correct_clue(
                    clue=clue,
                    facts=form.facts(),
                    seen=form.cleaned_data["seen"],
                    by=request.member,
                    at=request.at,
                )
        except RefusedError as error:
            refused_in(form, error)
            status = 409
        else:
            messages.success(request, _("已更正。"))
            return redirect("clues:record", pk=pk)
    context = {
        "form": form,
        "title": _("更正 {number}").format(number=clue.number),
        "verb": _("保存更正"),
        "cancel_url": reverse("clues:record", args=[pk]),
    }
    return render(request, "clues/form.html", context, status=status)


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One clue: what it is made of, what it resembles, what can be done."""
    clue = get_object_or_404(
        access.visible_to(request.member).select_related(
            "unit__region", "handler", "merged_into", "origin", "transferred_to"
        ),
        pk=pk,
    )
    mine = access.handled_by(clue, request.member) and access.URLS["clues:step"].admits(request.member)
    context = {
        "clue": clue,
        "tone": TONES[clue.state],
        "mine": mine,
        "choices": _choices(request, clue) if mine else (),
        "awaits_receipt": clue.transferred_to_id
        and not clue.receipt_at
        and clue.transferred_to.scope_id in request.member.scopes,
        "matters": queries.matters(clue),
        "merged": queries.merged_clues(clue),
        "proposals": queries.proposals(access.likenesses_visible_to(request.member), clue),
        "documents": queries.documents(clue),
        "may_approve": mine and access.URLS["clues:document-approve"].admits(request.member),
        "files": file_items("clue", pk),
        "upload": UploadForm(),
        "facts": _facts(clue),
        "duties": duty_cards("clue", pk, at=request.at),
        "events": shown_timeline("clue", pk),
        "grounds": [Ground(text) for text in reasons(clue, request.member)],
    }
    return render(request, "clues/record.html", context)


def _choices(request: HttpRequest, clue: Any) -> list[Any]:
    """The steps taken here; filing has the department of cases' own form."""
    return [each for each in queries.choices(clue, request.member, request.at) if each.verb != "file"]


def file_items(kind: str, pk: object) -> list[FileItem]:
    """Return a record's attachments as the page lists them."""
    return [
        FileItem(
            name=each.name,
            url=reverse("files:download", args=[each.pk]),
            size=each.file.size,
            kind=each.label,
            at=each.attached_at,
            by=each.attached_by,
            digest=each.file.sha256,
        )
        for each in attachments(kind, pk)
    ]


def _facts(clue: Any) -> list[Fact]:
    facts = [
        Fact(_("编号"), clue.number),
        Fact(_("来源"), clue.get_source_display()),
        Fact(_("收到"), clue.received_at),
        Fact(_("登记"), clue.registered_at),
        Fact(_("承办单位"), clue.unit.short_name),
        Fact(_("承办人"), clue.handler.name if clue.handler else ""),
        Fact(
            _("当事人"),
            clue.party_name,
            url=reverse("registry:party", args=[clue.party_id]) if clue.party_id else "",
        ),
        Fact(_("统一社会信用代码"), clue.party_code),
        Fact(_("当事人地址"), clue.party_address),
        Fact(_("行为地点"), clue.place),
        Fact(_("商品"), clue.goods),
        Fact(_("标识"), clue.mark_name),
        Fact(_("平台"), clue.platform),
        Fact(_("结果"), clue.outcome),
    ]
    if clue.merged_into:
        facts.append(
            Fact(_("并入"), clue.merged_into.number, url=reverse("clues:record", args=[clue.merged_into_id]))
        )
    if clue.origin:
        facts.append(Fact(_("来自"), clue.origin.number, url=reverse("clues:record", args=[clue.origin_id])))
    if clue.transferred_to:
        facts.append(Fact(_("移送"), clue.transferred_to.short_name))
        facts.append(Fact(_("签收"), clue.receipt_at, note=clue.receipt_number))
    return [fact for fact in facts if fact.value]
