"""Delegation while away, and hand-over of all work."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyuan.apps.agencies import access, actions, queries
from qingyuan.apps.agencies.forms import DelegationForm, HandOverForm
from qingyuan.apps.ledger.apps import subject_labels
from qingyuan.apps.ledger.queries import shown_timeline
from qingyuan.ui.listing import Column, Empty, Listing, respond
from qingyuan.ui.shapes import Fact

DELEGATIONS = Listing(
    key="agencies.delegations",
    columns=(
        Column("principal", gettext_lazy("委托人"), value="principal.name", priority=1, sort="pk"),
        Column("delegate", gettext_lazy("受托人"), value="delegate.name"),
        Column("since", gettext_lazy("开始")),
        Column("until", gettext_lazy("结束")),
        Column("reason", gettext_lazy("理由")),
        Column(
            "revoke", gettext_lazy("撤回"), value="revoked_at", template="agencies/_revoke.html", export=False
        ),
    ),
    default_sort="-principal",
    empty=Empty(
        gettext_lazy("没有委托"), gettext_lazy("外出前可把手头工作委托给本单位同事代办,到期自动失效。")
    ),
)
HAND_OVERS = Listing(
    key="agencies.hand-overs",
    columns=(
        Column("giver", gettext_lazy("移交人"), value="giver.name", priority=1, sort="pk"),
        Column("receiver", gettext_lazy("接收人"), value="receiver.name"),
        Column("proposed_at", gettext_lazy("提出时间")),
        Column("completed_at", gettext_lazy("完成时间")),
        Column("reason", gettext_lazy("理由")),
    ),
    default_sort="-giver",
    row_url=lambda each: reverse("agencies:hand-over", args=[each.pk]),
    empty=Empty(
        gettext_lazy("没有工作移交"),
        gettext_lazy("调离、休长假时把名下全部未结工作交给接任人,双方签字后生效。"),
    ),
)


@require_GET
def delegations(request: HttpRequest) -> HttpResponse:
    """The delegations I gave or hold."""
    page = DELEGATIONS.page(access.delegations_visible_to(request.member), request.GET, request.path)
    return respond(request, page, "agencies/delegations.html")


@require_http_methods(["GET", "POST"])
def delegation_grant(request: HttpRequest) -> HttpResponse:
    """Let a colleague act while I am away."""
    form = DelegationForm(request.POST or None, member=request.member)
    if request.method == "POST" and form.is_valid():
        actions.grant_delegation(principal=request.member, **form.cleaned_data, at=request.at)
        messages.success(request, _("已委托。到期自动失效,可随时撤回。"))
        return redirect("agencies:delegations")
    context = {
        "form": form,
        "title": _("委托代办"),
        "verb": _("委托"),
        "cancel_url": reverse("agencies:delegations"),
    }
    return render(request, "agencies/form.html", context)


@require_POST
def delegation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation now."""
    delegation = get_object_or_404(access.delegations_visible_to(request.member), pk=pk)
    actions.revoke_delegation(delegation=delegation, by=request.member, at=request.at)
    messages.success(request, _("委托已撤回。"))
    return redirect("agencies:delegations")


@require_GET
def hand_overs(request: HttpRequest) -> HttpResponse:
    """The hand-overs I take part in."""
    page = HAND_OVERS.page(access.hand_overs_visible_to(request.member), request.GET, request.path)
    return respond(request, page, "agencies/hand_overs.html")


@require_GET
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """One hand-over: what moves, who has signed."""
    each = get_object_or_404(access.hand_overs_visible_to(request.member), pk=pk)
    counts = each.moved if each.completed_at else queries.open_work(each.giver)
    labels = subject_labels()
    facts = [
        Fact(_("移交人"), each.giver.name),
        Fact(_("接收人"), each.receiver.name),
        Fact(_("理由"), each.reason),
        Fact(_("提出时间"), each.proposed_at),
        Fact(_("移交人签字"), each.giver_signed_at),
        Fact(_("接收人签字"), each.receiver_signed_at),
        Fact(_("生效时间"), each.completed_at),
    ]
    waiting = (request.member.pk == each.giver_id and not each.giver_signed_at) or (
        request.member.pk == each.receiver_id and not each.receiver_signed_at
    )
    context = {
        "each": each,
        "facts": facts,
        "work": [(labels[kind][0], count) for kind, count in counts.items() if count],
        "waiting": waiting,
        "events": shown_timeline("hand-over", pk),
    }
    return render(request, "agencies/hand_over.html", context)


@require_http_methods(["GET", "POST"])
def hand_over_propose(request: HttpRequest) -> HttpResponse:
    """Propose to give all of a member's open work to another."""
    form = HandOverForm(request.POST or None, member=request.member, initial={"giver": request.member.pk})
    if request.method == "POST" and form.is_valid():
        each = actions.propose_hand_over(**form.cleaned_data, by=request.member, at=request.at)
        messages.success(request, _("已提出移交,等待双方签字。"))
        return redirect("agencies:hand-over", pk=each.pk)
    context = {
        "form": form,
        "title": _("工作移交"),
        "verb": _("提出移交"),
        "cancel_url": reverse("agencies:hand-overs"),
    }
    return render(request, "agencies/form.html", context)


@require_POST
def hand_over_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign as giver or receiver."""
    each = get_object_or_404(access.hand_overs_visible_to(request.member), pk=pk)
    each = actions.sign_hand_over(hand_over=each, by=request.member, at=request.at)
    done = each.completed_at is not None
    messages.success(request, _("双方已签字,工作已移交。") if done else _("已签字,等待对方签字。"))
    return redirect("agencies:hand-over", pk=pk)
