"""The review page: the source and its reading side by side, each doubt decided, each mistake corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingyuan.apps.plan import access, actions
from qingyuan.apps.plan.forms import plans as forms
from qingyuan.apps.plan.queries import pages, trees
from qingyuan.apps.plan.views.plans import seen, sequence


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Source left, reading right; `?clause=` opens one clause for correction, `?doubt=` one doubt."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    parts = trees.tree(plan)
    doubts = list(trees.doubts_of(plan))
    context = {
        "plan": plan,
        "parts": parts,
        "doubts": doubts,
        "open_doubts": sum(not doubt.choice for doubt in doubts),
        "doubtful": {doubt.clause_id for doubt in doubts if not doubt.choice},
        "pieces": pages.marked_source(plan.text, parts, doubts),
        "unresolved": trees.unresolved_roles(plan).count(),
        "undated": trees.undated_clauses(plan),
        "seen": sequence("plan", pk),
        "heading": forms.HeadingForm(instance=plan),
        "schedule": forms.ScheduleForm(plan=plan, parts=parts, initial={"quarter": "4"}),
        "correctable": plan.state == "draft",
        **_opened(request, plan, parts, doubts),
    }
    return render(request, "plan/review.html", context)


def _opened(request: HttpRequest, plan: Any, parts: list[Any], doubts: list[Any]) -> dict[str, Any]:
    """The forms of the one clause and the one doubt that are open for work; the first open doubt by default."""
    opened: dict[str, Any] = {}
    wanted = request.GET.get("clause", "")
    for _part, _section, _point, clause in trees.clauses_of(parts):
        if str(clause.pk) == wanted:
            opened["clause"] = clause
            opened["text_form"] = forms.TextForm(initial={"text": clause.reading})
            opened["split_form"] = forms.SplitForm()
            opened["add_form"] = forms.RoleForm(region=plan.region, prefix="new")
            opened["role_forms"] = [
                (
                    role,
                    forms.RoleForm(
                        region=plan.region,
                        required=not role.collective,
                        prefix=f"role{role.pk}",
                        initial={"unit": role.unit_id, "role": role.role},
                    ),
                )
                for role in clause.roles.all()
            ]
    asked = request.GET.get("doubt", "")
    waiting = [doubt for doubt in doubts if not doubt.choice]
    opened["doubt"] = next((d for d in waiting if str(d.pk) == asked), waiting[0] if waiting else None)
    if opened["doubt"]:
        initial = {"unit": opened["doubt"].unit_role.unit_id if opened["doubt"].unit_role else None}
        opened["doubt_form"] = forms.DoubtForm(region=plan.region)
        opened["doubt_about_unit"] = opened["doubt"].unit_role is not None and not initial["unit"]
    return opened


def _back(pk: int, clause: int | None = None, *, keep_open: bool = False) -> HttpResponse:
    address = reverse("plan:plan-review", args=[pk])
    if clause is None:
        return redirect(address)
    return redirect(
        f"{address}?clause={clause}#clause-{clause}" if keep_open else f"{address}#clause-{clause}"
    )


def _told(request: HttpRequest, form: Any) -> None:
    """Show what is wrong with a small form; its page is the review itself."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label} {' '.join(errors)}".strip())


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.member, "at": request.at, "seen": seen(request)}


@require_POST
def heading(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct title, number and year."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    form = forms.HeadingForm(request.POST, instance=plan)
    if form.is_valid():
        actions.change_plan_heading(plan=plan, **form.cleaned_data, **_acting(request))
    _told(request, form)
    return _back(pk)


@require_POST
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Set due days."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    form = forms.ScheduleForm(request.POST, plan=plan, parts=trees.tree(plan))
    if form.is_valid():
        count = actions.set_schedule(
            plan=plan,
            due_on=form.cleaned_data["due_on"],
            clauses=trees.clauses_in_part(plan, form.cleaned_data["part"]),
            by=request.member,
            at=request.at,
        )
        messages.success(request, _("已为{count}个分项设定完成时限。").format(count=count))
    _told(request, form)
    return _back(pk)


@require_POST
def doubt_resolve(request: HttpRequest, pk: int, doubt: int) -> HttpResponse:
    """Decide one doubt; the page then opens the next."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    form = forms.DoubtForm(request.POST, region=plan.region)
    if form.is_valid():
        actions.resolve_doubt(doubt=trees.doubt_in(plan, doubt), **form.cleaned_data, **_acting(request))
    _told(request, form)
    return _back(pk)


@require_POST
def clause_correct(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """Correct a clause's words."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    form = forms.TextForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"].replace("\r\n", "\n")
        actions.correct_clause(clause=trees.clause_in(plan, clause), text=text, **_acting(request))
    _told(request, form)
    return _back(pk, clause)


@require_POST
def clause_split(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """Cut a clause in two."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    form = forms.SplitForm(request.POST)
    if form.is_valid():
        head = form.cleaned_data["head"].replace("\r\n", "\n")
        actions.split_clause(clause=trees.clause_in(plan, clause), head=head, **_acting(request))
    _told(request, form)
    return _back(pk, clause)


@require_POST
def clause_merge(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """Join a clause with the next."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    actions.merge_clauses(clause=trees.clause_in(plan, clause), **_acting(request))
    return _back(pk, clause)


@require_POST
def role_add(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """Name one more unit."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    form = forms.RoleForm(request.POST, region=plan.region, prefix="new")
    if form.is_valid():
        actions.add_unit_role(clause=trees.clause_in(plan, clause), **form.cleaned_data, **_acting(request))
    _told(request, form)
    return _back(pk, clause, keep_open=True)


@require_POST
def role_change(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """Change a name's unit or role."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    unit_role = trees.role_in(plan, role)
    form = forms.RoleForm(
        request.POST, region=plan.region, required=not unit_role.collective, prefix=f"role{role}"
    )
    if form.is_valid():
        actions.change_unit_role(unit_role=unit_role, **form.cleaned_data, **_acting(request))
    _told(request, form)
    return _back(pk, unit_role.clause_id, keep_open=True)


@require_POST
def role_remove(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """Take a name out."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    unit_role = trees.role_in(plan, role)
    actions.remove_unit_role(unit_role=unit_role, **_acting(request))
    return _back(pk, unit_role.clause_id, keep_open=True)


@require_POST
def point_mark(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Leave a point of last year out, or take it in again."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    dropped = request.POST.get("dropped") == "1"
    actions.mark_point(point=trees.point_in(plan, point), dropped=dropped, **_acting(request))
    return _back(pk)


@require_POST
def point_add(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Add a point to a section and open it, so that its units can be named."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    form = forms.TextForm(request.POST)
    if not form.is_valid():
        _told(request, form)
        return _back(pk)
    text = form.cleaned_data["text"]
    point = actions.add_point(section=trees.section_in(plan, section), text=text, **_acting(request))
    return _back(pk, point.clauses.get().pk, keep_open=True)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the reading is right."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    actions.finish_review(plan=plan, **_acting(request))
    messages.success(request, _("校核完成。通过后分解成任务。"))
    return _back(pk)


@require_POST
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt the plan and make its tasks."""
    plan = get_object_or_404(access.visible_to(request.member), pk=pk)
    access.require_office(request.member)
    plan = actions.adopt_plan(plan=plan, **_acting(request))
    messages.success(request, _("工作要点已通过，已分解成{count}项任务。").format(count=plan.tasks.count()))
    return redirect("plan:plan", pk)
