"""Register a letter by hand; what may be the same is shown before anything is created."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingyuan.apps.intake import access, actions
from qingyuan.apps.intake.forms import LetterForm
from qingyuan.apps.intake.queries import registers
from qingyuan.basics.clock import in_china
from qingyuan.domain.decision import RefusedError


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """登记来件: fill in, look at what may be the same, register."""
    initial = {
        "received_at": in_china(request.at).replace(tzinfo=None, second=0, microsecond=0),
        "port": "phone",
    }
    form = LetterForm(request.POST or None, initial=initial)
    alike: list[registers.Likeness] = []
    status = 200
    if request.method == "POST":
        if form.is_valid():
            alike = _alike(request, form)
            if not alike or "confirmed" in request.POST:
                received = _register(request, form)
                if received is not None:
                    return _done(request, received)
        status = 200 if alike and not form.errors else 409
    context = {
        "form": form,
        "alike": alike,
        "hidden": [("confirmed", "1")] if alike else [],
        "verb": _("都不是同一件,仍然登记") if alike else _("登记"),
        "cancel_url": reverse("intake:matters"),
    }
    return render(request, "intake/receive.html", context, status=status)


def _alike(request: HttpRequest, form: LetterForm) -> list[registers.Likeness]:
    given = form.cleaned_data
    return registers.similar(
        access.visible_to(request.member),
        at=request.at,
        text=given["text"],
        party_name=given["party_name"],
        goods=given["goods"],
        sender=form.sender(),
    )


def _register(request: HttpRequest, form: LetterForm) -> Any:
    try:
        return actions.receive(incoming=form.incoming(), by=request.member, at=request.at)
    except RefusedError as error:
        for reason in error.reasons:
            form.add_error(None, str(reason))
        return None


def _done(request: HttpRequest, received: Any) -> HttpResponse:
    numbers = "、".join(matter.number for matter in received.matters)
    messages.success(
        request,
        _("已登记{numbers}。请把查询码 {code} 告诉来件人,它只显示这一次。").format(
            numbers=numbers, code=received.receipt_code
        ),
    )
    return redirect("intake:matter", pk=received.matters[0].pk)
