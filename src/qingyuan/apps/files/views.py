"""Hand out a file to whoever may see its record."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from qingyuan.apps.files import access, actions, queries
from qingyuan.apps.ledger.apps import subject_labels
from qingyuan.domain.uploads import GIF, JPEG, PDF, PNG, WEBP

SHOWN = {kind.name for kind in (PDF, PNG, JPEG, GIF, WEBP)}


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the content. Only pictures and PDF open in the browser; everything else is saved, never run."""
    attachment = access.attachment_visible_to(request.member, pk)
    response = FileResponse(
        queries.open_content(attachment.file),
        content_type=attachment.file.media_type,
        filename=attachment.name,
        as_attachment=attachment.file.media_type not in SHOWN,
    )
    response["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    )
    response["X-SHA256"] = attachment.file.sha256
    return response


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an attachment and go back to its record."""
    attachment = access.attachment_visible_to(request.member, pk)
    actions.withdraw(
        attachment=attachment, reason=request.POST.get("reason", ""), by=request.member.actor, at=request.at
    )
    _label, url_name = subject_labels()[attachment.subject_kind]
    return redirect(reverse(url_name, args=[attachment.subject_id]))
