"""Forms of the clues department; the step and document forms serve cases too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyuan.apps.agencies import queries as agencies
from qingyuan.apps.agencies.models import Member, Role
from qingyuan.apps.clues.actions import ClueFacts, Paper
from qingyuan.apps.clues.models import Clue, Source
from qingyuan.apps.files import actions as files
from qingyuan.apps.ledger.actions import Subject
from qingyuan.domain.transitions import Choice


class SeenForm(forms.Form):
    """Carries the last event the page was read at, so that a change in between is noticed."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ClueForm(SeenForm):
    """What is registered of a clue."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=120)
    summary = forms.CharField(label=gettext_lazy("反映的情况"), widget=forms.Textarea(attrs={"rows": 6}))
    goods = forms.CharField(label=gettext_lazy("商品或者服务"), max_length=120, required=False)
    mark_name = forms.CharField(label=gettext_lazy("商标或者其他标识"), max_length=80, required=False)
    party_name = forms.CharField(label=gettext_lazy("当事人名称"), max_length=120, required=False)
    party_code = forms.CharField(label=gettext_lazy("统一社会信用代码"), max_length=18, required=False)
    party_address = forms.CharField(label=gettext_lazy("当事人地址"), max_length=200, required=False)
    place = forms.CharField(label=gettext_lazy("行为地点"), max_length=200, required=False)
    platform = forms.CharField(label=gettext_lazy("网络平台"), max_length=60, required=False)

    def facts(self) -> ClueFacts:
        """Return the values as the actions take them."""
        return ClueFacts(**{name: self.cleaned_data[name] for name in ClueFacts.__dataclass_fields__})


class NewClueForm(ClueForm):
    """A new clue: also where it came from, when, and which unit it goes to."""

    source = forms.ChoiceField(label=gettext_lazy("来源"), choices=Source.choices)
    received_at = forms.DateTimeField(
        label=gettext_lazy("收到时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("核查期限从收到之日起计算,不是从登记之日。"),
    )
    unit = forms.ModelChoiceField(label=gettext_lazy("承办单位"), queryset=None)
    field_order = ("title", "source", "received_at", "unit", "summary")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = agencies.active_units().select_related("region")


def document_fields(choice: Choice, held: Mapping[str, Any], *, leader: bool) -> dict[str, forms.Field]:
    """Return the fields for the documents a step still lacks.

    An approval form is offered only to a leader, who approves it by filing it; others have it approved first.
    """
    fields: dict[str, forms.Field] = {}
    for required in choice.requires:
        if required.kind != "document" or held.get(required.id):
            continue
        if "审批" in required.label and not leader:
            continue
        fields[f"{required.id}__content"] = forms.CharField(
            label=required.label,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("填写正文,或者在下面上传签字盖章的原件。"),
        )
        fields[f"{required.id}__number"] = forms.CharField(label=_("文号"), max_length=60, required=False)
        fields[f"{required.id}__file"] = forms.FileField(label=_("原件"), required=False)
    return fields


class StepForm(SeenForm):
    """One step of a workflow: its reason, its documents, the facts the person states, further fields of the verb."""

    def __init__(
        self,
        *args: Any,
        choice: Choice,
        held: Mapping[str, Any],
        stated: Mapping[str, str],
        member: Member,
        extra: Mapping[str, forms.Field],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choice = choice
        self.fields.update(extra)
        for required in choice.requires:
            if required.id in stated:
                self.fields[f"stated__{required.id}"] = forms.BooleanField(
                    label=required.label, required=False
                )
        conditions = {each.when for each in choice.requires if each.when} & set(stated)
        for name in conditions:
            self.fields[f"stated__{name}"] = forms.BooleanField(label=_(stated[name]), required=False)
        if choice.reason_required:
            self.fields["reason"] = forms.CharField(
                label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
            )
        leader = member.has_role(Role.LEADER)
        self.fields.update(document_fields(choice, held, leader=leader))

    def stated(self) -> set[str]:
        """Return the facts the person states."""
        return {
            name.removeprefix("stated__")
            for name, value in self.cleaned_data.items()
            if name.startswith("stated__") and value
        }

    def papers(self, subject: Subject, *, by: Member, at: datetime) -> list[Paper]:
        """Store the uploads on the record and return the documents that were filled in."""
        found = []
        for name in self.fields:
            if not name.endswith("__content"):
                continue
            kind = name.removesuffix("__content")
            content, upload = self.cleaned_data[name], self.cleaned_data[f"{kind}__file"]
            if not content.strip() and not upload:
                continue
            label = str(self.fields[name].label)
            found.append(
                Paper(
                    kind=kind,
                    content=content,
                    number=self.cleaned_data[f"{kind}__number"],
                    attachment=attached(upload, label, subject, by=by, at=at),
                )
            )
        return found


def attached(upload: Any, label: str, subject: Subject, *, by: Member, at: datetime) -> Any:
    """Attach an upload to a record; None for none."""
    if not upload:
        return None
    return files.attach(
        content=upload.read(), name=upload.name, subject=subject, by=by.actor, at=at, label=label[:80]
    )


def step_extra(verb: str, clue: Clue) -> dict[str, forms.Field]:
    """Return what a verb of the clue asks beyond reason and documents."""
    if verb == "assign":
        unit = forms.ModelChoiceField(
            label=_("承办单位"), queryset=agencies.active_units(), required=False, initial=clue.unit_id
        )
        handler = forms.ModelChoiceField(
            label=_("承办人"),
            queryset=agencies.colleagues(clue.unit),
            required=False,
            initial=clue.handler_id,
        )
        return {"unit": unit, "handler": handler}
    if verb == "transfer_out":
        units = agencies.active_units().select_related("region").exclude(pk=clue.unit_id)
        return {"to": forms.ModelChoiceField(label=_("接收单位"), queryset=units)}
    if verb == "merge":
        field = forms.CharField(
            label=_("并入的线索编号"), max_length=40, help_text=_("例如 青市监线〔2026〕1号。")
        )
        return {"into": field}
    return {}


class DocumentForm(forms.Form):
    """A document to be made for a record in its present state."""

    kind = forms.ChoiceField(label=gettext_lazy("文书"))
    number = forms.CharField(label=gettext_lazy("文号"), max_length=60, required=False)
    content = forms.CharField(
        label=gettext_lazy("正文"), widget=forms.Textarea(attrs={"rows": 8}), required=False
    )
    file = forms.FileField(label=gettext_lazy("原件"), required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds

    def paper(self, subject: Subject, *, by: Member, at: datetime) -> Paper:
        """Store the upload on the record and return the document."""
        given = self.cleaned_data
        label = str(dict(self.fields["kind"].choices)[given["kind"]])
        return Paper(
            kind=given["kind"],
            content=given["content"],
            number=given["number"],
            attachment=attached(given["file"], label, subject, by=by, at=at),
        )


class OpinionForm(forms.Form):
    """A leader's word on an approval form."""

    agrees = forms.TypedChoiceField(
        label=gettext_lazy("审批意见"),
        choices=(("yes", gettext_lazy("同意")), ("no", gettext_lazy("不同意"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    opinion = forms.CharField(
        label=gettext_lazy("说明"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=500,
        help_text=gettext_lazy("不同意必须写明理由。"),
    )


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300
    )


class ReceiptForm(forms.Form):
    """The number of a receipt."""

    receipt_number = forms.CharField(label=gettext_lazy("签收编号"), max_length=60)


class UploadForm(forms.Form):
    """One file for a record."""

    file = forms.FileField(label=gettext_lazy("文件"))
    label = forms.CharField(label=gettext_lazy("说明"), max_length=80, required=False)


class ReportsForm(SeenForm):
    """并入举报: reports by their registered numbers."""

    numbers = forms.CharField(
        label=gettext_lazy("举报的登记编号"),
        max_length=1000,
        help_text=gettext_lazy("例如 举2026-000123;几件一起并入时用逗号、顿号或者空格分开。"),
    )

    def clean_numbers(self) -> list[str]:
        """Return the numbers one by one, each once."""
        return list(dict.fromkeys(re.split(r"[\s,,、;;]+", self.cleaned_data["numbers"].strip())))


class BulkMergeForm(ReasonForm):
    """Into which clue the chosen ones are merged, and why."""

    into = forms.CharField(label=gettext_lazy("并入的线索编号"), max_length=40)


class BulkAssignForm(forms.Form):
    """To whom the chosen records go."""

    handler = forms.ModelChoiceField(label=gettext_lazy("承办人"), queryset=None)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = agencies.colleagues(member.unit)
        if member.has_role(Role.COORDINATOR):
            people = agencies.members_at(None).filter(unit__region=member.unit.region_id)
        self.fields["handler"].queryset = people
