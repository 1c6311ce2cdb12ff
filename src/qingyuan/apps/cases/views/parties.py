"""The cases of a party, for the party's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingyuan.apps.cases import access
from qingyuan.apps.clues.views import panel_response, party_of

NEWEST = 50
"""Records the panel shows."""


@require_GET
def party_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases about a party that the member may see, newest first."""
    party = party_of(request, pk)
    found = access.visible_to(request.member).filter(party=party).order_by("-filed_at", "-pk")[:NEWEST]
    rows = [
        (
            reverse("cases:record", args=[case.pk]),
            case.number,
            case.cause,
            case.get_state_display(),
            case.filed_at,
        )
        for case in found
    ]
    return panel_response(request, party, _("案件"), rows)
