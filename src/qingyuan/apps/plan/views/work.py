"""Lists of tasks and 督办件, the unit's own list, urging many at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from qingyuan.apps.agencies.queries import active_units, offer_filters
from qingyuan.apps.plan import access, actions
from qingyuan.apps.plan.forms import work as forms
from qingyuan.apps.plan.queries import work as queries
from qingyuan.apps.plan.views import exports
from qingyuan.ui.formats import day
from qingyuan.ui.listing import (
    Boolean,
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

STATES = (
    ("established", gettext_lazy("已立项")),
    ("assigned", gettext_lazy("待签收")),
    ("signed", gettext_lazy("已签收")),
    ("reported", gettext_lazy("已反馈")),
    ("urged", gettext_lazy("已催办")),
    ("completed", gettext_lazy("已办结")),
    ("announced", gettext_lazy("已通报")),
    ("archived", gettext_lazy("已归档")),
    ("cancelled", gettext_lazy("已撤销")),
)
SHOWN = 46
"""Characters of a task's words that a list shows; the record has them all."""
_LIGHT = Column("light", gettext_lazy("灯"), template="plan/_light_cell.html", export=False)


def _overdue(works: Any, yes: bool) -> Any:
    late = queries.overdue(works, at=Now())
    return late if yes else works.exclude(pk__in=late.values("pk"))


def _bare(works: Any, yes: bool) -> Any:
    return works.filter(closed_at=None, evidence=0) if yes else works.filter(evidence__gt=0)


_FILTERS = (
    MultiChoice("state", gettext_lazy("状态"), choices=STATES),
    Choice("unit", gettext_lazy("承办单位"), field="unit__code", choices=()),
    DateRange("due", gettext_lazy("办结时限"), field="due_at", moment=True),
    Boolean("overdue", gettext_lazy("逾期未办结"), apply=_overdue),
    Boolean("bare", gettext_lazy("无佐证材料"), apply=_bare),
    Boolean("claimed", gettext_lazy("申请办结"), field="done_claimed"),
)
_PRESETS = (
    Preset(gettext_lazy("全部")),
    Preset(gettext_lazy("逾期"), (("overdue", "1"),)),
    Preset(gettext_lazy("待签收"), (("state", "assigned"),)),
    Preset(gettext_lazy("无材料"), (("bare", "1"),)),
    Preset(gettext_lazy("申请办结"), (("claimed", "1"), ("state", "reported"))),
)

TASKS = Listing(
    key="tasks",
    columns=(
        Column(
            "title", gettext_lazy("任务"), show=lambda task: Truncator(task.title).chars(SHOWN), priority=1
        ),
        Column("unit", gettext_lazy("承办单位"), value="unit.short_name"),
        Column("role", gettext_lazy("角色"), value="get_role_display"),
        Column("due_at", gettext_lazy("办结时限"), show=lambda work: day(work.due_at), sort="due_at"),
        _LIGHT,
        Column("state", gettext_lazy("状态"), value="get_state_display"),
        Column("percent", gettext_lazy("进度%"), numeric=True, priority=3),
        Column("evidence", gettext_lazy("材料"), numeric=True, priority=3),
        Column("urged", gettext_lazy("催办次数"), numeric=True, priority=3),
    ),
    default_sort="due_at",
    filters=(*_FILTERS, Choice("plan", gettext_lazy("工作要点"), field="plan_id", choices=())),
    search=queries.search_work,
    search_hint=gettext_lazy("任务内容、单位"),
    presets=_PRESETS,
    row_url=lambda task: reverse("plan:task", args=[task.pk]),
    selectable=True,
    empty=Empty(
        gettext_lazy("还没有任务"), gettext_lazy("工作要点通过以后，每个分项的每个责任单位各有一项任务。")
    ),
)
SUPERVISIONS = Listing(
    key="supervisions",
    columns=(
        Column("title", gettext_lazy("督办事项"), priority=1),
        Column("number", gettext_lazy("编号"), value="display_number"),
        Column("unit", gettext_lazy("承办单位"), value="unit.short_name"),
        Column("origin", gettext_lazy("来源"), value="get_origin_display", priority=3),
        Column("due_at", gettext_lazy("办结时限"), show=lambda work: day(work.due_at), sort="due_at"),
        _LIGHT,
        Column("state", gettext_lazy("状态"), value="get_state_display"),
        Column("urged", gettext_lazy("催办次数"), numeric=True, priority=3),
        Column("established_at", gettext_lazy("立项"), sort="established_at", priority=3),
    ),
    default_sort="due_at",
    filters=_FILTERS,
    search=queries.search_work,
    search_hint=gettext_lazy("事项、单位"),
    presets=_PRESETS,
    row_url=lambda supervision: reverse("plan:supervision", args=[supervision.pk]),
    selectable=True,
    empty=Empty(gettext_lazy("还没有督办件"), gettext_lazy("从逾期任务、会议决定或领导批示立项。")),
)


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    return [(unit.code, unit.short_name) for unit in active_units(region=request.member.unit.region_id)]


