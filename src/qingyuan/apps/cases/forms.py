"""Forms of the cases department."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyuan.apps.agencies import queries as agencies
from qingyuan.apps.agencies.models import Role, Unit
from qingyuan.apps.cases import actions, queries
from qingyuan.apps.cases.models import Case, Decision, EarlierPunishment, Evidence, Goods, Mark, MoneyEntry
from qingyuan.apps.clues.forms import SeenForm
from qingyuan.apps.clues.queries import STATED as FILING
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.registry.models import Party

UNKNOWN = (("", gettext_lazy("尚未认定")), ("yes", gettext_lazy("是")), ("no", gettext_lazy("否")))
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def tri(label: Any) -> forms.TypedChoiceField:
    """Return a field that knows yes, no and not yet established."""
    return forms.TypedChoiceField(
        label=label, choices=UNKNOWN, required=False, coerce=lambda value: value == "yes", empty_value=None
    )


def conduct_choices() -> list[tuple[str, str]]:
    """Return each conduct the lawbook's offences punish, with the names of those offences."""
    found: dict[str, list[str]] = {}
    for offence in ledger.book().all_offences:
        for conduct in offence.conduct:
            found.setdefault(conduct, []).append(offence.label)
    return [(conduct, "、".join(names)) for conduct, names in found.items()]


class CaseForm(SeenForm):
    """What is registered of a case."""

    cause = forms.CharField(label=gettext_lazy("案由"), max_length=120)
    party_name = forms.CharField(label=gettext_lazy("当事人"), max_length=120)
    party_kind = forms.ChoiceField(label=gettext_lazy("当事人类别"), choices=Party.Kind.choices)
    party_code = forms.CharField(label=gettext_lazy("统一社会信用代码"), max_length=18, required=False)
    party_address = forms.CharField(label=gettext_lazy("地址"), max_length=200, required=False)
    party_head = forms.CharField(
        label=gettext_lazy("法定代表人(负责人、经营者)"), max_length=60, required=False
    )
    facts = forms.CharField(label=gettext_lazy("违法事实"), widget=forms.Textarea(attrs={"rows": 6}))
    conduct = forms.MultipleChoiceField(
        label=gettext_lazy("可能涉及的罪名"),
        required=False,
        choices=conduct_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("勾选后只对照这些罪名的追诉标准;都不勾选则全部对照。"),
    )

    def case_facts(self) -> actions.CaseFacts:
        """Return the values as the actions take them."""
        values = {name: self.cleaned_data[name] for name in actions.CaseFacts.__dataclass_fields__}
        return actions.CaseFacts(**{**values, "conduct": tuple(values["conduct"])})


def officer_field(unit: Unit) -> forms.ModelMultipleChoiceField:
    """Return the choice of officers of a unit."""
    people = agencies.colleagues(unit).filter(roles__overlap=[str(Role.OFFICER), str(Role.LEADER)])
    return forms.ModelMultipleChoiceField(
        label=_("承办人员"), queryset=people, widget=forms.CheckboxSelectMultiple, help_text=_("两名以上。")
    )


class FileForm(CaseForm):
    """A clue becomes a case: also who works on it, and the conditions the person states."""

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"] = officer_field(unit)
        for name, label in FILING.items():
            self.fields[f"stated__{name}"] = forms.BooleanField(label=_(label), required=False)

    def stated(self) -> set[str]:
        """Return the conditions stated."""
        return {name for name in FILING if self.cleaned_data[f"stated__{name}"]}


class OfficersForm(SeenForm):
    """Who works on a case."""

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"] = officer_field(unit)


