"""Record pages of tasks and 督办件, and 督办立项."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingyuan.apps.agencies.access import reasons
from qingyuan.apps.files.access import attachments
from qingyuan.apps.ledger.queries import shown_timeline
from qingyuan.apps.plan import access, actions
from qingyuan.apps.plan.forms import work as forms
from qingyuan.apps.plan.queries import work as queries
from qingyuan.apps.plan.views.steps import offers
from qingyuan.ui.shapes import Fact, FileItem, Ground


def _files(kind: str, pk: int) -> list[FileItem]:
    return [
        FileItem(
            name=item.name,
            url=reverse("files:download", args=[item.pk]),
            size=item.file.size,
            kind=item.label,
            at=item.attached_at,
            by=item.attached_by,
            digest=item.file.sha256,
        )
        for item in attachments(kind, pk)
    ]


def _record(request: HttpRequest, work: Any) -> dict[str, Any]:
    return {
        "work": work,
        "light": queries.light_of(work, at=request.at),
        "offers": offers(request, work),
        "reports": queries.reports_of(work),
        "files": _files(work.subject_kind, work.pk),
        "events": shown_timeline(work.subject_kind, work.pk),
        "grounds": [Ground(text) for text in reasons(work, request.member)],
        "is_office": request.member.has_role("coordinator"),
    }


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task: what is asked, how it stands, what can be done now, what was reported."""
    found = get_object_or_404(access.tasks_visible_to(request.member).select_related("clause__point"), pk=pk)
    context = _record(request, found)
    context["facts"] = [
        Fact(_("工作要点"), found.plan, url=reverse("plan:plan", args=[found.plan_id])),
        Fact(_("承办单位"), found.unit, note=_("按成员单位确定") if found.from_collective else ""),
        Fact(_("角色"), found.get_role_display()),
        Fact(_("承办人"), found.handler),
        Fact(_("办结时限"), found.due_at),
        Fact(_("签收"), found.signed_at),
        Fact(_("最近反馈"), found.last_reported_at),
        Fact(_("催办次数"), found.urged),
    ]
    context["partners"] = queries.partners(found, access.tasks_visible_to(request.member))
    context["supervisions"] = access.supervisions_visible_to(request.member).filter(task=found)
    return render(request, "plan/task.html", context)


@require_GET
def supervision(request: HttpRequest, pk: int) -> HttpResponse:
    """A 督办件: where it stands in the chain, each step timed."""
    found = get_object_or_404(access.supervisions_visible_to(request.member), pk=pk)
    context = _record(request, found)
    context["facts"] = [
        Fact(_("编号"), found.display_number),
        Fact(_("来源"), found.get_origin_display()),
        Fact(_("承办单位"), found.unit),
        Fact(_("承办人"), found.handler),
        Fact(_("立项"), found.established_at),
        Fact(_("交办"), found.assigned_at),
        Fact(_("签收期限"), found.sign_by, note=_("双打办确定的工作要求")),
        Fact(_("签收"), found.signed_at),
        Fact(_("办结时限"), found.due_at),
        Fact(_("催办次数"), found.urged),
    ]
    if found.task_id:
        context["facts"].append(
            Fact(_("来自任务"), found.task, url=reverse("plan:task", args=[found.task_id]))
        )
    context["bulletins"] = access.bulletins_visible_to(request.member).filter(supervisions=found)
    return render(request, "plan/supervision.html", context)


@require_http_methods(["GET", "POST"])
def establish(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Put a matter, or with `pk` a task, on the office's list and hand it over at once if so asked."""
    task = get_object_or_404(access.tasks_visible_to(request.member), pk=pk) if pk else None
    initial = {"title": task.title, "matter": task.title, "due_on": task.due_at} if task else None
    region = None if task else request.member.unit.region
    form = forms.EstablishForm(request.POST or None, initial=initial, region=region)
    if request.method == "POST" and form.is_valid():
        values = {"unit": task.unit} if task else {}
        made = actions.establish(
            **{**form.cleaned_data, **values}, task=task, by=request.member, at=request.at
        )
        messages.success(request, _("已立项：{number}。下一步请交办。").format(number=made.display_number))
        return redirect("plan:supervision", made.pk)
    cancel = reverse("plan:task", args=[pk]) if pk else reverse("plan:supervisions")
    context = {"form": form, "title": _("督办立项"), "verb": _("立项"), "cancel_url": cancel}
    return render(request, "plan/step.html", context)
