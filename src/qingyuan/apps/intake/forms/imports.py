"""What people fill in to import a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyuan.apps.intake.models import Import, MatterKind, Port
from qingyuan.intelligence.tabular.fields import FIELDS


class UploadForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("xlsx、xls、csv(UTF-8 或 GB18030,逗号或制表符分隔)。原件加密保存。"),
    )


class MappingForm(forms.Form):
    """确认列对应关系: for each field the column that holds it."""

    port = forms.ChoiceField(label=gettext_lazy("来源渠道"), choices=Port.choices)
    kind = forms.ChoiceField(
        label=gettext_lazy("默认类别"), choices=MatterKind.choices,
        help_text=gettext_lazy("没有“类别”列,或者该格空白时用它。"),
    )  # fmt: skip

    def __init__(self, *args: Any, batch: Import, sample: list[list[str]], **kwargs: Any) -> None:
        initial = {"port": batch.port or None, "kind": batch.kind or None}
        super().__init__(*args, initial=initial, **kwargs)
        heads = batch.heads[0]["heads"]
        options = [("", _("(没有这一列)"))] + [
            (str(i), f"{head or '#' + str(i + 1)} — {' / '.join(sample[i])[:60]}")
            for i, head in enumerate(heads)
        ]
        for field in FIELDS:
            label = f"{field.label}({_('加密')})" if field.identity else field.label
            self.fields[f"field_{field.name}"] = forms.ChoiceField(
                label=label,
                choices=options,
                required=field.required,
                initial=str(batch.columns.get(field.name, "")),
            )

    def columns(self) -> dict[str, int]:
        """Return field → column position."""
        return {
            field.name: int(self.cleaned_data[f"field_{field.name}"])
            for field in FIELDS
            if self.cleaned_data.get(f"field_{field.name}")
        }


class ConfirmImportForm(forms.Form):
    """确认导入."""

    without_bad = forms.BooleanField(required=False)

    def __init__(self, *args: Any, batch: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["without_bad"].label = _("只导入没有问题的 {good} 行,有问题的 {bad} 行不导入").format(
            good=batch.good, bad=batch.bad
        )
        if not batch.bad:
            del self.fields["without_bad"]
