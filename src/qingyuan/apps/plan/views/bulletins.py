"""Bulletins: announce finished 督办件, show, print and export what was announced."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from qingyuan.apps.plan import access, actions
from qingyuan.apps.plan.forms import work as forms
from qingyuan.apps.plan.queries import documents
from qingyuan.apps.plan.views import exports
from qingyuan.apps.plan.views.work import supervision_listing


@require_POST
def announce(request: HttpRequest) -> HttpResponse:
    """Issue a bulletin on the chosen 督办件: first which, then its words, then issued."""
    works = access.supervisions_visible_to(request.member)
    chosen = supervision_listing(request).selection(works, request.POST)
    finished = chosen.queryset.filter(state="completed")
    form = forms.AnnounceForm(request.POST if "confirmed" in request.POST else None)
    if "confirmed" in request.POST and form.is_valid():
        bulletin = actions.announce(
            supervisions=list(finished), by=request.member, at=request.at, **form.cleaned_data
        )
        return redirect("plan:bulletin", bulletin.pk)
    context = {
        "chosen": chosen,
        "form": form,
        "possible": finished.order_by().count(),
        "list_url": reverse("plan:supervisions"),
    }
    return render(request, "plan/announce.html", context)


@require_GET
def bulletin(request: HttpRequest, pk: int, template: str = "plan/bulletin.html") -> HttpResponse:
    """A bulletin with its figures; the same for paper with another template."""
    found = get_object_or_404(access.bulletins_visible_to(request.member), pk=pk)
    own = access.supervisions_visible_to(request.member).filter(bulletins=found).order_by("number")
    return render(request, template, {"bulletin": found, "supervisions": own})


@require_GET
def bulletin_export(request: HttpRequest, pk: int) -> HttpResponse:
    """A bulletin as an official document."""
    found = get_object_or_404(access.bulletins_visible_to(request.member), pk=pk)
    return exports.download(f"{found.title}.docx", documents.bulletin(found), exports.DOCX)
