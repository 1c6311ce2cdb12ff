"""What belongs to oneself: profile, interface tokens, saved filters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyuan.apps.agencies import access, actions, queries
from qingyuan.apps.agencies.forms import SavedFilterForm, TokenForm
from qingyuan.apps.agencies.views.people import role_words
from qingyuan.ui.shapes import Fact


@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here, and what I may see."""
    me = request.member
    facts = [
        Fact(_("姓名"), me.name),
        Fact(_("登录名"), me.username),
        Fact(_("单位"), me.unit.name),
        Fact(_("角色"), "、".join(role_words(me))),
        Fact(_("数据范围"), me.get_reach_display()),
        Fact(_("可阅密级"), me.clearance),
    ]
    context = {"facts": facts, "scopes": queries.scope_labels(me.scopes)}
    return render(request, "agencies/profile.html", context)


@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """My interface tokens."""
    return render(request, "agencies/tokens.html", {"tokens": access.tokens_visible_to(request.member)})


@require_http_methods(["GET", "POST"])
def token_issue(request: HttpRequest) -> HttpResponse:
    """Issue a token; its secret is on this page once and never again."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token, secret = actions.issue_token(
            member=request.member, name=form.cleaned_data["name"], by=request.member.actor, at=request.at
        )
        response = render(request, "agencies/token_secret.html", {"token": token, "secret": secret})
        response["Cache-Control"] = "no-store"
        return response
    context = {
        "form": form,
        "title": _("签发接口令牌"),
        "verb": _("签发"),
        "cancel_url": reverse("agencies:tokens"),
    }
    return render(request, "agencies/form.html", context)


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token."""
    token = get_object_or_404(access.tokens_visible_to(request.member), pk=pk)
    actions.revoke_token(token=token, by=request.member.actor, at=request.at)
    messages.success(request, _("令牌“{name}”已吊销。").format(name=token.name))
    return redirect("agencies:tokens")


def _own(request: HttpRequest, url: str) -> str:
    """Return an address that a browser gave back, or the first page's when it leads elsewhere."""
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe and url else reverse("workbench")


@require_http_methods(["GET", "POST"])
def filter_save(request: HttpRequest, listing: str) -> HttpResponse:
    """Keep a list's filter, which stands in the address, under a name."""
    query = request.GET.urlencode()
    form = SavedFilterForm(request.POST or None)
    back = _own(request, request.POST.get("back") or request.headers.get("Referer", ""))
    if request.method == "POST" and form.is_valid():
        actions.save_filter(member=request.member, listing=listing, query=query, **form.cleaned_data)
        messages.success(request, _("已保存筛选“{name}”。").format(name=form.cleaned_data["name"]))
        return redirect(back)
    context = {
        "form": form,
        "title": _("保存这个筛选"),
        "cancel_url": back,
        "hidden": [("back", back)],
        "mine": access.saved_filters_visible_to(request.member).filter(listing=listing),
    }
    return render(request, "agencies/filter.html", context)


@require_POST
def filter_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one of my saved filters."""
    saved = get_object_or_404(access.saved_filters_visible_to(request.member), pk=pk)
    actions.delete_filter(saved=saved)
    messages.success(request, _("已删除筛选“{name}”。").format(name=saved.name))
    return redirect(_own(request, request.POST.get("back", "")))
