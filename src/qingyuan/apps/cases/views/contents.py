"""Enter what a case is about; confirm, test, approve, print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyuan.apps.cases import access, actions, queries
from qingyuan.apps.cases.forms import PARTS, DisposalForm, PreservationForm, StrikeForm, TransferTestForm
from qingyuan.apps.cases.views.steps import attempt, form_page, require_handled, seen_of
from qingyuan.apps.clues.forms import DocumentForm, OpinionForm, UploadForm, attached
from qingyuan.apps.clues.queries import document_kinds
from qingyuan.apps.clues.views import posted
from qingyuan.apps.ledger.actions import Subject
from qingyuan.apps.ledger.queries import law_day


def _case(request: HttpRequest, pk: int) -> Any:
    case = get_object_or_404(access.visible_to(request.member).select_related("unit__region"), pk=pk)
    require_handled(case, request)
    return case


def _back(pk: int, tab: str) -> str:
    return f"{reverse('cases:record', args=[pk])}?tab={tab}"


TAB_OF = {"money": "money", "evidence": "evidence"}


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Enter a mark, goods, an amount, evidence or an earlier punishment."""
    if part not in PARTS:
        raise Http404
    case = _case(request, pk)
    form = PARTS[part](*posted(request), case=case, initial=seen_of(pk))
    back = _back(pk, TAB_OF.get(part, "overview"))
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _make(request, case, form)):
        messages.success(request, _("已登记。"))
        return redirect(back)
    return form_page(request, form, str(form.title), _("登记"), back)


def _make(request: HttpRequest, case: Any, form: Any) -> None:
    seen, given = form.cleaned_data["seen"], {}
    upload = form.cleaned_data.get("upload")
    if upload:
        subject, label = Subject.of("case", case.pk), form.cleaned_data["name"]
        given["attachment"] = attached(upload, label, subject, by=request.member, at=request.at)
        seen = None if seen is None else seen + 1
    form.make(case=case, by=request.member, at=request.at, seen=seen, **given)


@require_http_methods(["GET", "POST"])
def money_strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an amount."""
    entry = get_object_or_404(access.money_visible_to(request.member), pk=pk)
    require_handled(entry.case, request)
    names = (
        "measure",
        "form",
        "goods",
        "quantity",
        "quantity_unit",
        "unit_price",
        "amount",
        "valuation",
        "act_on",
    )
    initial = {**{name: getattr(entry, name) for name in names}, **seen_of(entry.case_id)}
    form = StrikeForm(posted(request)[0], case=entry.case, initial=initial)
    back = _back(entry.case_id, "money")
    if request.method == "POST" and form.is_valid():
        given = {
            "entry": entry,
            "reason": form.cleaned_data["reason"],
            "replacement": form.replacement(),
            "seen": form.cleaned_data["seen"],
        }
        if attempt(form, lambda: actions.strike_money(**given, by=request.member, at=request.at)):
            messages.success(request, _("已更正。原条目保留,标为已冲销。"))
            return redirect(back)
    return form_page(request, form, _("更正金额"), _("更正"), back)


@require_POST
def money_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the money ledger."""
    actions.confirm_money(case=_case(request, pk), by=request.member, at=request.at)
    messages.success(request, _("金额台账已核定。再有登记或者更正,须重新核定。"))
    return redirect(_back(pk, "money"))


@require_http_methods(["GET", "POST"])
def transfer_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the case against the standards of prosecution."""
    case = _case(request, pk)
    form = TransferTestForm(posted(request)[0], case=case, on=law_day(request.at), initial=seen_of(pk))
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        given = {"case": case, **form.given()}
        if attempt(
            form, lambda: found.append(actions.test_transfer(**given, by=request.member, at=request.at))
        ):
            messages.success(request, _("审查结论:{route}。").format(route=found[0].route_label))
            return redirect(_back(pk, "overview"))
    return form_page(request, form, _("对照刑事追诉标准审查"), _("审查"), _back(pk, "overview"))


@require_POST
def statement_waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the party waives."""
    actions.waive_statement(case=_case(request, pk), by=request.member, at=request.at)
    messages.success(request, _("已登记:当事人放弃陈述、申辩和听证。"))
    return redirect("cases:record", pk=pk)