class _Part(SeenForm):
    """Something entered into a case: `make` writes it."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        for name, rows in (("mark", case.marks), ("goods", case.goods)):
            if name in self.fields:
                self.fields[name].queryset = rows.all()

    def values(self, kind: type) -> Any:
        """Return the fields as a dataclass of the actions."""
        names = [name for name in kind.__dataclass_fields__ if name in self.cleaned_data]
        return kind(**{name: self.cleaned_data[name] for name in names})


class MarkForm(_Part):
    """涉案标识."""

    title = gettext_lazy("登记涉案标识")
    right = forms.ChoiceField(label=gettext_lazy("权利类别"), choices=Mark.Right.choices)
    name = forms.CharField(label=gettext_lazy("标识名称"), max_length=80)
    owner = forms.CharField(label=gettext_lazy("权利人"), max_length=120)
    registration = forms.CharField(label=gettext_lazy("注册号"), max_length=40, required=False)
    mark_class = forms.CharField(label=gettext_lazy("类别"), max_length=20, required=False)
    relation = forms.ChoiceField(label=gettext_lazy("与注册标识"), choices=Mark.Relation.choices)
    same_goods = tri(gettext_lazy("同一种商品或者服务"))
    source = forms.CharField(label=gettext_lazy("权属依据"), max_length=200, required=False)

    def make(self, **common: Any) -> Any:
        return actions.enter_mark(facts=self.values(actions.MarkFacts), **common)


class GoodsForm(_Part):
    """涉案物品."""

    title = gettext_lazy("登记涉案物品")
    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=Goods.Kind.choices)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    mark = forms.ModelChoiceField(label=gettext_lazy("标识"), queryset=None, required=False)
    specification = forms.CharField(label=gettext_lazy("规格型号"), max_length=80, required=False)
    quantity = forms.DecimalField(label=gettext_lazy("数量"), min_value=Decimal("0.001"), decimal_places=3)
    quantity_unit = forms.CharField(label=gettext_lazy("计量单位"), max_length=10)
    place = forms.CharField(label=gettext_lazy("查获地点"), max_length=200, required=False)
    source = forms.CharField(label=gettext_lazy("进货来源"), max_length=200, required=False)
    disposal = forms.ChoiceField(label=gettext_lazy("现状"), choices=Goods.Disposal.choices)

    def make(self, **common: Any) -> Any:
        return actions.enter_goods(facts=self.values(actions.GoodsFacts), **common)


class MoneyForm(_Part):
    """金额."""

    title = gettext_lazy("登记金额")
    measure = forms.ChoiceField(label=gettext_lazy("金额性质"), choices=MoneyEntry.MEASURES)
    form = forms.ChoiceField(label=gettext_lazy("对象"), choices=MoneyEntry.FORMS)
    goods = forms.ModelChoiceField(label=gettext_lazy("物品"), queryset=None, required=False)
    quantity = forms.DecimalField(label=gettext_lazy("数量"), min_value=0, decimal_places=3, required=False)
    quantity_unit = forms.CharField(label=gettext_lazy("计量单位"), max_length=10, required=False)
    unit_price = forms.DecimalField(
        label=gettext_lazy("单价(元)"), min_value=0, decimal_places=4, required=False
    )
    amount = forms.DecimalField(
        label=gettext_lazy("金额(元)"),
        min_value=0,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("填了数量和单价可以不填,由系统相乘;尚未查清的留空。"),
    )
    valuation = forms.ChoiceField(label=gettext_lazy("计价依据"), choices=MoneyEntry.BASES)
    act_on = forms.DateField(
        label=gettext_lazy("行为日期"), widget=DAY, help_text=gettext_lazy("连续行为填最后一天。")
    )
    note = forms.CharField(label=gettext_lazy("说明"), max_length=300, required=False)

    def make(self, **common: Any) -> Any:
        return actions.enter_money(facts=self.values(actions.MoneyFacts), **common)


class StrikeForm(MoneyForm):
    """更正金额: the reason, and the right amount or none."""

    title = gettext_lazy("更正金额")
    reason = forms.CharField(label=gettext_lazy("更正理由"), max_length=300)
    bare = forms.BooleanField(label=gettext_lazy("只冲销,不登记新的金额"), required=False)
    field_order = ("reason", "bare")

    def replacement(self) -> actions.MoneyFacts | None:
        """Return the right amount; None for a bare strike."""
        return None if self.cleaned_data["bare"] else self.values(actions.MoneyFacts)


class EvidenceForm(_Part):
    """证据."""

    title = gettext_lazy("补充证据")
    kind = forms.ChoiceField(label=gettext_lazy("证据种类"), choices=Evidence.Kind.choices)
    name = forms.CharField(label=gettext_lazy("证据名称"), max_length=120)
    origin = forms.CharField(label=gettext_lazy("来源和取得方式"), max_length=200)
    obtained_at = forms.DateTimeField(label=gettext_lazy("取得时间"), widget=MOMENT)
    obtained_by = forms.CharField(label=gettext_lazy("取证人员"), max_length=120)
    preserved = forms.BooleanField(label=gettext_lazy("先行登记保存"), required=False)
    upload = forms.FileField(label=gettext_lazy("证据文件"), required=False)

    def make(self, *, attachment: Any = None, **common: Any) -> Any:
        facts = self.values(actions.EvidenceFacts)
        return actions.add_evidence(
            facts=actions.EvidenceFacts(**{**vars(facts), "attachment": attachment}), **common
        )


class PunishmentForm(_Part):
    """以往处罚."""

    title = gettext_lazy("登记以往处罚")
    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=EarlierPunishment.Kind.choices)
    decided_on = forms.DateField(label=gettext_lazy("生效日期"), widget=DAY)
    authority = forms.CharField(label=gettext_lazy("作出机关"), max_length=80)
    cause = forms.CharField(label=gettext_lazy("事由"), max_length=120)
    decision_number = forms.CharField(label=gettext_lazy("文书文号"), max_length=60, required=False)
    offences = forms.MultipleChoiceField(
        label=gettext_lazy("同类罪名"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(offence.id, offence.label) for offence in ledger.book().all_offences],
    )

    def clean_offences(self) -> str:
        """Keep the ids as one text."""
        return " ".join(self.cleaned_data["offences"])

    def make(self, **common: Any) -> Any:
        return actions.enter_punishment(facts=self.values(actions.PunishmentFacts), **common)


PARTS: dict[str, type[_Part]] = {
    "mark": MarkForm,
    "goods": GoodsForm,
    "money": MoneyForm,
    "evidence": EvidenceForm,
    "punishment": PunishmentForm,
}
"""What can be entered into a case, by the word in its address."""


class TransferTestForm(SeenForm):
    """What the transfer test asks besides the ledger."""

    def __init__(self, *args: Any, case: Case, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = set(case.conduct)
        for offence in ledger.book().offences(on=on):
            if wanted and not wanted & set(offence.conduct):
                continue
            for element in offence.elements:
                self.fields.setdefault(f"element__{element.id}", tri(element.label))
                known = case.elements.get(element.id)
                self.initial.setdefault(
                    f"element__{element.id}", "" if known is None else "yes" if known else "no"
                )
        self.fields["suspicion"] = tri(_("虽未达到数额,但有合理理由怀疑涉嫌犯罪"))
        self.fields["earlier_checked"] = forms.BooleanField(label=_("已查询当事人以往处罚"), required=False)
        self.initial.setdefault("earlier_checked", case.earlier_checked_at is not None)

    def given(self) -> dict[str, Any]:
        """Return the values as the action takes them."""
        elements = {
            name.removeprefix("element__"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("element__")
        }
        names = ("suspicion", "earlier_checked", "seen")
        return {"elements": elements, **{name: self.cleaned_data[name] for name in names}}


class PreservationForm(forms.Form):
    """What was done with evidence kept in advance."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("处理结果"),
        choices=[each for each in Evidence.Preservation.choices if each[0] not in ("", "kept")],
    )


