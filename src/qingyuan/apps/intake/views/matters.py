"""One matter: its page, its steps, assigning, the reporter's identity."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyuan.apps.agencies.access import reasons
from qingyuan.apps.files.access import attachments
from qingyuan.apps.files.actions import attach as attach_file
from qingyuan.apps.intake import access, actions
from qingyuan.apps.intake.forms import AssignForm, AttachForm, ReasonForm, StepForm
from qingyuan.apps.intake.queries import labels, registers
from qingyuan.apps.ledger.actions import Subject
from qingyuan.apps.ledger.apps import departments
from qingyuan.apps.ledger.queries import book, duty_cards, head_of, law_day, shown_timeline
from qingyuan.domain.decision import RefusedError
from qingyuan.domain.transitions import Choice, available_verbs
from qingyuan.ui.shapes import Fact, FileItem, Ground

ELSEWHERE = {"become_clue", "file", "merge"}
"""Steps taken on another page: by the department of clues and cases, or by joining."""


def found(request: HttpRequest, pk: int) -> Any:
    """Return the matter through the member's own door. Raises Http404."""
    return get_object_or_404(access.visible_to(request.member), pk=pk)


def back(pk: int) -> HttpResponse:
    """Return to the matter's page."""
    return redirect("intake:matter", pk=pk)


def _choices(request: HttpRequest, matter: Any) -> list[Choice]:
    if not access.may_handle(request.member, matter):
        return []
    return [
        choice
        for choice in available_verbs(
            book().workflow(matter.kind),
            matter.state,
            request.member.roles,
            actions.facts_of(matter),
            on=law_day(request.at),
        )
        if choice.verb not in ELSEWHERE
    ]


@require_GET
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one matter."""
    matter = found(request, pk)
    mine = access.may_handle(request.member, matter)
    context = {
        "matter": matter,
        "state": labels.state_label(matter),
        "tone": labels.state_tone(matter),
        "mine": mine,
        "choices": _choices(request, matter),
        "owes_notice": mine and registers.owes_notice(matter),
        "unsolved": registers.unsolved(matter),
        "may_reopen": mine and matter.closed_at and not matter.joined_to_id,
        "siblings": [
            (each, labels.state_label(each))
            for each in registers.siblings(access.visible_to(request.member), matter)
        ],
        "joined": registers.joined(matter),
        "alike": registers.similar(
            access.visible_to(request.member),
            at=request.at,
            text=matter.letter.text,
            party_name=matter.party.name if matter.party else "",
            goods=matter.goods,
            except_letter=matter.letter_id,
        ),
        "links": _links(matter),
        "may_open": access.may_open_identity(request.member, matter),
        "facts": _facts(matter),
        "files": [_file(each) for each in attachments(matter.kind, pk)],
        "duties": duty_cards(matter.kind, pk, at=request.at),
        "events": shown_timeline(matter.kind, pk),
        "grounds": [Ground(text) for text in reasons(matter, request.member)],
    }
    return render(request, "intake/matter.html", context)


def _links(matter: Any) -> list[tuple[object, str]]:
    """What higher departments offer to do with a report, from their plates."""
    return [
        (label, f"{reverse(url_name)}?report={matter.pk}")
        for department in departments()
        for kind, label, url_name in getattr(department, "matter_links", ())
        if kind == matter.kind and matter.closed_at is None
    ]


def _facts(matter: Any) -> list[Fact]:
    letter, party = matter.letter, matter.party
    return [
        Fact(_("登记编号"), matter.number),
        Fact(_("来源"), f"{letter.get_port_display()} {letter.source_number}".strip()),
        Fact(_("收到"), matter.received_at),
        Fact(_("承办单位"), labels.unit_label(matter)),
        Fact(_("承办人"), matter.handler.name if matter.handler else None),
        Fact(
            _("被投诉举报主体"),
            party.name if party else None,
            url=reverse("registry:party", args=[party.pk]) if party else "",
        ),
        Fact(_("商品或者服务"), letter.goods or None),
        Fact(_("平台"), letter.platform or None),
        Fact(_("发生地点"), letter.place or None),
        Fact(_("是否实名"), _("实名") if matter.named else _("匿名或者没有联系方式")),
        Fact(_("线索"), matter.clue_ref or None),
    ]


def _file(each: Any) -> FileItem:
    return FileItem(
        each.name,
        reverse("files:download", args=[each.pk]),
        size=each.file.size,
        kind=each.label or (_("来件人提供") if each.plane == "reporter" else ""),
        at=each.attached_at,
        by=each.attached_by,
        digest=each.file.sha256,
    )


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take one step: show what it asks for, then do it."""
    matter = found(request, pk)
    access.require_handling(request.member, matter)
    choice = next((each for each in _choices(request, matter) if each.verb == verb), None)
    if choice is None:
        raise Http404
    head = head_of(matter.kind, pk)
    form = StepForm(
        request.POST or None,
        request.FILES or None,
        choice=choice,
        facts=actions.facts_of(matter),
        grounds=actions.grounds_of(matter.kind, verb, law_day(request.at)),
        initial={"seen": head.sequence if head else None},
    )
    if request.method == "POST" and form.is_valid() and _perform(request, matter, verb, form):
        messages.success(request, _("已办理:{label}。").format(label=choice.label))
        return back(pk)
    context = {
        "form": form,
        "matter": matter,
        "title": choice.label,
        "verb": choice.label,
        "multipart": bool(form.asked_papers),
        "cancel_url": reverse("intake:matter", args=[pk]),
    }
    return render(request, "intake/form.html", context, status=409 if form.is_bound else 200)


