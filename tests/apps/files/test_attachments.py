"""An attachment is seen with its record, and withdrawn by the unit that attached it alone."""

from __future__ import annotations

import pytest
from django.test import Client

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.files.actions import attach
from qingyuan.apps.files.models import Attachment
from qingyuan.apps.ledger.actions import Subject
from tests.factories import cases
from tests.factories.agencies import District
from tests.factories.agencies import district as set_up

REASON = {"reason": "扫描不清,已另行上传"}


@pytest.fixture
def district(db: None) -> District:
    return set_up()


@pytest.fixture
def evidence(district: District) -> Attachment:
    """A file of a case, attached by the officer who works on it."""
    case = cases.investigated_case(district)
    return attach(
        content=b"\x89PNG\r\n\x1a\nnot much of a picture",
        name="现场.png",
        subject=Subject.of("case", case.pk),
        by=district.officer.actor,
        at=cases.FILED,
    )


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize(
    ("who", "status"), [("prosecutor", 403), ("coordinator", 403), ("agriculture_officer", 404)]
)
def test_who_only_sees_a_record_cannot_withdraw_its_files(
    who: str, status: int, district: District, evidence: Attachment
) -> None:
    answer = client_of(district.members[who]).post(f"/files/{evidence.pk}/withdraw", REASON)
    assert answer.status_code == status
    evidence.refresh_from_db()
    assert evidence.withdrawn_at is None


def test_the_unit_that_attached_a_file_withdraws_it_once(district: District, evidence: Attachment) -> None:
    client = client_of(district.colleague)
    assert client.post(f"/files/{evidence.pk}/withdraw", {"reason": " "}).status_code == 409
    assert client.post(f"/files/{evidence.pk}/withdraw", REASON).status_code == 302
    assert client.get(f"/files/{evidence.pk}").status_code == 404


def test_a_picture_opens_in_a_sandbox(district: District, evidence: Attachment) -> None:
    answer = client_of(district.officer).get(f"/files/{evidence.pk}")
    answer.close()
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_on_a_kind_of_record_without_a_door_is_not_there(district: District) -> None:
    stray = attach(
        content="无主".encode(),
        name="a.txt",
        subject=Subject.of("team", 1),
        by=district.officer.actor,
        at=cases.FILED,
    )
    assert client_of(district.officer).get(f"/files/{stray.pk}").status_code == 404