class DisposalForm(forms.Form):
    """What became of goods."""

    disposal = forms.ChoiceField(label=gettext_lazy("去向"), choices=Goods.Disposal.choices)
    note_text = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False)


def step_extra(verb: str, case: Case, at: datetime) -> dict[str, forms.Field]:
    """Return what a verb of the case asks beyond reason and documents."""
    if verb == "pause":
        grounds = queries.pause_grounds(ledger.law_day(case.filed_at))
        return {"ground": forms.ChoiceField(label=_("扣除事由"), choices=grounds)}
    if verb == "extend_further":
        return {"days": forms.IntegerField(label=_("集体讨论确定的延长天数"), min_value=1, max_value=999)}
    if verb == "refer_out":
        return {"to": forms.CharField(label=_("接收机关"), max_length=80)}
    if verb == "serve":
        return {"service": forms.ChoiceField(label=_("送达方式"), choices=Decision.Service.choices)}
    if verb == "perform":
        field = forms.DecimalField(
            label=_("实缴金额(元)"), min_value=0, decimal_places=2, initial=queries.owed(case)
        )
        return {"paid": field}
    return _decision_fields() if verb == "decide" else {}


def _decision_fields() -> dict[str, forms.Field]:
    money = {"min_value": 0, "decimal_places": 2, "initial": 0}
    return {
        "kind": forms.ChoiceField(label=_("决定种类"), choices=Decision.Kind.choices),
        "penalties": forms.MultipleChoiceField(
            label=_("处罚种类"),
            choices=Decision.Penalty.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        "fine": forms.DecimalField(label=_("罚款(元)"), **money),
        "gain_confiscated": forms.DecimalField(label=_("没收违法所得(元)"), **money),
        "goods_confiscated": forms.BooleanField(label=_("没收涉案物品"), required=False),
        "content": forms.CharField(label=_("决定内容"), widget=forms.Textarea(attrs={"rows": 5})),
        "basis": forms.CharField(label=_("法律依据"), widget=forms.Textarea(attrs={"rows": 2})),
        "party_absent": forms.BooleanField(label=_("宣告时当事人不在场"), required=False),
    }


class BulkOfficersForm(forms.Form):
    """The officers the chosen cases go to."""

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"] = officer_field(unit)
