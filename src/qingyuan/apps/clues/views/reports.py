"""Reports of the register as a clue: several ticked at once, and further ones by their numbers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingyuan.apps.agencies.access import door
from qingyuan.apps.clues import access, actions
from qingyuan.apps.clues.forms import ReportsForm
from qingyuan.apps.clues.views.steps import posted, refused_in, require_handled
from qingyuan.apps.intake.queries.registers import by_numbers
from qingyuan.apps.intake.views.register import chosen
from qingyuan.apps.ledger.queries import head_of
from qingyuan.domain.decision import RefusedError

LARGEST = 100
"""Reports made one clue at once; their numbers travel in an address."""


@require_POST
def of_reports(request: HttpRequest) -> HttpResponse:
    """作为线索: open the form of one clue of all reports ticked in the register; nothing is written yet."""
    picked = list(chosen(request).queryset.order_by("received_at", "pk")[: LARGEST + 1])
    others = [matter.number for matter in picked if matter.kind != "report"]
    closed = [matter.number for matter in picked if matter.kind == "report" and matter.closed_at]
    faults = (
        (not picked, _("没有选择举报。请先勾选要转为线索的举报。")),
        (len(picked) > LARGEST, _("一次最多把 {n} 件举报作为一条线索,请再筛选小一些。").format(n=LARGEST)),
        (
            bool(others),
            _("只有举报可以转为线索;{others}不是举报。诉转案请先在投诉中分出举报。").format(
                others="、".join(others[:5])
            ),
        ),
        (
            bool(closed),
            _("{closed}已经终结,不能再转为线索。请取消勾选。").format(closed="、".join(closed[:5])),
        ),
    )
    fault = next((text for wrong, text in faults if wrong), "")
    if fault:
        messages.error(request, fault)
        return redirect("intake:matters")
    query = urlencode([("report", matter.pk) for matter in picked])
    return redirect(f"{reverse('clues:new')}?{query}")


@require_http_methods(["GET", "POST"])
def add_reports(request: HttpRequest, pk: int) -> HttpResponse:
    """并入举报: add reports named by their numbers to an open clue."""
    clue = get_object_or_404(access.visible_to(request.member), pk=pk)
    require_handled(clue, request)
    form = ReportsForm(posted(request)[0], initial={"seen": head_of("clue", pk).sequence})
    if request.method == "POST" and form.is_valid():
        reports = _reports(request, form)
        if not form.errors and _add(request, form, clue, reports):
            messages.success(request, _("已并入 {n} 件举报。").format(n=len(reports)))
            return redirect("clues:record", pk=pk)
    context = {
        "form": form,
        "title": _("向 {number} 并入举报").format(number=clue.number),
        "verb": _("并入"),
        "cancel_url": reverse("clues:record", args=[pk]),
    }
    return render(request, "clues/form.html", context, status=409 if form.errors else 200)


def _reports(request: HttpRequest, form: ReportsForm) -> list[Any]:
    """The reports of the form's numbers; a number that names none becomes an error of the form."""
    numbers = form.cleaned_data["numbers"][:LARGEST]
    found = by_numbers(door("report", request.member), numbers)
    unknown = [number for number in numbers if number not in found]
    if unknown:
        text = _("没有找到{numbers},或者你无权查看。请核对登记编号。")
        form.add_error("numbers", text.format(numbers="、".join(unknown)))
    return list({report.pk: report for report in found.values()}.values())


def _add(request: HttpRequest, form: ReportsForm, clue: Any, reports: list[Any]) -> bool:
    try:
        actions.add_reports(
            clue=clue, reports=reports, seen=form.cleaned_data["seen"], by=request.member, at=request.at
        )
    except RefusedError as error:
        refused_in(form, error)
        return False
    return True
