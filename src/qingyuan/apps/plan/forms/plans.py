"""Forms of a plan: upload, heading, schedule, corrections, doubts, the year's end."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyuan.apps.agencies.models import Region
from qingyuan.apps.agencies.queries import active_units
from qingyuan.apps.plan.models import Doubt, Plan, UnitRole

EARLIEST, LATEST = 2000, 2100
DAY = {"type": "date"}


class DayInput(forms.DateInput):
    """A date field with the browser's own calendar."""

    def __init__(self) -> None:
        super().__init__(attrs=DAY, format="%Y-%m-%d")


class UnitField(forms.ModelChoiceField):
    """One of a region's active units."""

    def __init__(self, region: Region, **kwargs: Any) -> None:
        super().__init__(active_units(region=region), **kwargs)


class UploadForm(forms.Form):
    """上传工作要点."""

    file = forms.FileField(
        label=gettext_lazy("工作要点文件"),
        help_text=gettext_lazy("txt、md、html、docx 或 pdf。同一份文件再次上传，只会打开已有的那一份。"),
    )
    year = forms.IntegerField(
        label=gettext_lazy("年度"),
        required=False,
        min_value=EARLIEST,
        max_value=LATEST,
        help_text=gettext_lazy("文稿标题里写有年度时可以不填。"),
    )
    number = forms.CharField(
        label=gettext_lazy("文号"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("如 青打假办发〔2026〕5号；印发前可以不填。"),
    )


class HeadingForm(forms.ModelForm):
    """更正标题、文号、年度."""

    class Meta:
        model = Plan
        fields = ("title", "number", "year")
        labels = {  # noqa: RUF012
            "title": gettext_lazy("标题"),
            "number": gettext_lazy("文号"),
            "year": gettext_lazy("年度"),
        }


class ScheduleForm(forms.Form):
    """设定完成时限: a day, or the end of a quarter, for all clauses or those of one part."""

    QUARTERS = (
        ("", gettext_lazy("按指定日期")),
        ("1", gettext_lazy("第一季度末")),
        ("2", gettext_lazy("第二季度末")),
        ("3", gettext_lazy("第三季度末")),
        ("4", gettext_lazy("第四季度末")),
    )
    quarter = forms.ChoiceField(label=gettext_lazy("时限"), choices=QUARTERS, required=False)
    due_on = forms.DateField(label=gettext_lazy("指定日期"), widget=DayInput, required=False)
    part = forms.ChoiceField(label=gettext_lazy("适用于"), required=False)

    def __init__(self, *args: Any, plan: Plan, parts: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["part"].choices = [("", _("全部分项")), *((str(part.pk), str(part)) for part in parts)]

    def clean(self) -> dict[str, Any]:
        """Turn the quarter into its last day."""
        data = super().clean() or {}
        if data.get("quarter"):
            month = int(data["quarter"]) * 3
            last = calendar.monthrange(self.plan.year, month)[1]
            data["due_on"] = date(self.plan.year, month, last)
        elif not data.get("due_on"):
            self.add_error("due_on", _("请填写日期，或在“时限”里选一个季度末。"))
        return data


class ReasonForm(forms.Form):
    """A step that needs the person's own words."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=400
    )


class TextForm(forms.Form):
    """更正文字."""

    text = forms.CharField(label=gettext_lazy("分项文字"), widget=forms.Textarea(attrs={"rows": 5}))


class SplitForm(forms.Form):
    """拆分分项."""

    head = forms.CharField(
        label=gettext_lazy("前半段"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("从原文开头起，复制到要断开的地方；其余成为后半段，责任单位两段都保留。"),
    )


class RoleForm(forms.Form):
    """责任单位与角色."""

    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=UnitRole.Role.choices)

    def __init__(self, *args: Any, region: Region, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(region, label=_("单位"), required=required)


class DoubtForm(forms.Form):
    """处理疑点."""

    choice = forms.ChoiceField(label=gettext_lazy("处理"), choices=Doubt.Choice.choices)

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(region, label=_("对应单位"), required=False)
        self.fields["remember"] = forms.BooleanField(label=_("记为该单位的别名"), required=False)

    def clean(self) -> dict[str, Any]:
        """Naming a unit is a correction, whatever the choice says."""
        data = super().clean() or {}
        if data.get("unit"):
            data["choice"] = Doubt.Choice.CORRECTED
        return data


class RollOverForm(forms.Form):
    """年度结转."""

    year = forms.IntegerField(label=gettext_lazy("结转到年度"), min_value=EARLIEST, max_value=LATEST)
    title = forms.CharField(label=gettext_lazy("新标题"), max_length=200)


class CloseForm(forms.Form):
    """总结并结转."""

    summary = forms.FileField(label=gettext_lazy("年度工作总结"))
    carried = forms.CharField(
        label=gettext_lazy("未完成任务的安排"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("还有未办结任务、又没有结转下一年度草稿时必须说明。"),
    )
