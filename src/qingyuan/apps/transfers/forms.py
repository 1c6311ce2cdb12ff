"""Forms of the transfers department; a step's form is the one clues and cases use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.cases.models import Case
from qingyuan.apps.clues.forms import SeenForm
from qingyuan.apps.transfers import queries


class ProposalForm(SeenForm):
    """To which police, on what report."""

    police = forms.ModelChoiceField(label=_("移送至"), queryset=None)
    content = forms.CharField(
        label=_("移送涉嫌犯罪案件的书面报告"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("写明核实的情况和移送意见;审查结论(金额、标准、条文)由系统随报告一并存档。"),
    )
    number = forms.CharField(label=_("文号"), max_length=60, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = queries.police_units(case)
        self.fields["police"].queryset = units
        if len(units) == 1:
            self.fields["police"].initial = units[0].pk
