"""Pages of meetings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from qingyuan.apps.ledger.queries import shown_timeline
from qingyuan.apps.plan import access, actions
from qingyuan.apps.plan.forms import work as forms
from qingyuan.apps.plan.queries import work as queries
from qingyuan.ui.listing import Column, Empty, Listing, respond
from qingyuan.ui.shapes import Fact

MEETINGS = Listing(
    key="meetings",
    columns=(
        Column("title", gettext_lazy("会议"), priority=1),
        Column("at", gettext_lazy("时间"), sort="at"),
        Column("place", gettext_lazy("地点")),
        Column("chair", gettext_lazy("主持人"), priority=3),
        Column(
            "minuted_at",
            gettext_lazy("纪要"),
            show=lambda row: _("已形成") if row.minuted_at else _("未形成"),
        ),
    ),
    default_sort="-at",
    row_url=lambda meeting: reverse("plan:meeting", args=[meeting.pk]),
    empty=Empty(
        gettext_lazy("还没有会议"),
        gettext_lazy("召集会议，登记到会，形成纪要；议定事项自动成为督办件。"),
        reverse_lazy("plan:meeting-call"),
        gettext_lazy("召集会议"),
    ),
)


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings one's unit was invited to."""
    page = MEETINGS.page(access.meetings_visible_to(request.member), request.GET, request.path)
    return respond(request, page, "plan/meetings.html", {"is_office": request.member.has_role("coordinator")})


@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting: agenda, attendance, minutes, resolutions with their 督办件."""
    found = get_object_or_404(access.meetings_visible_to(request.member), pk=pk)
    context = {
        "meeting": found,
        "facts": [
            Fact(_("时间"), found.at),
            Fact(_("地点"), found.place),
            Fact(_("主持人"), found.chair),
            Fact(_("纪要形成"), found.minuted_at),
        ],
        "agenda": queries.agenda_of(found),
        "attendance": queries.attendance_of(found),
        "resolutions": queries.resolutions_of(found),
        "events": shown_timeline("meeting", pk, limit=50),
        "is_office": request.member.has_role("coordinator"),
    }
    return render(request, "plan/meeting.html", context)


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    form = forms.MeetingForm(request.POST or None, region=request.member.unit.region)
    if request.method == "POST" and form.is_valid():
        made = actions.call_meeting(by=request.member, at=request.at, **form.cleaned_data)
        return redirect("plan:meeting", made.pk)
    context = {
        "form": form,
        "title": _("召集会议"),
        "verb": _("发出"),
        "cancel_url": reverse("plan:meetings"),
    }
    return render(request, "plan/step.html", context)


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who came."""
    found = get_object_or_404(access.meetings_visible_to(request.member), pk=pk)
    form = forms.AttendanceForm(request.POST or None, attendance=queries.attendance_of(found))
    if request.method == "POST" and form.is_valid():
        actions.record_attendance(meeting=found, came=form.came(), by=request.member, at=request.at)
        return redirect("plan:meeting", pk)
    cancel = reverse("plan:meeting", args=[pk])
    context = {"form": form, "title": _("登记到会"), "verb": _("登记"), "cancel_url": cancel}
    return render(request, "plan/step.html", context)


@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes; resolutions become 督办件."""
    found = get_object_or_404(access.meetings_visible_to(request.member), pk=pk)
    form = forms.MinutesForm(request.POST or None, region=request.member.unit.region)
    if request.method == "POST" and form.is_valid():
        decided = [actions.Decided(text, unit, due) for text, unit, due in form.decided()]
        words = form.cleaned_data["minutes"]
        actions.write_minutes(meeting=found, minutes=words, decided=decided, by=request.member, at=request.at)
        messages.success(request, _("纪要已形成，{count}项议定事项已督办立项。").format(count=len(decided)))
        return redirect("plan:meeting", pk)
    cancel = reverse("plan:meeting", args=[pk])
    context = {"form": form, "title": _("形成会议纪要"), "verb": _("形成纪要"), "cancel_url": cancel}
    return render(request, "plan/step.html", context)
