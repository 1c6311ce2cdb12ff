"""What a department knows of a party, as a panel of the party's page; cases and transfers show theirs the same way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingyuan.apps.agencies.access import door
from qingyuan.apps.clues import access

NEWEST = 50
"""Records a panel shows of a party."""


def panel_response(request: HttpRequest, party: Any, label: str, rows: Sequence[Any]) -> HttpResponse:
    """Return rows of (address, number, title, state, moment) as a panel, or as a page where there is no JavaScript."""
    name = "clues/_party_panel.htmx.html" if request.htmx else "clues/party_panel.html"
    return render(request, name, {"label": label, "party": party, "rows": rows})


def party_of(request: HttpRequest, pk: int) -> Any:
    """Return the party through the registry's door. Raises Http404."""
    return get_object_or_404(door("party", request.member), pk=pk)


@require_GET
def party_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The clues about a party that the member may see, newest first."""
    party = party_of(request, pk)
    found = access.visible_to(request.member).filter(party=party).order_by("-received_at", "-pk")[:NEWEST]
    rows = [
        (
            reverse("clues:record", args=[clue.pk]),
            clue.number,
            clue.title,
            clue.get_state_display(),
            clue.received_at,
        )
        for clue in found
    ]
    return panel_response(request, party, _("线索"), rows)
