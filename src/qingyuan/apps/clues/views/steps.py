"""Take the steps of a clue, make and approve its documents, upload files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingyuan.apps.clues import access, actions, queries
from qingyuan.apps.clues.forms import (
    DocumentForm,
    OpinionForm,
    ReasonForm,
    ReceiptForm,
    StepForm,
    UploadForm,
    attached,
    step_extra,
)
from qingyuan.apps.ledger.actions import Subject
from qingyuan.apps.ledger.queries import head_of
from qingyuan.domain.decision import Reason, RefusedError


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Return data and files for a form: bound on POST, even when nothing was filled in."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def require_handled(clue: Any, request: HttpRequest) -> None:
    """Raise PermissionDenied for who only sees the clue, before a form is shown that would be refused."""
    if not access.handled_by(clue, request.member):
        text = _("本线索由{unit}承办,你可以查看,不能办理。需要补充情况请联系承办单位。")
        raise PermissionDenied(text.format(unit=clue.unit.short_name))


def refused_in(form: Any, error: RefusedError) -> None:
    """Put the reasons of a refusal on the form, so that nothing written is lost."""
    for reason in error.reasons:
        form.add_error(None, str(reason))


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take one step: show what it asks for, then do it."""
    clue = get_object_or_404(access.visible_to(request.member), pk=pk)
    require_handled(clue, request)
    choice = next(
        (each for each in queries.choices(clue, request.member, request.at) if each.verb == verb), None
    )
    if choice is None or verb == "file":
        raise Http404
    head = head_of("clue", pk)
    form = StepForm(
        *posted(request),
        choice=choice,
        held=queries.step_facts(clue),
        stated=queries.STATED,
        member=request.member,
        extra=step_extra(verb, clue),
        initial={"seen": head.sequence if head else 0, "into": request.GET.get("into")},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _perform(request, clue, verb, form)
        except RefusedError as error:
            refused_in(form, error)
            status = 409
        else:
            messages.success(request, _("已办理:{label}。").format(label=choice.label))
            return redirect("clues:record", pk=pk)
    context = {
        "form": form,
        "clue": clue,
        "title": choice.label,
        "verb": choice.label,
        "multipart": any(name.endswith("__file") for name in form.fields),
        "cancel_url": reverse("clues:record", args=[pk]),
        "requires": choice.requires,
    }
    return render(request, "clues/step.html", context, status=status)


def _perform(request: HttpRequest, clue: Any, verb: str, form: StepForm) -> None:
    given = form.cleaned_data
    common = {"clue": clue, "by": request.member, "at": request.at, "seen": given["seen"]}
    papers = form.papers(Subject.of("clue", clue.pk), by=request.member, at=request.at)
    if papers and common["seen"] is not None:
        common["seen"] += sum(paper.attachment is not None for paper in papers)
    reason = given.get("reason", "")
    if verb == "verify":
        actions.verify_clue(**common)
    elif verb == "assign":
        handler, unit = given["handler"], given["unit"]
        if handler and unit and handler.unit_id != unit.pk:
            handler = None
        actions.assign_clue(**common, unit=unit, handler=handler)
    elif verb == "merge":
        into = get_object_or_404(access.visible_to(request.member), number=given["into"].strip())
        actions.merge_clue(**common, into=into, reason=reason)
    elif verb == "transfer_out":
        actions.transfer_out(**common, to=given["to"], reason=reason, papers=papers)
    elif verb == "resume":
        actions.resume_verification(**common, papers=papers)
    else:
        with_reason = {
            "extend": actions.extend_verification,
            "pause": actions.pause_verification,
            "refuse": actions.refuse_clue,
        }
        with_reason[verb](**common, reason=reason, papers=papers)


@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a document for a clue."""
    clue = get_object_or_404(access.visible_to(request.member), pk=pk)
    require_handled(clue, request)
    kinds = queries.document_kinds(queries.workflow(), clue.state)
    form = DocumentForm(*posted(request), kinds=kinds, initial={"kind": request.GET.get("kind")})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                paper = form.paper(Subject.of("clue", pk), by=request.member, at=request.at)
                actions.make_document(clue=clue, paper=paper, by=request.member, at=request.at)
        except RefusedError as error:
            refused_in(form, error)
            status = 409
        else:
            messages.success(request, _("文书已存入线索。需要审批的,请单位负责人审批。"))
            return redirect("clues:record", pk=pk)
    context = {
        "form": form,
        "title": _("制作文书"),
        "verb": _("存入"),
        "multipart": True,
        "cancel_url": reverse("clues:record", args=[pk]),
    }
    return render(request, "clues/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def document_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a document of a clue, or refuse it."""
    paper = get_object_or_404(access.documents_visible_to(request.member), pk=pk)
    require_handled(paper.clue, request)
    form = OpinionForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        actions.approve_document(document=paper, **form.cleaned_data, by=request.member, at=request.at)
        messages.success(request, _("审批意见已登记。"))
        return redirect("clues:record", pk=paper.clue_id)
    context = {
        "form": form,
        "paper": paper,
        "title": paper.title,
        "verb": _("登记审批意见"),
        "cancel_url": reverse("clues:record", args=[paper.clue_id]),
    }
    return render(request, "clues/approve.html", context)


@require_http_methods(["GET", "POST"])
def matter_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a matter out of its clue."""
    matter = get_object_or_404(access.matters_visible_to(request.member), pk=pk)
    require_handled(matter.clue, request)
    form = ReasonForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        actions.unlink_matter(matter=matter, **form.cleaned_data, by=request.member, at=request.at)
        messages.success(request, _("{number}已移出。").format(number=matter.number))
        return redirect("clues:record", pk=matter.clue_id)
    title = _("移出来件 {number}").format(number=matter.number)
    return _form(request, form, title, _("移出"), matter.clue_id)


@require_http_methods(["GET", "POST"])
def separate(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge."""
    clue = get_object_or_404(access.visible_to(request.member), pk=pk)
    require_handled(clue, request)
    form = ReasonForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        new = actions.separate_clue(clue=clue, **form.cleaned_data, by=request.member, at=request.at)
        messages.success(
            request, _("已拆出为新线索{number},核查期限从原收到之日起算。").format(number=new.number)
        )
        return redirect("clues:record", pk=new.pk)
    return _form(request, form, _("拆出 {number}").format(number=clue.number), _("拆出"), pk)


@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a receipt for a clue transferred to one's unit."""
    clue = get_object_or_404(access.visible_to(request.member), pk=pk)
    if clue.transferred_to is not None and clue.transferred_to.scope_id not in request.member.scopes:
        raise PermissionDenied(_("这条线索由接收单位签收。"))
    if clue.transferred_to is None or clue.receipt_at:
        raise RefusedError([Reason(_("这条线索没有等待签收的移送,可能已经签收。"))])
    form = ReceiptForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        taken = actions.give_receipt(clue=clue, **form.cleaned_data, by=request.member, at=request.at)
        messages.success(request, _("已签收,登记为{number}。").format(number=taken.number))
        return redirect("clues:record", pk=taken.pk)
    return _form(request, form, _("签收 {number}").format(number=clue.number), _("签收"), pk)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a file to a clue."""
    clue = get_object_or_404(access.visible_to(request.member), pk=pk)
    require_handled(clue, request)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        attached(given["file"], given["label"], Subject.of("clue", pk), by=request.member, at=request.at)
        messages.success(request, _("文件已上传。"))
    else:
        messages.error(request, _("没有选择文件。"))
    return redirect("clues:record", pk=pk)


def _form(request: HttpRequest, form: Any, title: str, verb: str, pk: int) -> HttpResponse:
    cancel_url = reverse("clues:record", args=[pk])
    context = {"form": form, "title": title, "verb": verb, "cancel_url": cancel_url}
    return render(request, "clues/form.html", context)
