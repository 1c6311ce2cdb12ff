"""What the public sees. A receipt code travels in the body of a request, never in an address or a log."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyuan.apps.portal import actions, queries
from qingyuan.apps.portal.forms import CodeForm, LetterForm, UnsolvedForm
from qingyuan.domain.decision import RefusedError


def too_many(request: HttpRequest, action: str) -> HttpResponse | None:
    """Return the 429 page when this address has asked too often (settings.ACCOUNT_RATE_LIMITS)."""
    if ratelimit.consume(request, action=action):
        return None
    return render(request, "ui/error_429.html", status=429)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here."""
    return render(request, "portal/home.html", {"office": queries.office()})


@never_cache
@sensitive_post_parameters("name", "phone", "address", "text")
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Send a complaint or a report; the receipt code is shown once."""
    form = LetterForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        if limited := too_many(request, "portal_report"):
            return limited
        if form.is_valid():
            try:
                received = actions.send_letter(
                    incoming=form.incoming(at=request.at), uploads=form.uploads(), at=request.at
                )
            except RefusedError as error:
                for reason in error.reasons:
                    form.add_error(None, str(reason))
                status = 409
            else:
                context = {"code": received.receipt_code, "matters": received.matters}
                return render(request, "portal/receipt.html", context)
        else:
            status = 400
    return render(request, "portal/report.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Follow a letter by its receipt code."""
    form = CodeForm(request.POST or None)
    context = {"form": form}
    if request.method == "POST":
        if limited := too_many(request, "portal_follow"):
            return limited
        if form.is_valid():
            letter = queries.letter(form.cleaned_data["code"])
            if letter is None:
                form.add_error("code", _("没有找到这个回执码。请核对 16 位数字;回执码遗失可以重新提交。"))
            else:
                context |= {
                    "letter": letter,
                    "followed": queries.followed(letter),
                    "code": form.cleaned_data["code"],
                }
    return render(request, "portal/follow.html", context)


@never_cache
@sensitive_post_parameters("code", "text")
@require_POST
def unsolved(request: HttpRequest) -> HttpResponse:
    """Say that a closed matter is not solved."""
    if limited := too_many(request, "portal_follow"):
        return limited
    form = UnsolvedForm(request.POST)
    letter = queries.letter(form.data.get("code", ""))
    context = {"form": CodeForm(), "code": form.data.get("code", "")}
    if letter is None:
        return render(request, "portal/follow.html", context, status=404)
    if form.is_valid():
        actions.say_unsolved(
            letter=letter,
            matter_id=form.cleaned_data["matter"],
            text=form.cleaned_data["text"],
            at=request.at,
        )
    context |= {"letter": letter, "followed": queries.followed(letter), "told": form.is_valid()}
    return render(request, "portal/follow.html", context)
