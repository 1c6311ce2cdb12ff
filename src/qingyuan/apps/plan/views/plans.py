"""Pages of a plan: list, upload, overview, differences, exports, and its steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from qingyuan.apps.agencies.access import reasons
from qingyuan.apps.files.queries import open_content
from qingyuan.apps.ledger.queries import head_of, shown_timeline
from qingyuan.apps.plan import access, actions
from qingyuan.apps.plan.forms import plans as forms
from qingyuan.apps.plan.queries import documents, pages, trees, work
from qingyuan.apps.plan.views.exports import DOCX, download, plan_rows
from qingyuan.ui.listing import Choice, Column, Empty, Listing, MultiChoice, respond
from qingyuan.ui.shapes import Fact, Ground
from qingyuan.ui.spreadsheet import xlsx_response

STATES = (
    ("draft", gettext_lazy("草稿")),
    ("reviewed", gettext_lazy("已校核")),
    ("adopted", gettext_lazy("已通过")),
    ("closed", gettext_lazy("已总结结转")),
    ("discarded", gettext_lazy("已作废")),
)

PLANS = Listing(
    key="plans",
    columns=(
        Column("title", gettext_lazy("工作要点"), priority=1),
        Column("year", gettext_lazy("年度"), show=lambda plan: str(plan.year), sort="year"),
        Column("number", gettext_lazy("文号"), priority=3),
        Column("state", gettext_lazy("状态"), show=lambda plan: plan.get_state_display()),
        Column("progress", gettext_lazy("办结/任务"), template="plan/_progress_cell.html", export=False),
        Column("drafted_at", gettext_lazy("上传"), sort="drafted_at", priority=3),
    ),
    default_sort="-year",
    filters=(
        MultiChoice("state", gettext_lazy("状态"), choices=STATES),
        Choice("year", gettext_lazy("年度"), choices=()),
    ),
    row_url=lambda plan: reverse("plan:plan", args=[plan.pk]),
    empty=Empty(
        gettext_lazy("还没有工作要点"),
        gettext_lazy("上传年度工作要点，系统识别出要点、责任单位和专项行动，校核后分解成任务。"),
        reverse_lazy("plan:plan-upload"),
        gettext_lazy("上传工作要点"),
    ),
)


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """The plans one may see, with their progress."""
    seen = access.visible_to(request.member)
    listing = PLANS.with_choices(year=[(str(year), str(year)) for year in trees.years(seen)])
    page = listing.page(seen, request.GET, request.path)
    rows = [row.record for row in page.rows]
    counts = work.by_plan(rows, at=request.at)
    for plan in rows:
        plan.counts = counts.get(plan.pk)
    return respond(request, page, "plan/plans.html")


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a plan; the same file again opens the one that is there."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        plan = actions.draft_plan(
            content=file.read(),
            name=file.name,
            year=form.cleaned_data["year"],
            number=form.cleaned_data["number"],
            by=request.member,
            at=request.at,
        )
        if plan.drafted_at != request.at:
            messages.info(request, _("这份文件以前上传过，已为你打开那一份，没有重复建立。"))
        return redirect("plan:plan", plan.pk)
    context = {"form": form, "multipart": True, "verb": _("上传并识别"), "cancel_url": reverse("plan:plans")}
    return render(request, "plan/upload.html", context)


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The overview: progress by part, section and point, the matrix unit × state, late units first."""
    found = get_object_or_404(access.visible_to(request.member), pk=pk)
    if found.state in ("draft", "reviewed") and request.member.has_role("coordinator"):
        return redirect("plan:plan-review", pk)
    context = _overview(request, found)
    context["events"] = shown_timeline("plan", pk, limit=50)
    context["grounds"] = [Ground(text) for text in reasons(found, request.member)]
    context["facts"] = _facts(found)
    return render(request, "plan/plan.html", context)


def _overview(request: HttpRequest, found: object) -> dict[str, object]:
    tasks = work.tasks_of(found)
    parts = trees.tree(found)
    return {
        "plan": found,
        "progress": pages.progress_of(parts, work.by_clause(tasks, at=request.at)),
        "matrix": work.by_unit(tasks, at=request.at),
        "totals": work.totals(tasks, at=request.at),
        "is_office": request.member.has_role("coordinator"),
        "at": request.at,
    }


