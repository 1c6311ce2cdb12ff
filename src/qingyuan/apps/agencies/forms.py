"""Forms of the agencies department."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.agencies import queries
from qingyuan.apps.agencies.models import Member, Role, Unit


class UnitForm(forms.ModelForm):
    """A unit's names, its line of government, and since when it belongs to the leading group."""

    aliases = forms.CharField(
        label=_("别名"),
        required=False,
        help_text=_("工作要点里可能出现的其他写法,用顿号隔开。读取工作要点时据此认出单位。"),
    )
    member_since = forms.DateField(
        label=_("成员单位,自"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("留空表示不是领导小组成员单位。“领导小组有关成员单位”按这个日期认定。"),
    )

    class Meta:
        model = Unit
        fields = ("name", "short_name", "kind", "region", "parent", "active")
        labels = {  # noqa: RUF012
            "name": _("全称"),
            "short_name": _("简称"),
            "kind": _("类别"),
            "region": _("区划"),
            "parent": _("上级单位"),
            "active": _("在用"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = queries.active_units()
        if self.instance.pk:
            self.fields["aliases"].initial = "、".join(self.instance.aliases)
            self.fields["member_since"].initial = queries.member_since(self.instance)

    def clean_aliases(self) -> list[str]:
        """Return the aliases one by one, each once, in the order written."""
        written = str(self.cleaned_data["aliases"]).replace(",", "、").replace("，", "、")
        return list(dict.fromkeys(part.strip() for part in written.split("、") if part.strip()))

    def changes(self) -> dict[str, Any]:
        """Return the form's values as the actions take them."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "aliases", "member_since")}


class NewUnitForm(UnitForm):
    """A new unit, with its code."""

    code = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]{1,38}$",
        label=_("代码"),
        help_text=_("小写字母、数字和横线,建好后不能更改。写入台账和接口。"),
    )
    field_order = ("code", "name", "short_name", "kind", "region", "parent", "aliases", "member_since")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["active"]

    def clean_code(self) -> str:
        """Refuse a taken code."""
        code = str(self.cleaned_data["code"])
        if Unit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("这个代码已有单位使用,请换一个。"))
        return code

    def changes(self) -> dict[str, Any]:
        """Return the form's values as `actions.add_unit` takes them."""
        names = ("code", "name", "short_name", "kind", "region", "parent", "aliases", "member_since")
        return {name: self.cleaned_data[name] for name in names}


class MemberForm(forms.ModelForm):
    """A member's name, unit, roles, reach and clearance."""

    roles = forms.MultipleChoiceField(
        label=_("角色"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("按岗位勾选,可多选。"),
    )

    class Meta:
        model = Member
        fields = ("name", "unit", "roles", "reach", "clearance")
        labels = {  # noqa: RUF012
            "name": _("姓名"),
            "unit": _("单位"),
            "reach": _("数据范围"),
            "clearance": _("可阅密级"),
        }
        help_texts = {"clearance": _("0 公开内部,1 内部敏感,2 秘密。")}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.active_units()

    def changes(self) -> dict[str, Any]:
        """Return the form's values as `actions.change_member` takes them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewMemberForm(MemberForm):
    """A new member, with the user name and the first password."""

    username = forms.CharField(
        label=_("登录名"), max_length=60, help_text=_("登录时使用,建好后不能更改。字母、数字、点、横线。")
    )
    password = forms.CharField(
        label=_("初始密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 位。请本人首次登录后立即修改。"),
    )
    field_order = ("username", "password", "name", "unit", "roles", "reach", "clearance")

    def clean_username(self) -> str:
        """Refuse a taken name, whatever its case."""
        username = str(self.cleaned_data["username"]).strip()
        if username.lower() in queries.RESERVED_NAMES:
            raise forms.ValidationError(_("这个登录名由系统使用,请换一个。"))
        if Member.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("这个登录名已有人使用,请换一个。"))
        return username

    def clean_password(self) -> str:
        """Apply the installation's password rules."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password

    def changes(self) -> dict[str, Any]:
        """Return the form's values as `actions.add_member` takes them."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "username", "password")}


class ReasonForm(forms.Form):
    """A reason, always needed."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写入台账,不能更改。"),
    )


class _ColleagueForm(ReasonForm):
    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = queries.colleagues(member.unit)
                if name == "delegate":
                    field.queryset = field.queryset.exclude(pk=member.pk)


class DelegationForm(_ColleagueForm):
    """To whom, from when to when, why."""

    delegate = forms.ModelChoiceField(label=_("受托人"), queryset=Member.objects.none())
    since = forms.DateTimeField(
        label=_("开始"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    until = forms.DateTimeField(
        label=_("结束"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    field_order = ("delegate", "since", "until", "reason")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if isinstance(since, datetime) and isinstance(until, datetime) and until <= since:
            self.add_error("until", _("结束时间必须晚于开始时间。"))
        return data


class HandOverForm(_ColleagueForm):
    """From whom, to whom, why."""

    giver = forms.ModelChoiceField(label=_("移交人"), queryset=Member.objects.none())
    receiver = forms.ModelChoiceField(label=_("接收人"), queryset=Member.objects.none())
    field_order = ("giver", "receiver", "reason")

    def clean(self) -> dict[str, Any]:
        """Refuse a hand-over to oneself."""
        data = super().clean() or {}
        if data.get("giver") and data.get("giver") == data.get("receiver"):
            self.add_error("receiver", _("接收人不能是移交人本人。"))
        return data


class TokenForm(forms.Form):
    """What a token is for."""

    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("例如:12345 热线平台每日推送"))


class SavedFilterForm(forms.Form):
    """The name of a list's filter."""

    name = forms.CharField(label=_("名称"), max_length=40)
    shared = forms.BooleanField(label=_("与本单位共享"), required=False)
