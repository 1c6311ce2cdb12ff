"""The public sends a letter, follows it by its code alone, and says when it is not solved."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from qingyuan.apps.intake.models import Letter, Matter
from qingyuan.apps.ledger.models import Event
from tests.factories.agencies import District, district

pytestmark = pytest.mark.django_db

PHONE = "19900001234"
LETTER = {
    "kinds": ["complaint", "report"],
    "respondent": "青禾区某便利店",
    "place": "青禾路1号",
    "text": "买到假冒白酒,要求退款并查处。",
    "name": "张三丰",
    "phone": PHONE,
}


@pytest.fixture
def here() -> District:
    cache.clear()
    return district()


def send(client: Client, **changes: object) -> object:
    return client.post(reverse("portal:report"), {**LETTER, **changes})


def code_of(response: object) -> str:
    found = re.search(r"\d{4}-\d{4}-\d{4}-\d{4}", response.content.decode())  # type: ignore[attr-defined]
    assert found is not None
    return found.group()


def test_a_letter_becomes_a_complaint_and_a_report_and_a_code(here: District, client: Client) -> None:
    response = send(client)
    assert code_of(response)
    letter = Letter.objects.get()
    assert letter.port == "web"
    assert sorted(Matter.objects.values_list("kind", flat=True)) == ["complaint", "report"]


def test_a_complaint_without_a_name_is_sent_back_with_what_was_written(
    here: District, client: Client
) -> None:
    response = send(client, name="", phone="")
    assert response.status_code == 400  # type: ignore[attr-defined]
    assert "买到假冒白酒" in response.content.decode()  # type: ignore[attr-defined]
    assert not Letter.objects.exists()


def test_a_report_may_be_anonymous(here: District, client: Client) -> None:
    send(client, kinds=["report"], name="", phone="")
    assert Matter.objects.get().named is False


def test_the_code_shows_the_state_and_a_wrong_one_shows_nothing(here: District, client: Client) -> None:
    code = code_of(send(client))
    page = client.post(reverse("portal:follow"), {"code": code}).content.decode()
    assert "青禾区某便利店" not in page
    assert "投诉" in page
    wrong = client.post(reverse("portal:follow"), {"code": "0000-0000-0000-0000"}).content.decode()
    assert "没有找到这个回执码" in wrong


def test_nobody_reads_the_senders_telephone_out_of_the_database(here: District, client: Client) -> None:
    send(client, text=f"请打{PHONE}联系张三丰。")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY')"
        )
        columns = cursor.fetchall()
        for table, column in columns:
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s', [f"%{PHONE}%"])
            assert cursor.fetchone() == (0,), f"{table}.{column} holds the telephone in clear"
    assert PHONE not in str(list(Event.objects.values_list("facts", flat=True)))


def test_unsolved_is_taken_for_closed_matters_only(here: District, client: Client) -> None:
    code = code_of(send(client))
    matter = Matter.objects.filter(kind="report").get()
    answer = client.post(reverse("portal:unsolved"), {"code": code, "matter": matter.pk, "text": "还在卖"})
    assert answer.status_code == 409
    matter.refresh_from_db()
    assert matter.reopen_requested_at is None


def test_somebody_elses_matter_cannot_be_named(here: District, client: Client) -> None:
    send(client)
    other = Matter.objects.filter(kind="report").get()
    code = code_of(send(client, respondent="另一家店", text="另一件事情。"))
    answer = client.post(reverse("portal:unsolved"), {"code": code, "matter": other.pk, "text": "x"})
    assert answer.status_code == 409


def test_guessing_codes_is_slowed_down(here: District, client: Client) -> None:
    statuses = [
        client.post(reverse("portal:follow"), {"code": f"{number:016d}"}).status_code for number in range(31)
    ]
    assert statuses[:30] == [200] * 30
    assert statuses[30] == 429
