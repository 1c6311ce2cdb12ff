"""The transfers of a party's cases, for the party's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingyuan.apps.clues.views import panel_response, party_of
from qingyuan.apps.transfers import access

NEWEST = 50
"""Records the panel shows."""


@require_GET
def party_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The transfers of a party's cases that the member may see, newest first."""
    party = party_of(request, pk)
    seen = access.visible_to(request.member).filter(case__party=party)
    rows = [
        (
            reverse("transfers:record", args=[transfer.pk]),
            transfer.number,
            transfer.title,
            transfer.get_state_display(),
            transfer.proposed_at,
        )
        for transfer in seen.order_by("-proposed_at", "-pk")[:NEWEST]
    ]
    return panel_response(request, party, _("移送"), rows)
