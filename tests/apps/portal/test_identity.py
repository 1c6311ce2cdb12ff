"""What a sender lets slip beside the form's own fields: in the name of a file, in the place, in a later word."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qingyuan.apps.files.models import Attachment
from qingyuan.apps.intake.actions import request_reopening
from qingyuan.apps.intake.models import Letter, Matter
from qingyuan.apps.intake.queries.sealing import HIDDEN
from qingyuan.apps.ledger.models import Event
from tests.factories.agencies import district
from tests.factories.intake import RECEIVED

NAME, PHONE = "测试举报人", "19900001234"


@pytest.mark.django_db
def test_neither_record_nor_ledger_keeps_it() -> None:
    cache.clear()
    here = district()
    letter = {
        "kinds": ["report"],
        "respondent": "青禾区某便利店",
        "place": f"送到青禾路1号,收货人{NAME} {PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}",
        "platform": f"某平台({NAME}的订单)",
        "text": "买到假酒。",
        "name": NAME,
        "phone": PHONE,
        "files": [SimpleUploadedFile(f"{NAME}的小票.txt", "小票".encode())],
    }
    assert "回执码" in Client().post(reverse("portal:report"), letter).content.decode()
    request_reopening(
        matter=Matter.objects.get(), text=f"我是{NAME},请打{PHONE}", by=here.coordinator, at=RECEIVED
    )
    kept = Letter.objects.get()
    said = [event.facts for event in Event.objects.order_by("id")]
    for words in (kept.place, kept.platform, Attachment.objects.get().name, str(said)):
        assert NAME not in words
        assert PHONE not in words
        assert HIDDEN in words
