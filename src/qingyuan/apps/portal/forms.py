"""Forms the public fills in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.intake.actions import Incoming
from qingyuan.apps.intake.models import MatterKind, Port
from qingyuan.apps.intake.queries.sealing import Sender
from qingyuan.apps.registry.actions import PartyFacts

MOST_FILES = 5


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Up to five files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the uploads as a list."""
        uploads = [upload for upload in (data if isinstance(data, list) else [data]) if upload]
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(
                _("一次最多 %(most)s 个文件,请合并或者挑选后重新选择。"), params={"most": MOST_FILES}
            )
        return [super(Files, self).clean(upload, initial) for upload in uploads]


class LetterForm(forms.Form):
    """What happened, who did it, and, where the sender wants an answer or mediation, who the sender is."""

    kinds = forms.MultipleChoiceField(
        label=_("我要"),
        choices=(
            (MatterKind.COMPLAINT, _("投诉:我是消费者,与商家有纠纷,请求调解")),
            (MatterKind.REPORT, _("举报:反映商家涉嫌违法")),
        ),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可以同时勾选。投诉和举报分别办理、分别答复。"),
    )
    respondent = forms.CharField(label=_("被投诉举报的商家名称"), max_length=120)
    place = forms.CharField(
        label=_("地址或者网店"), max_length=200, required=False, help_text=_("门店地址,或者平台和店铺名。")
    )
    platform = forms.CharField(label=_("网络平台"), max_length=80, required=False)
    goods = forms.CharField(label=_("商品或者服务"), max_length=120, required=False)
    text = forms.CharField(
        label=_("事情经过和请求"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("什么时间、买了什么、发现什么问题、希望怎样解决。"),
    )
    files = Files(
        label=_("照片、凭证"), required=False, help_text=_("最多 5 个:图片、PDF、Word、Excel、视频。")
    )
    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False)
    address = forms.CharField(label=_("通信地址"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """A complaint needs who complains: mediation has two sides."""
        data = super().clean() or {}
        if MatterKind.COMPLAINT in data.get("kinds", []):
            for field in ("name", "phone"):
                if not data.get(field):
                    self.add_error(field, _("投诉需要真实姓名和手机号,以便组织调解;只举报可以不填。"))
        return data

    def incoming(self, *, at: datetime) -> Incoming:
        """Return the letter as intake takes it."""
        given = self.cleaned_data
        return Incoming(
            port=Port.WEB,
            text=given["text"],
            kinds=tuple(given["kinds"]),
            received_at=at,
            goods=given["goods"],
            platform=given["platform"],
            place=given["place"],
            respondent=PartyFacts(name=given["respondent"], address=given["place"]),
            sender=Sender(name=given["name"], phone=given["phone"], address=given["address"]),
        )

    def uploads(self) -> list[tuple[str, bytes]]:
        """Return name and content of each file."""
        return [(upload.name, upload.read()) for upload in self.cleaned_data["files"]]


class CodeForm(forms.Form):
    """The receipt code."""

    code = forms.CharField(
        label=_("回执码"),
        max_length=30,
        help_text=_("提交时显示的 16 位数字。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


class UnsolvedForm(CodeForm):
    """What is still not solved, of which matter."""

    matter = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("还有什么没有解决"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
