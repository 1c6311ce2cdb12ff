"""What people fill in for intake."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyuan.apps.agencies.models import Member, Unit, UnitKind
from qingyuan.apps.agencies.queries import active_units, colleagues
from qingyuan.apps.intake.actions import Answers, Incoming, Paper
from qingyuan.apps.intake.models import Matter, MatterKind, Port, RoutingRule
from qingyuan.apps.intake.queries.sealing import Sender
from qingyuan.apps.registry.actions import PartyFacts
from qingyuan.domain.transitions import Choice
from qingyuan.law.rules import Ground

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
"""The one spelling in which a browser's date field takes a value."""


def _unit_field(**options: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(queryset=active_units(), to_field_name="code", **options)


class LetterForm(forms.Form):
    """登记来件. What the sender says of themselves is sealed on saving."""

    port = forms.ChoiceField(label=gettext_lazy("来源渠道"), choices=Port.choices)
    source_number = forms.CharField(
        label=gettext_lazy("来源编号"), max_length=80, required=False,
        help_text=gettext_lazy("12315、12345 或者转来单位的编号;没有可以不填。"),
    )  # fmt: skip
    received_at = forms.DateTimeField(
        label=gettext_lazy("收到时间"), widget=MOMENT,
        help_text=gettext_lazy("期限从收到的次日起算。"),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("类别"), choices=MatterKind.choices, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("既要求赔偿又反映违法的,同时勾选投诉和举报,分别计时。"),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("标题"), max_length=60, required=False)
    text = forms.CharField(
        label=gettext_lazy("内容"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    goods = forms.CharField(label=gettext_lazy("商品或者服务"), max_length=120, required=False)
    party_name = forms.CharField(label=gettext_lazy("被投诉举报主体"), max_length=120, required=False)
    party_code = forms.CharField(label=gettext_lazy("统一社会信用代码"), max_length=18, required=False)
    party_address = forms.CharField(label=gettext_lazy("主体地址"), max_length=200, required=False)
    platform = forms.CharField(label=gettext_lazy("平台"), max_length=80, required=False)
    place = forms.CharField(label=gettext_lazy("发生地点"), max_length=200, required=False)
    unit = _unit_field(
        label=gettext_lazy("承办单位"), required=False, empty_label=gettext_lazy("按分流规则"),
    )  # fmt: skip
    sender_name = forms.CharField(
        label=gettext_lazy("来件人姓名"), max_length=60, required=False,
        help_text=gettext_lazy("保存时加密,列表、检索、导出和日志里都没有。"),
    )  # fmt: skip
    sender_phone = forms.CharField(label=gettext_lazy("来件人电话"), max_length=40, required=False)
    sender_address = forms.CharField(label=gettext_lazy("来件人地址"), max_length=200, required=False)
    sender_id = forms.CharField(label=gettext_lazy("来件人证件号码"), max_length=40, required=False)

    def sender(self) -> Sender:
        """Return who sent it."""
        given = self.cleaned_data
        return Sender(*(given.get(f"sender_{part}", "") for part in ("name", "phone", "address", "id")))

    def incoming(self) -> Incoming:
        """Return the letter as the action takes it."""
        given = self.cleaned_data
        name = given["party_name"].strip()
        return Incoming(
            port=given["port"],
            text=given["text"],
            kinds=tuple(given["kinds"]),
            received_at=given["received_at"],
            title=given["title"],
            source_number=given["source_number"],
            goods=given["goods"],
            platform=given["platform"],
            place=given["place"],
            respondent=PartyFacts(name, address=given["party_address"], credit_code=given["party_code"])
            if name
            else None,
            sender=self.sender(),
            unit=given["unit"],
        )


class StepForm(forms.Form):
    """A step of a workflow, asking for exactly what the lawbook's edge requires and is not there yet."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, choice: Choice, facts: dict[str, bool], grounds: tuple[Ground, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choice = choice
        self.asked_papers: list[str] = []
        for item in choice.requires:
            if item.must_be and not facts.get(item.id):
                self._ask(item.id, item.kind, item.label, grounds)
        if choice.verb == "answer":
            self.fields["notice"] = forms.CharField(label=_("答复内容"), widget=forms.Textarea)
        elif choice.reason_required and not grounds:
            self.fields["reason"] = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}))

    def _ask(self, id: str, kind: str, label: str, grounds: tuple[Ground, ...]) -> None:
        if id in ("refusal_ground", "termination_ground"):
            if grounds:
                options = [(ground.id, f"{ground.text}({ground.citation.text})") for ground in grounds]
                self.fields["ground"] = forms.ChoiceField(
                    label=label, choices=options, widget=forms.RadioSelect
                )
        elif id == "refusal_notice":
            self.fields["notice"] = forms.CharField(
                label=label, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("照此发给投诉人。")
            )
        elif id == "competent_unit":
            self.fields["unit"] = _unit_field(label=label)
        elif id in ("clue_number", "case_number", "earlier_report"):
            self.fields["reference"] = forms.CharField(label=label, max_length=60)
        elif kind == "document":
            self.asked_papers.append(id)
            self.fields[f"paper_{id}"] = forms.FileField(label=label)
        elif id not in ("assignees",):
            self.fields[f"held_{id}"] = forms.BooleanField(label=label)

    def answers(self) -> Answers:
        """Return what was filled in as the action takes it."""
        given = self.cleaned_data
        papers = [(id, given.get(f"paper_{id}")) for id in self.asked_papers]
        return Answers(
            held=frozenset(
                name.removeprefix("held_") for name in given if name.startswith("held_") and given[name]
            ),
            papers=tuple(Paper(id, file.name, file.read()) for id, file in papers if file),
            reason=given.get("reason", ""),
            ground=given.get("ground", ""),
            notice=given.get("notice", ""),
            unit=given.get("unit"),
            reference=given.get("reference", ""),
        )


class ReasonForm(forms.Form):
    """A reason, for what must not happen without one."""

    reason = forms.CharField(label=gettext_lazy("理由"), widget=forms.Textarea(attrs={"rows": 2}))


class AssignForm(forms.Form):
    """分派."""

    unit = _unit_field(label=gettext_lazy("承办单位"))
    handler = forms.ModelChoiceField(
        label=gettext_lazy("承办人"), queryset=Member.objects.none(), required=False,
        empty_label=gettext_lazy("由单位指定"),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = colleagues(member.unit)
        if not member.has_role("coordinator"):
            self.fields["unit"].queryset = Unit.objects.filter(pk=member.unit_id)
            self.fields["unit"].initial = member.unit.code
            self.fields["unit"].empty_label = None


class SplitForm(forms.Form):
    """分出另一事项."""

    kind = forms.ChoiceField(label=gettext_lazy("分出"), choices=MatterKind.choices)

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [pair for pair in MatterKind.choices if pair[0] != matter.kind]


class JoinForm(ReasonForm):
    """并案."""

    to = forms.CharField(label=gettext_lazy("并入(登记编号)"), max_length=30)
    field_order = ("to", "reason")


class NoticeForm(forms.Form):
    """告知: the text as it goes to the reporter."""

    notice = forms.CharField(
        label=gettext_lazy("告知内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AttachForm(forms.Form):
    """上传附件."""

    file = forms.FileField(label=gettext_lazy("附件"))


class RoutingRuleForm(forms.Form):
    """分流规则."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    unit = _unit_field(label=gettext_lazy("送往单位"))
    priority = forms.IntegerField(
        label=gettext_lazy("优先级(1 最先)"), min_value=1, max_value=999, initial=100
    )
    words = forms.CharField(label=gettext_lazy("内容含有(任一词,用空格分开)"), required=False)
    without = forms.CharField(label=gettext_lazy("内容不含(用空格分开)"), required=False)
    goods = forms.CharField(label=gettext_lazy("商品"), required=False)
    platforms = forms.CharField(label=gettext_lazy("平台"), required=False)
    regions = forms.CharField(label=gettext_lazy("行政区划代码"), required=False)
    sources = forms.MultipleChoiceField(
        label=gettext_lazy("来源渠道"),
        choices=Port.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    power = forms.ChoiceField(
        label=gettext_lazy("接收单位须属于"),
        choices=[("", gettext_lazy("不限")), *UnitKind.choices],
        required=False,
    )
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200, required=False)
    active = forms.BooleanField(label=gettext_lazy("启用"), required=False, initial=True)

    LISTS = ("words", "without", "goods", "platforms", "regions")

    @classmethod
    def initial_of(cls, rule: RoutingRule) -> dict[str, Any]:
        """Return what the form shows of a rule."""
        lists = {name: " ".join(rule.conditions.get(name, ())) for name in cls.LISTS}
        return {
            **lists,
            "sources": rule.conditions.get("sources", ()),
            "power": rule.conditions.get("power", ""),
            "name": rule.name,
            "unit": rule.unit.code,
            "priority": rule.priority,
            "basis": rule.basis,
            "active": rule.active,
        }

    def conditions(self) -> dict[str, Any]:
        """Return the conditions as the rule keeps them."""
        given = self.cleaned_data
        return {
            **{name: given[name].split() for name in self.LISTS},
            "sources": given["sources"],
            "power": given["power"],
        }
