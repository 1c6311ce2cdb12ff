"""Documents of a clue as printed pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from qingyuan.apps.clues import access


@require_GET
def document_print(request: HttpRequest, pk: int) -> HttpResponse:
    """One document, laid out for paper."""
    paper = get_object_or_404(access.documents_visible_to(request.member), pk=pk)
    return render(request, "clues/print.html", {"paper": paper, "clue": paper.clue})
