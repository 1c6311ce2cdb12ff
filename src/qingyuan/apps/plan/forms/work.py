"""Forms of tasks, 督办件, campaigns and meetings."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyuan.apps.agencies.access import doors
from qingyuan.apps.agencies.models import Region
from qingyuan.apps.agencies.queries import active_units
from qingyuan.apps.ledger.apps import subject_labels
from qingyuan.apps.plan.forms.plans import DayInput, ReasonForm, UnitField
from qingyuan.apps.plan.models import Attendance

_FIGURE = re.compile(r"(.+?)[\s:：=]+(-?\d[\d,]*(?:\.\d+)?)")
RESOLUTIONS = range(1, 9)


class ManyFilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; cleaned to a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ManyFilesInput, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Clean each file on its own."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            raise ValidationError(self.error_messages["required"])
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class ReportForm(forms.Form):
    """反馈进展."""

    text = forms.CharField(label=gettext_lazy("进展情况"), widget=forms.Textarea(attrs={"rows": 5}))
    percent = forms.IntegerField(label=gettext_lazy("完成进度（%）"), min_value=0, max_value=100)
    figures = forms.CharField(
        label=gettext_lazy("数据"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("每行一项，如：检查经营主体 120"),
    )
    evidence = ManyFilesField(label=gettext_lazy("佐证材料"), required=False)
    result = forms.FileField(label=gettext_lazy("办理结果报告"), required=False)
    done = forms.BooleanField(
        label=gettext_lazy("已全部完成，申请认定办结"),
        required=False,
        help_text=gettext_lazy("需要有办理结果报告和佐证材料，以前上传的也算。"),
    )

    def clean_figures(self) -> dict[str, str]:
        """Read `name number` lines into a mapping; amounts stay text."""
        figures = {}
        for line in self.cleaned_data["figures"].splitlines():
            if not line.strip():
                continue
            found = _FIGURE.fullmatch(line.strip())
            if found is None:
                raise ValidationError(
                    _("“%(line)s”读不出数字。请写成“名称 数字”，如：检查经营主体 120"), params={"line": line}
                )
            figures[found[1].strip()] = found[2].replace(",", "")
        return figures


class UrgeForm(ReasonForm):
    """催办."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("催办意见")
        self.fields["reason"].initial = _("已超过或临近办结时限，请尽快办理并反馈进展。")


class ExtendForm(ReasonForm):
    """调整办结时限."""

    due_on = forms.DateField(label=gettext_lazy("新的办结日期"), widget=DayInput)
    field_order = ("due_on", "reason")