def _facts(found: object) -> list[Fact]:
    facts = [
        Fact(_("年度"), str(found.year)),
        Fact(_("文号"), found.number),
        Fact(_("地区"), found.region),
        Fact(_("状态"), found.get_state_display()),
        Fact(_("原文件"), found.source_name, url=reverse("plan:plan-source", args=[found.pk])),
        Fact(_("通过时间"), found.adopted_at),
    ]
    if found.previous:
        facts.append(Fact(_("上一年"), found.previous, url=reverse("plan:plan", args=[found.previous_id])))
        facts.append(Fact(_("沿革"), _("与上一年对照"), url=reverse("plan:plan-diff", args=[found.pk])))
    return facts


@require_GET
def print_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The overview on paper."""
    found = get_object_or_404(access.visible_to(request.member), pk=pk)
    return render(request, "plan/plan_print.html", _overview(request, found))


@require_GET
def diff(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of last year's points."""
    found = get_object_or_404(access.visible_to(request.member), pk=pk)
    before = found.previous and access.visible_to(request.member).filter(pk=found.previous_id).first()
    rows = pages.differences(found) if before or not found.previous else []
    counts = {name: sum(row.change == name for row in rows) for name in ("new", "changed", "dropped", "kept")}
    return render(
        request, "plan/diff.html", {"plan": found, "before": before, "rows": rows, "counts": counts}
    )


@require_GET
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was uploaded."""
    found = get_object_or_404(access.visible_to(request.member), pk=pk)
    return FileResponse(open_content(found.source), as_attachment=True, filename=found.source_name)


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as a spreadsheet of clauses and units, or as an official document."""
    found = get_object_or_404(access.visible_to(request.member), pk=pk)
    parts = trees.tree(found)
    if request.GET.get("format") == "docx":
        return download(f"{found.title}.docx", documents.plan_document(found, parts), DOCX)
    heads, rows = plan_rows(parts)
    return xlsx_response(found.title, heads, rows)


@require_http_methods(["GET", "POST"])
def roll_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Make next year's draft from this plan."""
    found = get_object_or_404(access.visible_to(request.member), pk=pk)
    year = found.year + 1
    initial = {"year": year, "title": found.title.replace(str(found.year), str(year))}
    form = forms.RollOverForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        copy = actions.roll_over(plan=found, by=request.member, at=request.at, **form.cleaned_data)
        messages.success(request, _("已结转为{year}年草稿，请逐个要点核对。").format(year=copy.year))
        return redirect("plan:plan-review", copy.pk)
    return _asked(request, form, _("结转下一年度"), found.pk)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the plan's year with its summary."""
    found = get_object_or_404(access.visible_to(request.member), pk=pk)
    access.require_office(request.member)
    form = forms.CloseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["summary"]
        carried = form.cleaned_data["carried"]
        actions.close_plan(
            plan=found,
            summary=file.read(),
            summary_name=file.name,
            carried=carried,
            by=request.member,
            at=request.at,
        )
        messages.success(request, _("已总结，年度任务不再变动。"))
        return redirect("plan:plan", pk)
    return _asked(request, form, _("总结并结转"), pk, multipart=True)


@require_http_methods(["GET", "POST"])
def give_reason(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Reopen or discard a plan, for a reason."""
    found = get_object_or_404(access.visible_to(request.member), pk=pk)
    access.require_office(request.member)
    act, words = {
        "reopen": (actions.reopen_plan, _("退回更正")),
        "discard": (actions.discard_plan, _("作废")),
    }[verb]
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(plan=found, reason=form.cleaned_data["reason"], by=request.member, at=request.at)
        messages.success(request, _("已办：{words}。").format(words=words))
        return redirect("plan:plan", pk)
    return _asked(request, form, words, pk)


def _asked(request: HttpRequest, form: object, words: str, pk: int, multipart: bool = False) -> HttpResponse:
    context = {
        "form": form,
        "title": words,
        "verb": words,
        "multipart": multipart,
        "cancel_url": reverse("plan:plan", args=[pk]),
    }
    return render(request, "plan/step.html", context)


def sequence(kind: str, pk: int) -> int:
    """Return the number of the record's last event, for the page's `seen`."""
    head = head_of(kind, pk)
    return head.sequence if head else 0


def seen(request: HttpRequest) -> int | None:
    """Return the `seen` that the page sent."""
    word = request.POST.get("seen", "")
    return int(word) if word.isdigit() else None