def _perform(request: HttpRequest, matter: Any, verb: str, form: StepForm) -> bool:
    answers, common = form.answers(), {"by": request.member, "at": request.at}
    seen = form.cleaned_data["seen"]
    try:
        if verb == "forward":
            actions.forward(matter=matter, unit=answers.unit, reason=answers.reason, seen=seen, **common)
        else:
            actions.take(matter=matter, verb=verb, answers=answers, seen=seen, **common)
    except RefusedError as error:
        for reason in error.reasons:
            form.add_error(None, str(reason))
        return False
    return True


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """分派 to a unit or a member."""
    matter = found(request, pk)
    access.require_handling(request.member, matter)
    form = AssignForm(request.POST or None, member=request.member)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.assign(
            matter=matter,
            unit=given["unit"],
            handler=given["handler"],
            reason=given["reason"],
            by=request.member,
            at=request.at,
        )
        messages.success(request, _("已分派给{unit}。").format(unit=given["unit"].short_name))
        return back(pk)
    return form_page(request, matter, form, _("分派"))


def form_page(request: HttpRequest, matter: Any, form: Any, title: str, note: str = "") -> HttpResponse:
    """Return a form page beside what the letter says."""
    context = {
        "form": form,
        "matter": matter,
        "title": title,
        "verb": title,
        "note": note,
        "cancel_url": reverse("intake:matter", args=[matter.pk]),
    }
    return render(request, "intake/form.html", context, status=409 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def return_to_office(request: HttpRequest, pk: int) -> HttpResponse:
    """退回统筹."""
    matter = found(request, pk)
    access.require_handling(request.member, matter)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.return_to_office(
            matter=matter, reason=form.cleaned_data["reason"], by=request.member, at=request.at
        )
        messages.success(request, _("已退回双打办待分派。"))
        return back(pk)
    return form_page(request, matter, form, _("退回统筹"))


@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """查看来件人身份: ask why, then show once; the page is not kept anywhere."""
    matter = found(request, pk)
    access.require_handling(request.member, matter)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sender = actions.open_identity(
            matter=matter, reason=form.cleaned_data["reason"], by=request.member, at=request.at
        )
        context = {
            "matter": matter,
            "facts": [
                Fact(_("姓名"), sender.name or None),
                Fact(_("电话"), sender.phone or None),
                Fact(_("地址"), sender.address or None),
                Fact(_("证件号码"), sender.id_number or None),
            ],
        }
        response = render(request, "intake/identity.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response
    note = _("每次查看都记入台账:谁、何时、为什么。只有承办人可以查看。")
    return form_page(request, matter, form, _("查看来件人身份"), note)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """上传附件."""
    matter = found(request, pk)
    access.require_handling(request.member, matter)
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        attach_file(
            content=file.read(),
            name=file.name,
            subject=Subject.of(matter.kind, pk),
            by=request.member.actor,
            at=request.at,
        )
        messages.success(request, _("已上传。"))
    else:
        messages.error(request, _("没有选择文件。"))
    return back(pk)
