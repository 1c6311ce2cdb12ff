"""Pages of 专项行动."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from qingyuan.apps.agencies.access import doors
from qingyuan.apps.ledger.apps import subject_labels
from qingyuan.apps.ledger.queries import shown_timeline
from qingyuan.apps.plan import access, actions
from qingyuan.apps.plan.forms import work as forms
from qingyuan.apps.plan.queries import work as queries
from qingyuan.ui.listing import Column, Empty, Listing, respond
from qingyuan.ui.shapes import Fact

CAMPAIGNS = Listing(
    key="campaigns",
    columns=(
        Column("name", gettext_lazy("专项行动"), priority=1),
        Column("lead", gettext_lazy("牵头单位"), value="lead.short_name"),
        Column("since", gettext_lazy("开始"), sort="since"),
        Column("until", gettext_lazy("结束")),
        Column(
            "closed_at",
            gettext_lazy("结束情况"),
            show=lambda row: _("已结束") if row.closed_at else _("进行中"),
        ),
    ),
    default_sort="-since",
    row_url=lambda campaign: reverse("plan:campaign", args=[campaign.pk]),
    empty=Empty(
        gettext_lazy("还没有专项行动"),
        gettext_lazy("部署以后，点到它名字的分项任务自动归入。"),
        reverse_lazy("plan:campaign-start"),
        gettext_lazy("部署专项行动"),
    ),
)


@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns of the region, and names in the plan not yet started."""
    page = CAMPAIGNS.page(access.campaigns_visible_to(request.member), request.GET, request.path)
    office = request.member.has_role("coordinator")
    waiting = queries.unstarted_campaigns(access.visible_to(request.member)) if office else []
    return respond(request, page, "plan/campaigns.html", {"waiting": waiting, "is_office": office})


@require_GET
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """A campaign: its tasks as a matrix of units, and the records attached that this member may see."""
    found = get_object_or_404(access.campaigns_visible_to(request.member), pk=pk)
    context = {
        "campaign": found,
        "facts": [
            Fact(_("牵头单位"), found.lead),
            Fact(_("开始"), found.since),
            Fact(_("结束"), found.until),
            Fact(_("总结时间"), found.closed_at),
        ],
        "matrix": queries.by_unit(queries.tasks_in(found), at=request.at),
        "tasks": access.tasks_visible_to(request.member)
        .filter(campaigns=found)
        .order_by("due_at", "pk")[:100],
        "records": _records(request, found),
        "events": shown_timeline("campaign", pk, limit=50),
        "is_office": request.member.has_role("coordinator"),
        "attach_form": forms.AttachForm(),
    }
    return render(request, "plan/campaign.html", context)


def _records(request: HttpRequest, found: object) -> list[dict[str, object]]:
    """The attached records behind the doors that open for this member: one question per kind, not per record."""
    by_kind: dict[str, list[str]] = {}
    for kind, pk in queries.records_of(found):
        by_kind.setdefault(kind, []).append(pk)
    rows = []
    for kind, keys in by_kind.items():
        label, url_name = subject_labels().get(kind, (kind, ""))
        if kind in doors():
            found_records = doors()[kind](request.member).filter(pk__in=keys)
            rows += [
                {"label": label, "text": str(record), "url": _address(str(url_name), record.pk)}
                for record in found_records
            ]
    return rows


def _address(url_name: str, pk: int) -> str:
    try:
        return reverse(url_name, args=[pk]) if url_name else ""
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Start a campaign, by name from the plan or a new one."""
    initial = {"name": request.GET.get("name", "")}
    form = forms.CampaignForm(request.POST or None, region=request.member.unit.region, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = actions.start_campaign(by=request.member, at=request.at, **form.cleaned_data)
        messages.success(request, _("已部署专项行动。"))
        return redirect("plan:campaign", made.pk)
    context = {
        "form": form,
        "title": _("部署专项行动"),
        "verb": _("部署"),
        "cancel_url": reverse("plan:campaigns"),
    }
    return render(request, "plan/step.html", context)


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a record to the campaign."""
    found = get_object_or_404(access.campaigns_visible_to(request.member), pk=pk)
    form = forms.AttachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, record = form.cleaned_data["kind"], form.cleaned_data["record"]
        actions.attach_record(campaign=found, kind=kind, pk=record, by=request.member, at=request.at)
        return redirect("plan:campaign", pk)
    cancel = reverse("plan:campaign", args=[pk])
    context = {"form": form, "title": _("纳入专项行动"), "verb": _("纳入"), "cancel_url": cancel}
    return render(request, "plan/step.html", context)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the campaign with its summary."""
    found = get_object_or_404(access.campaigns_visible_to(request.member), pk=pk)
    form = forms.SummaryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close_campaign(campaign=found, by=request.member, at=request.at, **form.cleaned_data)
        return redirect("plan:campaign", pk)
    cancel = reverse("plan:campaign", args=[pk])
    context = {"form": form, "title": _("结束专项行动"), "verb": _("结束"), "cancel_url": cancel}
    return render(request, "plan/step.html", context)
