"""Propose a transfer, take its steps, add documents and files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingyuan.apps.cases import access as case_access
from qingyuan.apps.cases import queries as cases
from qingyuan.apps.clues.actions import Paper
from qingyuan.apps.clues.forms import DocumentForm, StepForm, UploadForm, attached
from qingyuan.apps.clues.queries import document_kinds
from qingyuan.apps.ledger.actions import Subject
from qingyuan.apps.ledger.queries import head_of, law_day
from qingyuan.apps.transfers import access, actions, queries
from qingyuan.apps.transfers.forms import ProposalForm
from qingyuan.domain.decision import RefusedError


def refused_in(form: Any, error: RefusedError) -> None:
    """Put the reasons of a refusal on the form, so that nothing written is lost."""
    for reason in error.reasons:
        form.add_error(None, str(reason))


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to hand a case to the police."""
    case = get_object_or_404(case_access.visible_to(request.member), pk=pk)
    form = ProposalForm(request.POST or None, case=case)
    status = 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            transfer = actions.propose_transfer(
                case=case,
                police=given["police"],
                report=Paper("transfer_report", given["content"], given["number"]),
                by=request.member,
                at=request.at,
            )
        except RefusedError as error:
            refused_in(form, error)
            status = 409
        else:
            messages.success(
                request, _("已提出移送{number},请正职负责人审批。").format(number=transfer.number)
            )
            return redirect("transfers:record", pk=transfer.pk)
    context = {
        "form": form,
        "case": case,
        "title": _("提出移送"),
        "verb": _("提出移送"),
        "finding": cases.transfer_finding(case, on=law_day(request.at)).as_dict(),
        "cancel_url": reverse("cases:record", args=[pk]),
    }
    return render(request, "transfers/propose.html", context, status=status)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take one step: show what it asks for, then do it."""
    transfer = get_object_or_404(access.visible_to(request.member), pk=pk)
    actions.require_side(transfer, request.member)
    choices = queries.choices(transfer, request.member, at=request.at)
    choice = next((each for each in choices if each.verb == verb), None)
    if choice is None:
        raise Http404
    head = head_of("transfer", pk)
    form = StepForm(
        request.POST or None,
        request.FILES or None,
        choice=choice,
        held=queries.step_facts(transfer),
        stated=queries.STATED,
        member=request.member,
        extra={},
        initial={"seen": head.sequence if head else 0},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _take(request, transfer, verb, form)
        except RefusedError as error:
            refused_in(form, error)
            status = 409
        else:
            messages.success(request, _("已办理:{label}。").format(label=choice.label))
            return redirect("transfers:record", pk=pk)
    context = {
        "form": form,
        "transfer": transfer,
        "title": choice.label,
        "verb": choice.label,
        "multipart": any(name.endswith("__file") for name in form.fields),
        "cancel_url": reverse("transfers:record", args=[pk]),
    }
    return render(request, "transfers/step.html", context, status=status)


def _take(request: HttpRequest, transfer: Any, verb: str, form: StepForm) -> None:
    seen = form.cleaned_data["seen"]
    papers = form.papers(Subject.of("transfer", transfer.pk), by=request.member, at=request.at)
    if seen is not None:
        seen += sum(paper.attachment is not None for paper in papers)
    actions.take(
        transfer=transfer,
        verb=verb,
        by=request.member,
        at=request.at,
        reason=form.cleaned_data.get("reason", ""),
        papers=tuple(papers),
        stated=form.stated(),
        seen=seen,
    )


@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a document ahead of its step."""
    transfer = get_object_or_404(access.visible_to(request.member), pk=pk)
    actions.require_side(transfer, request.member)
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        kinds=document_kinds(queries.workflow(), transfer.state),
        initial={"kind": request.GET.get("kind")},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                paper = form.paper(Subject.of("transfer", pk), by=request.member, at=request.at)
                actions.make_document(transfer=transfer, paper=paper, by=request.member, at=request.at)
        except RefusedError as error:
            refused_in(form, error)
            status = 409
        else:
            messages.success(request, _("文书已存入。"))
            return redirect("transfers:record", pk=pk)
    context = {
        "form": form,
        "title": _("制作文书"),
        "verb": _("存入"),
        "multipart": True,
        "cancel_url": reverse("transfers:record", args=[pk]),
    }
    return render(request, "transfers/step.html", context, status=status)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a file to a transfer."""
    transfer = get_object_or_404(access.visible_to(request.member), pk=pk)
    actions.require_side(transfer, request.member)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        subject = Subject.of("transfer", pk)
        attached(given["file"], given["label"], subject, by=request.member, at=request.at)
        messages.success(request, _("文件已上传。"))
    else:
        messages.error(request, _("没有选择文件。"))
    return redirect("transfers:record", pk=pk)
