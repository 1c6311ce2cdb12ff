"""File a case, take its steps, say who works on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingyuan.apps.agencies.access import door
from qingyuan.apps.cases import access, actions, queries
from qingyuan.apps.cases.forms import BulkOfficersForm, CaseForm, FileForm, OfficersForm, step_extra
from qingyuan.apps.cases.views.browsing import CASES
from qingyuan.apps.clues.forms import StepForm
from qingyuan.apps.clues.queries import document_facts
from qingyuan.apps.clues.views import posted
from qingyuan.apps.ledger.actions import Subject
from qingyuan.apps.ledger.queries import head_of
from qingyuan.domain.decision import RefusedError


def require_handled(case: Any, request: HttpRequest) -> None:
    """Raise PermissionDenied for who only sees the case, before a form is shown that would be refused."""
    if not access.steppable_by(case, request.member):
        text = _("本案由{unit}承办,你可以查看,不能办理。需要补充情况请联系承办单位。")
        raise PermissionDenied(text.format(unit=case.unit.short_name))


def attempt(form: Any, act: Callable[[], Any]) -> bool:
    """Do it in one transaction; a refusal goes on the form, so that nothing written is lost."""
    try:
        with transaction.atomic():
            act()
    except RefusedError as error:
        for reason in error.reasons:
            form.add_error(None, str(reason))
        return False
    return True


def form_page(
    request: HttpRequest,
    form: Any,
    title: str,
    verb: str,
    back: str,
    template: str = "clues/form.html",
    **more: Any,
) -> HttpResponse:
    """The page of a form; 409 when its content was refused."""
    multipart = form.is_multipart()
    status = 409 if form.is_bound and form.non_field_errors() else 200
    context = {"form": form, "title": title, "verb": verb, "cancel_url": back, "multipart": multipart, **more}
    return render(request, template, context, status=status)


def seen_of(pk: int) -> dict[str, int]:
    """Return the last event of a case, for the form to carry."""
    head = head_of("case", pk)
    return {"seen": head.sequence if head else 0}


@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a clue a case."""
    clue = get_object_or_404(door("clue", request.member).select_related("unit__region", "handler"), pk=pk)
    if clue.unit.scope_id not in request.member.scopes:
        raise PermissionDenied(_("本线索由{unit}承办,由该单位立案。").format(unit=clue.unit.short_name))
    initial = {
        "party_name": clue.party_name,
        "party_code": clue.party_code,
        "party_address": clue.party_address or clue.place,
        "facts": clue.summary,
        "officers": [clue.handler_id] if clue.handler_id else [],
        "seen": head_of("clue", pk).sequence,
    }
    form = FileForm(posted(request)[0], unit=clue.unit, initial=initial)
    filed: list[Any] = []
    if request.method == "POST" and form.is_valid():
        given = {
            "clue": clue,
            "facts": form.case_facts(),
            "officers": list(form.cleaned_data["officers"]),
            "stated": form.stated(),
            "seen": form.cleaned_data["seen"],
        }
        if attempt(form, lambda: filed.append(actions.file_case(**given, by=request.member, at=request.at))):
            messages.success(request, _("已立案,案号{number}。").format(number=filed[0].number))
            return redirect("cases:record", pk=filed[0].pk)
    back = reverse("clues:record", args=[pk])
    return form_page(request, form, _("立案 {number}").format(number=clue.number), _("立案"), back)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is registered of a case."""
    case = get_object_or_404(access.visible_to(request.member).select_related("unit__region"), pk=pk)
    require_handled(case, request)
    initial = {**vars(actions.CaseFacts.of(case)), **seen_of(pk)}
    form = CaseForm(posted(request)[0], initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {"case": case, "facts": form.case_facts(), "seen": form.cleaned_data["seen"]}
        if attempt(form, lambda: actions.correct_case(**given, by=request.member, at=request.at)):
            messages.success(request, _("已更正。"))
            return redirect("cases:record", pk=pk)
    back = reverse("cases:record", args=[pk])
    return form_page(request, form, _("更正 {number}").format(number=case.number), _("保存更正"), back)


@require_http_methods(["GET", "POST"])
def officers(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who works on a case."""
    case = get_object_or_404(access.visible_to(request.member), pk=pk)
    require_handled(case, request)
    initial = {"officers": [each.pk for each in queries.officers(case)], **seen_of(pk)}
    form = OfficersForm(posted(request)[0], unit=case.unit, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {
            "case": case,
            "officers": list(form.cleaned_data["officers"]),
            "seen": form.cleaned_data["seen"],
        }
        if attempt(form, lambda: actions.assign_officers(**given, by=request.member, at=request.at)):
            messages.success(request, _("承办人员已调整,期限事项一并转给主办人。"))
            return redirect("cases:record", pk=pk)
    back = reverse("cases:record", args=[pk])
    return form_page(request, form, _("承办人员 {number}").format(number=case.number), _("保存"), back)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take one step: show what it asks for, then do it."""
    case = get_object_or_404(access.visible_to(request.member).select_related("unit__region"), pk=pk)
    require_handled(case, request)
    choices = queries.choices(case, request.member, request.at)
    choice = next((each for each in choices if each.verb == verb and verb in PERFORM), None)
    if choice is None:
        raise Http404
    form = StepForm(
        *posted(request),
        choice=choice,
        held={**document_facts(queries.documents(case)), "decision": True},
        stated=queries.STATED,
        member=request.member,
        extra=step_extra(verb, case, request.at),
        initial=seen_of(pk),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _perform(request, case, verb, form))
    ):
        messages.success(request, _("已办理:{label}。").format(label=choice.label))
        return redirect("cases:record", pk=pk)
    back = reverse("cases:record", args=[pk])
    more = {"clue": {"number": case.number, "title": case.cause}, "requires": choice.requires}
    return form_page(request, form, choice.label, choice.label, back, "clues/step.html", **more)


def _perform(request: HttpRequest, case: Any, verb: str, form: StepForm) -> None:
    papers = form.papers(Subject.of("case", case.pk), by=request.member, at=request.at)
    given = form.cleaned_data
    seen = given["seen"]
    if seen is not None:  # the uploads of this very form are events of the case too
        seen += sum(paper.attachment is not None for paper in papers)
    common = {"case": case, "by": request.member, "at": request.at, "seen": seen}
    action, names = PERFORM[verb]
    all_given = {**given, "papers": papers, "stated": form.stated(), "reason": given.get("reason", "")}
    action(**common, **{name: all_given[name] for name in names})


def _decide(*, case: Any, by: Any, at: Any, seen: Any, papers: Any, stated: Any, **given: Any) -> None:
    facts = actions.DecisionFacts(**{**given, "penalties": tuple(given["penalties"])})
    actions.decide_case(case=case, facts=facts, papers=papers, stated=stated, by=by, at=at, seen=seen)


DECIDED = tuple(actions.DecisionFacts.__dataclass_fields__)
PERFORM: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "investigate": (actions.investigate, ()),
    "pause": (actions.pause_case, ("ground", "reason", "papers")),
    "resume": (actions.resume_case, ()),
    "extend": (actions.extend_case, ("reason", "papers")),
    "extend_further": (actions.extend_case_further, ("days", "reason", "papers")),
    "suspend": (actions.suspend_case, ("reason", "papers")),
    "continue": (actions.continue_case, ("stated",)),
    "drop": (actions.drop_case, ("reason", "papers")),
    "refer_out": (actions.refer_out, ("to", "reason", "papers")),
    "complete_investigation": (actions.complete_investigation, ("papers",)),
    "review": (actions.review_case, ("stated", "papers")),
    "return": (actions.return_case, ("reason",)),
    "notify": (actions.notify_party, ("papers",)),
    "hold_hearing": (actions.hold_hearing, ("papers",)),
    "reopen": (actions.reopen_case, ("reason",)),
    "decide": (_decide, (*DECIDED, "papers", "stated")),
    "serve": (actions.serve_decision, ("service", "papers")),
    "perform": (actions.perform_decision, ("paid", "papers")),
    "enforce": (actions.enforce_decision, ("papers",)),
    "take_back": (actions.take_case_back, ("papers",)),
    "close_transferred": (actions.close_transferred, ("papers",)),
    "close": (actions.close_case, ("papers",)),
}
"""The action behind each verb and what of the form it takes. To transfer is the business of the department above."""


@require_POST
def bulk_assign(request: HttpRequest) -> HttpResponse:
    """Give the chosen cases the same officers."""
    chosen = CASES.selection(access.visible_to(request.member), request.POST)
    confirmed = "confirmed" in request.POST
    form = BulkOfficersForm(request.POST if confirmed else None, unit=request.member.unit)
    if confirmed and form.is_valid():
        given = {"cases": list(chosen.queryset), "officers": list(form.cleaned_data["officers"])}
        if attempt(form, lambda: actions.assign_cases(**given, by=request.member, at=request.at)):
            messages.success(request, _("已指派 {count} 件案件。").format(count=len(given["cases"])))
            return redirect("cases:list")
    context = {
        "form": form,
        "chosen": chosen,
        "title": _("指派所选案件?"),
        "verb": _("指派"),
        "text": _("共 {count} 件,全部办成或者全部不办。").format(count=chosen.count),
        "cancel_url": reverse("cases:list"),
    }
    return render(request, "clues/bulk.html", context, status=409 if form.errors else 200)
