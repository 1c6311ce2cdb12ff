"""The site's own pages: the 工作台 and the health check."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from qingyuan.apps.agencies.queries import offer_filters
from qingyuan.site import workbench as desk
from qingyuan.site.duties import listing
from qingyuan.ui.listing import respond


def health(request: HttpRequest) -> JsonResponse:
    """Answer whether the process and its database are up; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def workbench(request: HttpRequest) -> HttpResponse:
    """工作台: what waits for this member."""
    context = {
        "cards": list(desk.cards(request.member, at=request.at)),
        "urgent": desk.urgent(request.member, at=request.at),
    }
    return render(request, "site/workbench.html", context)


def duties(request: HttpRequest) -> HttpResponse:
    """期限: all open duties the member is to watch."""
    page = listing(request.at).page(desk.duties_of(request.member), request.GET, request.path)
    return respond(request, offer_filters(page, request.member), "site/duties.html")
