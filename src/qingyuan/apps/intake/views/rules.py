"""Routing rules: list with conflicts, add, change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingyuan.apps.intake import access, actions
from qingyuan.apps.intake.forms import RoutingRuleForm
from qingyuan.apps.intake.queries import routes
from qingyuan.apps.ledger.queries import shown_timeline
from qingyuan.domain.decision import RefusedError

CONDITIONS = (
    ("words", "内容含有"),
    ("without", "内容不含"),
    ("goods", "商品"),
    ("platforms", "平台"),
    ("regions", "区划"),
    ("sources", "来源"),
)


def _words(rule: Any) -> str:
    parts = [
        f"{label}:{'、'.join(rule.conditions[key])}" for key, label in CONDITIONS if rule.conditions.get(key)
    ]
    return ";".join(parts)


@require_GET
def routing_rules(request: HttpRequest) -> HttpResponse:
    """分流规则 in the order they are asked, and where they clash."""
    rules = [(rule, _words(rule)) for rule in access.routing_rules_visible_to(request.member)]
    context = {
        "rules": rules,
        "conflicts": routes.rule_conflicts(),
        "may_change": access.URLS["intake:routing-rule-add"].admits(request.member),
    }
    return render(request, "intake/routing_rules.html", context)


@require_GET
def routing_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule with its history."""
    rule = get_object_or_404(access.routing_rules_visible_to(request.member), pk=pk)
    context = {
        "rule": rule,
        "words": _words(rule),
        "events": shown_timeline("routing-rule", pk),
        "may_change": access.URLS["intake:routing-rule-change"].admits(request.member),
    }
    return render(request, "intake/routing_rule.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Add a rule, or change one."""
    rule = get_object_or_404(access.routing_rules_visible_to(request.member), pk=pk) if pk else None
    form = RoutingRuleForm(request.POST or None, initial=RoutingRuleForm.initial_of(rule) if rule else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_routing_rule(
                rule=rule,
                conditions=form.conditions(),
                by=request.member,
                at=request.at,
                **{name: given[name] for name in ("name", "unit", "priority", "active", "basis")},
            )
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("规则已保存,从下一件来件起生效。"))
            return redirect("intake:routing-rules")
    title = _("变更分流规则") if rule else _("增加分流规则")
    context = {"form": form, "title": title, "verb": _("保存"), "cancel_url": reverse("intake:routing-rules")}
    return render(request, "intake/form.html", context, status=409 if form.is_bound else 200)