class EstablishForm(forms.Form):
    """督办立项."""

    title = forms.CharField(label=gettext_lazy("督办事项"), max_length=200)
    matter = forms.CharField(label=gettext_lazy("事由与要求"), widget=forms.Textarea(attrs={"rows": 5}))
    due_on = forms.DateField(label=gettext_lazy("办结日期"), widget=DayInput)
    field_order = ("title", "matter", "unit", "due_on")

    def __init__(self, *args: Any, region: Region | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if region is not None:
            self.fields["unit"] = UnitField(region, label=_("承办单位"))
            self.order_fields(self.field_order)


class AssignForm(forms.Form):
    """交办."""

    sign_by = forms.DateField(
        label=gettext_lazy("签收期限"),
        widget=DayInput,
        required=False,
        help_text=gettext_lazy("由双打办按工作需要确定，不是法定期限；不填则不限。"),
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("不选则交给立项时的单位；退回重新交办时在这里改。")
        self.fields["unit"] = UnitField(
            region, label=_("改由其他单位承办"), required=False, help_text=help_text
        )


class AnnounceForm(forms.Form):
    """通报."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=200)
    number = forms.CharField(label=gettext_lazy("文号"), max_length=80, required=False)
    body = forms.CharField(label=gettext_lazy("正文"), widget=forms.Textarea(attrs={"rows": 8}))


class CampaignForm(forms.Form):
    """部署专项行动."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    purpose = forms.CharField(
        label=gettext_lazy("任务要求"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    since = forms.DateField(label=gettext_lazy("开始"), widget=DayInput)
    until = forms.DateField(label=gettext_lazy("结束"), widget=DayInput)

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"] = UnitField(region, label=_("牵头单位"))


class AttachForm(forms.Form):
    """纳入专项行动."""

    kind = forms.ChoiceField(label=gettext_lazy("记录类别"))
    record = forms.IntegerField(
        label=gettext_lazy("记录编号"), min_value=1, help_text=gettext_lazy("记录页网址末尾的数字。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = subject_labels()
        self.fields["kind"].choices = [(kind, labels[kind][0]) for kind in doors() if kind in labels]


class SummaryForm(forms.Form):
    """专项行动总结."""

    summary = forms.CharField(label=gettext_lazy("总结"), widget=forms.Textarea(attrs={"rows": 6}))


class MeetingForm(forms.Form):
    """召集会议."""

    title = forms.CharField(label=gettext_lazy("会议名称"), max_length=200)
    when = forms.DateTimeField(
        label=gettext_lazy("时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.CharField(label=gettext_lazy("地点"), max_length=120)
    chair = forms.CharField(label=gettext_lazy("主持人"), max_length=60)
    agenda = forms.CharField(
        label=gettext_lazy("议题"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("每行一个议题；汇报单位写在“|”后面，如：通报一季度进展|区市场监管局"),
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region
        self.fields["units"] = forms.ModelMultipleChoiceField(
            active_units(region=region), label=_("参会单位"), widget=forms.CheckboxSelectMultiple
        )

    def clean_agenda(self) -> list[tuple[str, Any]]:
        """Read each line into (title, presenting unit or None)."""
        by_name = {
            name: unit
            for unit in active_units(region=self.region)
            for name in (unit.name, unit.short_name, *unit.aliases)
        }
        items = []
        for line in filter(str.strip, self.cleaned_data["agenda"].splitlines()):
            title, _bar, name = (part.strip() for part in line.replace("｜", "|").partition("|"))
            if name and name not in by_name:
                raise ValidationError(
                    _("议题“%(title)s”的汇报单位“%(name)s”不是本地区的单位，请改用单位简称。"),
                    params={"title": title, "name": name},
                )
            items.append((title, by_name.get(name)))
        return items


class AttendanceForm(forms.Form):
    """登记到会: status and person for each invited unit."""

    def __init__(self, *args: Any, attendance: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = [row.unit_id for row in attendance]
        for row in attendance:
            choices = [("", _("未登记")), *Attendance.Status.choices]
            self.fields[f"status_{row.unit_id}"] = forms.ChoiceField(
                label=row.unit.short_name, choices=choices, required=False, initial=row.status
            )
            self.fields[f"person_{row.unit_id}"] = forms.CharField(
                label=_("{unit}到会人").format(unit=row.unit.short_name),
                required=False,
                max_length=60,
                initial=row.person,
            )

    def came(self) -> dict[int, tuple[str, str]]:
        """Return the units that were noted, as `actions.record_attendance` takes them."""
        return {
            unit: (self.cleaned_data[f"status_{unit}"], self.cleaned_data[f"person_{unit}"])
            for unit in self.units
            if self.cleaned_data[f"status_{unit}"]
        }


class MinutesForm(forms.Form):
    """会议纪要 with up to eight resolutions; each complete one becomes a 督办件."""

    minutes = forms.CharField(label=gettext_lazy("会议纪要"), widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in RESOLUTIONS:
            words = {"number": number}
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("议定事项{number}").format(**words), required=False, max_length=400
            )
            self.fields[f"unit_{number}"] = UnitField(
                region, label=_("事项{number}承办单位").format(**words), required=False
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label=_("事项{number}办结日期").format(**words), widget=DayInput, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Each resolution needs its words, its unit and its day, or none of them."""
        data = super().clean() or {}
        for number in RESOLUTIONS:
            values = [data.get(f"{name}_{number}") for name in ("text", "unit", "due")]
            if any(values) and not all(values):
                self.add_error(f"text_{number}", _("议定事项要写全：内容、承办单位、办结日期。"))
        return data

    def decided(self) -> list[tuple[str, Any, Any]]:
        """Return (words, unit, day) of each resolution."""
        rows = ((self.cleaned_data[f"{name}_{n}"] for name in ("text", "unit", "due")) for n in RESOLUTIONS)
        return [(text, unit, due) for text, unit, due in rows if text]
