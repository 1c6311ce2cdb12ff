"""The site's own pages: the 工作台 and the health check."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from qingyuan.site import workbench as desk


def health(request: HttpRequest) -> JsonResponse:
    """Answer whether the process and its database are up; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def workbench(request: HttpRequest) -> HttpResponse:
    """工作台: what waits for this member."""
    return render(request, "site/workbench.html", {"urgent": desk.urgent(request.member, at=request.at)})