@require_http_methods(["GET", "POST"])
def preservation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done with evidence kept in advance."""
    item = get_object_or_404(access.evidence_visible_to(request.member), pk=pk)
    require_handled(item.case, request)
    form, back = PreservationForm(posted(request)[0]), _back(item.case_id, "evidence")
    if request.method == "POST" and form.is_valid():
        given = {"item": item, "outcome": form.cleaned_data["outcome"]}
        if attempt(form, lambda: actions.end_preservation(**given, by=request.member, at=request.at)):
            messages.success(request, _("先行登记保存已处理。"))
            return redirect(back)
    return form_page(request, form, _("先行登记保存处理 {name}").format(name=item.name), _("登记"), back)


@require_http_methods(["GET", "POST"])
def goods_dispose(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of goods."""
    goods = get_object_or_404(access.goods_visible_to(request.member), pk=pk)
    require_handled(goods.case, request)
    form = DisposalForm(posted(request)[0], initial={"disposal": goods.disposal})
    back = _back(goods.case_id, "overview")
    if request.method == "POST" and form.is_valid():
        given = {"goods": goods, **form.cleaned_data}
        if attempt(form, lambda: actions.dispose_goods(**given, by=request.member, at=request.at)):
            messages.success(request, _("物品去向已登记。"))
            return redirect(back)
    return form_page(request, form, _("物品去向 {name}").format(name=goods.name), _("登记"), back)


@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a document for a case."""
    case = _case(request, pk)
    kinds = document_kinds(queries.workflow(), case.state)
    form = DocumentForm(*posted(request), kinds=kinds, initial={"kind": request.GET.get("kind")})
    back = _back(pk, "documents")
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _write(request, case, form)):
        messages.success(request, _("文书已存入案卷。需要审批的,请单位负责人审批。"))
        return redirect(back)
    return form_page(request, form, _("制作文书"), _("存入"), back)


def _write(request: HttpRequest, case: Any, form: DocumentForm) -> None:
    paper = form.paper(Subject.of("case", case.pk), by=request.member, at=request.at)
    actions.make_document(case=case, paper=paper, by=request.member, at=request.at)


@require_http_methods(["GET", "POST"])
def document_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a document of a case, or refuse it."""
    paper = get_object_or_404(access.documents_visible_to(request.member), pk=pk)
    require_handled(paper.case, request)
    form, back = OpinionForm(posted(request)[0]), _back(paper.case_id, "documents")
    if request.method == "POST" and form.is_valid():
        given = {"document": paper, **form.cleaned_data}
        if attempt(form, lambda: actions.approve_document(**given, by=request.member, at=request.at)):
            messages.success(request, _("审批意见已登记。"))
            return redirect(back)
    return form_page(request, form, paper.title, _("登记审批意见"), back, "clues/approve.html", paper=paper)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a file to a case."""
    _case(request, pk)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        attached(given["file"], given["label"], Subject.of("case", pk), by=request.member, at=request.at)
        messages.success(request, _("文件已上传。"))
    else:
        messages.error(request, _("没有选择文件。"))
    return redirect(_back(pk, "evidence"))


@require_GET
def document_print(request: HttpRequest, pk: int) -> HttpResponse:
    """One document, laid out for paper."""
    paper = get_object_or_404(access.documents_visible_to(request.member), pk=pk)
    context = {"paper": paper, "case": paper.case, "decision": queries.decision_of(paper.case)}
    return render(request, "cases/print.html", context)


@require_GET
def document_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """One document as a Word file in the layout of official documents."""
    paper = get_object_or_404(access.documents_visible_to(request.member), pk=pk)
    content = queries.document_docx(paper)
    response = HttpResponse(
        content, content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )
    response["Content-Disposition"] = f'attachment; filename="case-{paper.case_id}-{paper.pk}.docx"'
    return response
