"""Judge pairs of clues one after the other, and act on many clues at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyuan.apps.clues import access, actions, queries
from qingyuan.apps.clues.forms import BulkAssignForm, BulkMergeForm
from qingyuan.apps.clues.views.browsing import CLUES
from qingyuan.apps.clues.views.steps import refused_in
from qingyuan.domain.decision import RefusedError
from qingyuan.intelligence.similar import match_key
from qingyuan.ui.listing import Column, Empty, Listing, respond
from qingyuan.ui.shapes import Pair, PairRow

PAIRS = Listing(
    key="clues.pairs",
    columns=(
        Column("later", gettext_lazy("后来的线索"), value="later.title", priority=1),
        Column("earlier", gettext_lazy("先前的线索"), value="earlier.title"),
        Column(
            "reasons",
            gettext_lazy("相同之处"),
            value=lambda likeness: "、".join(words for words, points in likeness.reasons if points > 0),
        ),
        Column("score", gettext_lazy("分值"), sort="score", numeric=True),
        Column("judgement", gettext_lazy("判断"), value=lambda likeness: likeness.get_judgement_display()),
    ),
    default_sort="-score",
    row_url=lambda likeness: reverse("clues:pair", args=[likeness.pk]),
    empty=Empty(
        gettext_lazy("没有待判断的疑似重复"), gettext_lazy("登记新线索时会自动比对,有疑似的列在这里。")
    ),
)
COMPARED = (
    ("title", gettext_lazy("标题")),
    ("party_name", gettext_lazy("当事人")),
    ("party_code", gettext_lazy("统一社会信用代码")),
    ("party_address", gettext_lazy("当事人地址")),
    ("place", gettext_lazy("行为地点")),
    ("goods", gettext_lazy("商品")),
    ("mark_name", gettext_lazy("标识")),
    ("platform", gettext_lazy("平台")),
    ("summary", gettext_lazy("反映的情况")),
)


@require_GET
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs nobody has settled."""
    waiting = queries.waiting_likenesses(access.likenesses_visible_to(request.member))
    return respond(request, PAIRS.page(waiting, request.GET, request.path), "clues/pairs.html")


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair: y, n or u; then the next."""
    seen = access.likenesses_visible_to(request.member)
    likeness = get_object_or_404(seen, pk=pk)
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        actions.judge_likeness(likeness=likeness, answer=answer, by=request.member, at=request.at)
        return _onward(request, seen, likeness, answer)
    left = queries.waiting_likenesses(seen).count()
    context = {
        "likeness": likeness,
        "pair": _pair(likeness),
        "action": request.path,
        "remaining": _("还有 {count} 对待判断").format(count=left),
    }
    return render(request, "clues/pair.html", context)


def _onward(request: HttpRequest, seen: Any, likeness: Any, answer: str) -> HttpResponse:
    following = queries.next_likeness(seen, likeness)
    if answer == "yes":
        messages.success(request, _("已记住:是同一事项。可以把后来的线索并入先前的线索。"))
        return redirect(
            f"{reverse('clues:step', args=[likeness.later_id, 'merge'])}?into={likeness.earlier.number}"
        )
    messages.success(
        request, _("已记住你的判断,以后不再提出这一对。") if answer == "no" else _("已记为不确定。")
    )
    return redirect("clues:pair", pk=following.pk) if following else redirect("clues:pairs")


def _pair(likeness: Any) -> Pair:
    left, right = likeness.earlier, likeness.later
    rows = [
        PairRow(label, one, other, match_key(one) == match_key(other) if one and other else None)
        for label, one, other in (
            (words, getattr(left, name), getattr(right, name)) for name, words in COMPARED
        )
        if one or other
    ]
    shared = bool(set(left.phone_marks) & set(right.phone_marks))
    if left.phone_marks or right.phone_marks:
        both = left.phone_marks and right.phone_marks
        words = [_("有(已加密)") if marks else "" for marks in (left.phone_marks, right.phone_marks)]
        rows.append(PairRow(_("联系电话"), words[0], words[1], shared if both else None))
    rows.append(
        PairRow(_("收到"), left.received_at, right.received_at, left.received_at == right.received_at)
    )
    return Pair(
        left_title=f"{_('先前')} {left.number}",
        right_title=f"{_('后来')} {right.number}",
        rows=rows,
        reasons=[(words, points / 10) for words, points in likeness.reasons],
        left_url=reverse("clues:record", args=[left.pk]),
        right_url=reverse("clues:record", args=[right.pk]),
    )


@require_POST
def bulk_merge(request: HttpRequest) -> HttpResponse:
    """Merge the chosen clues into one."""
    chosen = CLUES.selection(access.visible_to(request.member), request.POST)
    confirmed = "confirmed" in request.POST
    form = BulkMergeForm(request.POST if confirmed else None)
    if confirmed and form.is_valid():
        into = access.visible_to(request.member).filter(number=form.cleaned_data["into"].strip()).first()
        if into is None:
            form.add_error("into", _("没有这个编号的线索,或你无权查看。"))
        else:
            given = {
                "into": into,
                "reason": form.cleaned_data["reason"],
                "by": request.member,
                "at": request.at,
            }
            done = _try(form, lambda: actions.merge_clues(clues=list(chosen.queryset), **given))
            if done is not None:
                messages.success(
                    request, _("已把 {count} 条线索并入{into}。").format(count=done, into=into.number)
                )
                return redirect("clues:record", pk=into.pk)
    return _bulk(request, form, chosen, _("合并所选线索?"), _("合并"))


@require_POST
def bulk_assign(request: HttpRequest) -> HttpResponse:
    """Give the chosen clues to one member."""
    chosen = CLUES.selection(access.visible_to(request.member), request.POST)
    confirmed = "confirmed" in request.POST
    form = BulkAssignForm(request.POST if confirmed else None, member=request.member)
    if confirmed and form.is_valid():
        given = {"handler": form.cleaned_data["handler"], "by": request.member, "at": request.at}
        done = _try(form, lambda: actions.assign_clues(clues=list(chosen.queryset), **given))
        if done is not None:
            messages.success(request, _("已指派 {count} 条线索。").format(count=done))
            return redirect("clues:list")
    return _bulk(request, form, chosen, _("指派所选线索?"), _("指派"))


def _try(form: Any, act: Any) -> Any:
    """Do it in one transaction; a refusal goes on the form and None comes back."""
    try:
        with transaction.atomic():
            return act()
    except RefusedError as error:
        refused_in(form, error)
        return None


def _bulk(request: HttpRequest, form: Any, chosen: Any, title: str, verb: str) -> HttpResponse:
    context = {
        "form": form,
        "chosen": chosen,
        "title": title,
        "verb": verb,
        "text": _("共 {count} 条,全部办成或者全部不办。").format(count=chosen.count),
        "cancel_url": reverse("clues:list"),
    }
    return render(request, "clues/bulk.html", context, status=409 if form.errors else 200)