def _page(request: HttpRequest, listing: Listing, works: Any, kind: str) -> HttpResponse:
    page = listing.page(works, request.GET, request.path)
    for row in page.rows:
        row.record.light = queries.light_of(row.record, at=request.at)
    page.export_url = reverse(f"plan:{kind}-export")
    if request.member.has_role("coordinator"):
        page.bulk = (BulkAction(_("催办"), reverse(f"plan:{kind}-urge"), "bell"),)
        if kind == "supervisions":
            page.bulk += (BulkAction(_("通报"), reverse("plan:supervisions-announce"), "speakerphone"),)
    return respond(request, offer_filters(page, request.member), f"plan/{kind}.html")


def _tasks(request: HttpRequest) -> Listing:
    plans = [(str(plan.pk), plan.title) for plan in access.visible_to(request.member).order_by("-year")[:50]]
    return TASKS.with_choices(unit=_units(request), plan=plans)


def supervision_listing(request: HttpRequest) -> Listing:
    """Return the list of 督办件 with the units of the member's region to choose from."""
    return SUPERVISIONS.with_choices(unit=_units(request))


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks one may see, the next due first."""
    return _page(request, _tasks(request), access.tasks_visible_to(request.member), "tasks")


@require_GET
def tasks_mine(request: HttpRequest) -> HttpResponse:
    """本单位任务: what the own unit has to hand in, by due day, tasks and 督办件 together."""
    member, at = request.member, request.at
    rows = [
        *queries.waiting_for(access.tasks_visible_to(member), member).order_by("due_at")[:200],
        *queries.waiting_for(access.supervisions_visible_to(member), member)
        .exclude(state="established")
        .order_by("due_at")[:200],
    ]
    for row in rows:
        row.light = queries.light_of(row, at=at)
        row.url = reverse(f"plan:{row.subject_kind}", args=[row.pk])
    rows.sort(key=lambda row: (row.due_at, row.pk))
    return render(request, "plan/mine.html", {"rows": rows})


@require_GET
def tasks_export(request: HttpRequest) -> HttpResponse:
    """The tasks that the filter selects, as xlsx or docx."""
    found = _tasks(request).export(access.tasks_visible_to(request.member), request.GET)
    return exports.table(request, _("工作任务清单"), found)


@require_GET
def supervisions(request: HttpRequest) -> HttpResponse:
    """The 督办件 one may see, the next due first."""
    works = access.supervisions_visible_to(request.member)
    return _page(request, supervision_listing(request), works, "supervisions")


@require_GET
def supervisions_export(request: HttpRequest) -> HttpResponse:
    """The 督办件 that the filter selects, as xlsx or docx."""
    works = access.supervisions_visible_to(request.member)
    found = supervision_listing(request).export(works, request.GET)
    return exports.table(request, _("督办事项清单"), found)


@require_POST
def urge_many(request: HttpRequest, kind: str) -> HttpResponse:
    """Urge all that were chosen: first how many, then, confirmed, done."""
    works, listing = access.tasks_visible_to(request.member), _tasks(request)
    if kind == "supervisions":
        works = access.supervisions_visible_to(request.member)
        listing = supervision_listing(request)
    chosen = listing.selection(works, request.POST)
    possible = queries.can_urge(chosen.queryset)
    form = forms.UrgeForm(request.POST if "confirmed" in request.POST else None)
    if "confirmed" in request.POST and form.is_valid():
        reason = form.cleaned_data["reason"]
        count = actions.urge_many(works=possible, reason=reason, by=request.member, at=request.at)
        messages.success(request, _("已催办{count}件。").format(count=count))
        return redirect(f"plan:{kind}")
    context = {
        "chosen": chosen,
        "form": form,
        "possible": possible.order_by().count(),
        "units": queries.units_in(possible),
        "list_url": reverse(f"plan:{kind}"),
    }
    return render(request, "plan/urge_many.html", context)
