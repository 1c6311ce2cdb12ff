"""The steps of a task or 督办件: one page asks what the step needs, the action decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from qingyuan.apps.ledger.queries import book
from qingyuan.apps.plan import access, actions
from qingyuan.apps.plan.forms import plans as plan_forms
from qingyuan.apps.plan.forms import work as forms
from qingyuan.apps.plan.queries import work as queries
from qingyuan.apps.plan.views.plans import seen, sequence
from qingyuan.domain.transitions import available_verbs

DOORS = {"task": access.tasks_visible_to, "supervision": access.supervisions_visible_to}
BEARERS_OWN = frozenset({"sign", "report", "return"})
"""Steps that only the unit itself takes; the rest are the office's."""


@dataclass(frozen=True)
class Step:
    """A step: its words, the form it asks with, and how the form's values reach the action."""

    words: Any
    act: Callable[..., Any]
    form: type[django_forms.Form] | None = None
    argument: str = "work"
    watches: bool = False
    """The action takes `seen` and refuses when somebody else wrote meanwhile."""


STEPS: dict[str, Step] = {
    "sign": Step(gettext_lazy("签收"), actions.sign, watches=True),
    "report": Step(gettext_lazy("反馈进展"), actions.report, forms.ReportForm, watches=True),
    "urge": Step(gettext_lazy("催办"), actions.urge, forms.UrgeForm),
    "reject": Step(gettext_lazy("退回续办"), actions.reject, plan_forms.ReasonForm),
    "complete": Step(gettext_lazy("认定办结"), actions.complete, watches=True),
    "extend": Step(gettext_lazy("调整办结时限"), actions.extend, forms.ExtendForm),
    "cancel": Step(gettext_lazy("撤销"), actions.cancel, plan_forms.ReasonForm),
    "assign": Step(gettext_lazy("交办"), actions.assign, forms.AssignForm, "supervision"),
    "return": Step(
        gettext_lazy("退回重新交办"), actions.return_to_office, plan_forms.ReasonForm, "supervision"
    ),
    "archive": Step(gettext_lazy("归档"), actions.archive, None, "supervision"),
}


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, kind: str, verb: str) -> HttpResponse:
    """Ask for what a step needs, then take it."""
    work = get_object_or_404(DOORS[kind](request.member), pk=pk)
    if verb in BEARERS_OWN:
        access.require_bearer(work, request.member)
    else:
        access.require_office(request.member)
    chosen = STEPS[verb]
    form = _form(request, chosen, work)
    if request.method == "POST" and (form is None or form.is_valid()):
        values = _values(form) if form else {}
        watched = {"seen": seen(request)} if chosen.watches else {}
        chosen.act(**{chosen.argument: work}, by=request.member, at=request.at, **values, **watched)
        messages.success(request, _("已办：{words}。").format(words=chosen.words))
        return redirect(f"plan:{kind}", pk)
    context = {
        "form": form,
        "work": work,
        "title": chosen.words,
        "verb": chosen.words,
        "multipart": verb == "report",
        "hidden": (("seen", sequence(kind, pk)),),
        "cancel_url": reverse(f"plan:{kind}", args=[pk]),
        "light": queries.light_of(work, at=request.at),
    }
    return render(request, "plan/step.html", context)


def _form(request: HttpRequest, chosen: Step, work: Any) -> Any:
    if chosen.form is None:
        return None
    extra = {"region": work.region} if chosen.form is forms.AssignForm else {}
    initial = {"percent": work.percent} if chosen.form is forms.ReportForm else None
    return chosen.form(request.POST or None, request.FILES or None, initial=initial, **extra)


def _values(form: Any) -> dict[str, Any]:
    """The form's values as the action takes them; uploaded files become (name, content)."""
    values = dict(form.cleaned_data)
    if isinstance(form, forms.ReportForm):
        values["evidence"] = [(file.name, file.read()) for file in values["evidence"]]
        values["result"] = (values["result"].name, values["result"].read()) if values["result"] else None
    return values


@dataclass(frozen=True)
class Offer:
    """A step as a button: its words, its page, and what still stands against it."""

    words: Any
    url: str
    missing: tuple[str, ...] = ()
    tone: str = ""


def offers(request: HttpRequest, work: Any) -> list[Offer]:
    """Return the steps this member may take now, each with what it still lacks."""
    kind, member = work.subject_kind, request.member
    own = member.unit_id == work.unit_id
    # What the person hands in on the step's own page is not missing yet.
    facts = {"progress": True, "due": True, "responsible_person": True, "responsible_unit": True}
    facts |= {**queries.documents_in(work), "task_notice": True}
    choices = available_verbs(book().workflow("supervised-task"), work.state, member.roles, facts)
    found = []
    for choice in choices:
        name = f"plan:{kind}-{choice.verb}"
        if choice.verb not in STEPS or name not in access.URLS:
            continue
        if (choice.verb in BEARERS_OWN) != own and not (own and member.has_role("coordinator")):
            continue
        missing = () if choice.decision.allowed else tuple(r.text for r in choice.decision.reasons)
        tone = "primary" if choice.verb in ("sign", "report", "complete", "assign") else ""
        found.append(Offer(STEPS[choice.verb].words, reverse(name, args=[work.pk]), missing, tone))
    return found
