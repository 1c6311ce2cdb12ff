"""A matter and those it belongs with: divided, joined, separated, told of the other's outcome, opened again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingyuan.apps.intake import access, actions
from qingyuan.apps.intake.forms import JoinForm, NoticeForm, ReasonForm, SplitForm
from qingyuan.apps.intake.queries import registers
from qingyuan.apps.intake.views.matters import back, form_page, found
from qingyuan.domain.decision import RefusedError


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """分出另一事项."""
    matter = found(request, pk)
    access.require_handling(request.member, matter)
    form = SplitForm(request.POST or None, matter=matter)
    if request.method == "POST" and form.is_valid():
        made = actions.split(matter=matter, kind=form.cleaned_data["kind"], by=request.member, at=request.at)
        messages.success(request, _("已分出{number},期限从来件收到之日起算。").format(number=made.number))
        return back(made.pk)
    return form_page(request, matter, form, _("分出另一事项"))


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """并案: into a matter named by its number."""
    matter = found(request, pk)
    access.require_handling(request.member, matter)
    form = JoinForm(request.POST or None, initial={"to": request.GET.get("to", "")})
    if request.method == "POST" and form.is_valid():
        to = registers.by_number(access.visible_to(request.member), form.cleaned_data["to"])
        if to is None:
            form.add_error("to", _("没有找到这个编号,或者你无权查看。请核对登记编号。"))
        else:
            actions.join(
                matter=matter, to=to, reason=form.cleaned_data["reason"], by=request.member, at=request.at
            )
            messages.success(request, _("已并入{number};来件人各自答复。").format(number=to.number))
            return back(pk)
    return form_page(request, matter, form, _("并案"))


@require_http_methods(["GET", "POST"])
def separate(request: HttpRequest, pk: int) -> HttpResponse:
    """解除并案."""
    matter = found(request, pk)
    access.require_handling(request.member, matter)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.separate(matter=matter, reason=form.cleaned_data["reason"], by=request.member, at=request.at)
        return back(pk)
    return form_page(request, matter, form, _("解除并案"))


@require_http_methods(["GET", "POST"])
def notify_joined(request: HttpRequest, pk: int) -> HttpResponse:
    """告知并入的实名举报人: what was decided on the report that this one was joined to."""
    matter = found(request, pk)
    access.require_handling(request.member, matter)
    form = NoticeForm(request.POST or None, initial={"notice": registers.outcome_of_joined(matter)})
    if request.method == "POST" and form.is_valid():
        notice = form.cleaned_data["notice"]
        try:
            actions.notify_joined(matter=matter, notice=notice, by=request.member, at=request.at)
        except RefusedError as error:
            for reason in error.reasons:
                form.add_error(None, str(reason))
        else:
            messages.success(request, _("已告知举报人,这一项职责已履行。"))
            return back(pk)
    note = _("每一位实名举报人都应当单独告知。告知内容会写在本件上,举报人用查询码可以看到。")
    return form_page(request, matter, form, _("告知举报人"), note)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """重新办理: open a closed matter again as a new one."""
    matter = found(request, pk)
    access.require_handling(request.member, matter)
    made = actions.reopen(matter=matter, by=request.member, at=request.at)
    messages.success(
        request, _("已重新开启为{number},期限从今天起算;原件保持原样。").format(number=made.number)
    )
    return back(made.pk)
