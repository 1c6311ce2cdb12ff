"""Units and members."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from qingyuan.apps.agencies import access, actions, queries
from qingyuan.apps.agencies.forms import MemberForm, NewMemberForm, NewUnitForm, ReasonForm, UnitForm
from qingyuan.apps.ledger.queries import shown_timeline
from qingyuan.ui.listing import Boolean, Column, Empty, Listing, respond
from qingyuan.ui.shapes import Fact

UNITS = Listing(
    key="agencies.units",
    columns=(
        Column("short_name", gettext_lazy("单位"), sort="code", priority=1),
        Column("name", gettext_lazy("全称")),
        Column("kind", gettext_lazy("类别"), value=lambda unit: unit.get_kind_display()),
        Column("region", gettext_lazy("区划"), value="region.name"),
    ),
    default_sort="short_name",
    filters=(Boolean("active", gettext_lazy("在用")),),
    search=lambda units, text: units.filter(name__contains=text),
    search_hint=gettext_lazy("单位名称"),
    row_url=lambda unit: reverse("agencies:unit", args=[unit.pk]),
)
MEMBERS = Listing(
    key="agencies.members",
    columns=(
        Column("name", gettext_lazy("姓名"), sort="username", priority=1),
        Column("username", gettext_lazy("登录名")),
        Column("unit", gettext_lazy("单位"), value="unit.short_name"),
        Column("roles", gettext_lazy("角色"), value=lambda member: "、".join(role_words(member))),
        Column("active", gettext_lazy("状态"), value=lambda m: _("在用") if m.is_active else _("已停用")),
    ),
    default_sort="name",
    filters=(Boolean("is_active", gettext_lazy("在用")),),
    search=lambda members, text: members.filter(name__contains=text),
    search_hint=gettext_lazy("姓名"),
    row_url=lambda member: reverse("agencies:member", args=[member.pk]),
    empty=Empty(gettext_lazy("还没有人员"), gettext_lazy("先增加一名人员,再分配角色。")),
)


def role_words(member: object) -> list[str]:
    """Return a member's roles in words."""
    return [str(word) for word in queries.role_labels(member.roles)]  # type: ignore[attr-defined]


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """All units of the leading group and those that work with it."""
    page = UNITS.page(access.units_visible_to(request.member), request.GET, request.path)
    context = {"may_add": request.member.has_role("administrator")}
    return respond(request, page, "agencies/units.html", context)


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: names it goes by, and its people."""
    unit = get_object_or_404(access.units_visible_to(request.member), pk=pk)
    facts = [
        Fact(_("全称"), unit.name),
        Fact(_("代码"), unit.code),
        Fact(_("类别"), unit.get_kind_display()),
        Fact(_("区划"), unit.region.name),
        Fact(_("别名"), "、".join(unit.aliases)),
        Fact(_("成员单位,自"), queries.member_since(unit)),
    ]
    people = [(each.name, "、".join(role_words(each))) for each in queries.colleagues(unit)]
    context = {
        "unit": unit,
        "facts": facts,
        "people": people,
        "may_change": request.member.has_role("administrator"),
        "events": shown_timeline("unit", pk),
    }
    return render(request, "agencies/unit.html", context)


@require_http_methods(["GET", "POST"])
def unit_add(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    form = NewUnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unit = actions.add_unit(**form.changes(), by=request.member.actor, at=request.at)
        messages.success(request, _("已设立{unit}。").format(unit=unit.short_name))
        return redirect("agencies:unit", pk=unit.pk)
    context = {
        "form": form,
        "title": _("增加单位"),
        "verb": _("增加"),
        "cancel_url": reverse("agencies:units"),
    }
    return render(request, "agencies/form.html", context)


@require_http_methods(["GET", "POST"])
def unit_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a unit, or end it."""
    unit = get_object_or_404(access.units_visible_to(request.member), pk=pk)
    form = UnitForm(request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid():
        actions.change_unit(unit=unit, **form.changes(), by=request.member.actor, at=request.at)
        messages.success(request, _("已保存{unit}的变更。").format(unit=unit.short_name))
        return redirect("agencies:unit", pk=pk)
    context = {
        "form": form,
        "title": unit.short_name,
        "cancel_url": reverse("agencies:unit", args=[pk]),
    }
    return render(request, "agencies/form.html", context)


@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """Everybody with an account."""
    page = MEMBERS.page(access.members_visible_to(request.member), request.GET, request.path)
    return respond(request, page, "agencies/members.html")


@require_GET
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member: roles, reach, open work, history."""
    person = get_object_or_404(access.members_visible_to(request.member), pk=pk)
    facts = [
        Fact(_("登录名"), person.username),
        Fact(_("单位"), person.unit.name),
        Fact(_("角色"), "、".join(role_words(person))),
        Fact(_("数据范围"), person.get_reach_display()),
        Fact(_("可阅密级"), person.clearance),
        Fact(_("状态"), _("在用") if person.is_active else _("已停用")),
        Fact(_("名下未结工作"), _("{count} 件").format(count=sum(queries.open_work(person).values()))),
    ]
    context = {"person": person, "facts": facts, "events": shown_timeline("member", pk)}
    return render(request, "agencies/member.html", context)


@require_http_methods(["GET", "POST"])
def member_add(request: HttpRequest) -> HttpResponse:
    """Add a member."""
    form = NewMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = actions.add_member(**form.changes(), by=request.member.actor, at=request.at)
        messages.success(request, _("已增加{name}。请当面告知登录名和初始密码。").format(name=person.name))
        return redirect("agencies:member", pk=person.pk)
    context = {
        "form": form,
        "title": _("增加人员"),
        "verb": _("增加"),
        "cancel_url": reverse("agencies:members"),
    }
    return render(request, "agencies/form.html", context)


@require_http_methods(["GET", "POST"])
def member_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a member's unit, roles, reach or clearance."""
    person = get_object_or_404(access.members_visible_to(request.member), pk=pk)
    form = MemberForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        actions.change_member(member=person, **form.changes(), by=request.member.actor, at=request.at)
        messages.success(request, _("已保存{name}的变更。").format(name=person.name))
        return redirect("agencies:member", pk=pk)
    context = {"form": form, "title": person.name, "cancel_url": reverse("agencies:member", args=[pk])}
    return render(request, "agencies/form.html", context)


@require_http_methods(["GET", "POST"])
def member_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """End a member's access."""
    person = get_object_or_404(access.members_visible_to(request.member), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.deactivate_member(
            member=person, reason=form.cleaned_data["reason"], by=request.member.actor, at=request.at
        )
        messages.success(request, _("{name}的账号已停用,接口令牌一并失效。").format(name=person.name))
        return redirect("agencies:member", pk=pk)
    context = {
        "form": form,
        "title": _("停用{name}的账号").format(name=person.name),
        "verb": _("停用"),
        "cancel_url": reverse("agencies:member", args=[pk]),
    }
    return render(request, "agencies/form.html", context)
