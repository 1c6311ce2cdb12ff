"""The JSON interface: idempotency also under concurrency, the change feed, what is refused and how."""

import json
import threading
from typing import Any

from django.db import connection
from django.test import Client

from qingyuan.apps.agencies.actions import issue_token
from qingyuan.apps.agencies.models import Member
from qingyuan.apps.intake.models import Letter, Matter
from tests.factories import intake as factory
from tests.factories.agencies import District
from tests.factories.agencies import district as set_up

LETTER = {
    "port": "12315",
    "kinds": ["complaint", "report"],
    "text": f"买到假冒白酒。我是测试举报人,电话 {factory.PLANTED_PHONE}",
    "received_at": "2026-05-06T10:00:00+08:00",
    "goods": "白酒",
    "respondent": {"name": "青禾区丰味食品店", "address": "青禾区团结路8号"},
    "sender": {"name": "测试举报人", "phone": factory.PLANTED_PHONE},
}


def client_of(member: Member) -> Client:
    _token, secret = issue_token(member=member, name="测试", by=member.actor, at=factory.RECEIVED)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def post(client: Client, letter: dict[str, Any], key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(
        "/api/v1/intake/letters", json.dumps(letter), content_type="application/json", headers=headers
    )


def test_a_letter_is_registered_and_answers_without_identity(district: District) -> None:
    answer = post(client_of(district.officer), LETTER)
    assert answer.status_code == 201
    body = answer.json()
    assert [matter["kind"] for matter in body["matters"]] == ["complaint", "report"]
    assert len(body["receipt_code"]) == 19
    assert factory.PLANTED_PHONE not in answer.content.decode()
    assert factory.PLANTED_PHONE not in Letter.objects.get().text


def test_the_same_key_registers_once_and_another_content_is_refused(district: District) -> None:
    client = client_of(district.officer)
    first, second = post(client, LETTER, "k-1"), post(client, LETTER, "k-1")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["letter"] == second.json()["letter"]
    assert second.json()["receipt_code"] == ""
    clash = post(client, {**LETTER, "text": "另一件事"}, "k-1")
    assert clash.status_code == 409
    assert "幂等键" in clash.json()["error"]
    assert Letter.objects.count() == 1


def test_eight_at_once_with_one_key_make_one_letter(committing: None) -> None:
    district = set_up()
    defaults = client_of(district.officer).defaults
    answers: list[Any] = []

    def send() -> None:
        own = Client()
        own.defaults.update(defaults)
        try:
            answers.append(post(own, LETTER, "k-2"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["letter"] for answer in answers}) == 1
    assert (Letter.objects.count(), Matter.objects.count()) == (1, 2)


def test_wrong_fields_are_named(district: District) -> None:
    answer = post(client_of(district.officer), {**LETTER, "port": "fax", "text": ""})
    assert answer.status_code == 422
    assert {part["loc"][-1] for part in answer.json()["detail"]} == {"port", "text"}


def test_the_feed_goes_on_where_it_stopped(district: District) -> None:
    client = client_of(district.officer)
    for number in range(5):
        post(client, {**LETTER, "kinds": ["complaint"], "source_number": f"F-{number}"})
    seen: list[str] = []
    after = ""
    while True:
        page = client.get("/api/v1/intake/matters", {"limit": 2, "after": after}).json()
        seen += [item["source_number"] for item in page["items"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert seen == [f"F-{number}" for number in range(5)]
    last = client.get("/api/v1/intake/matters").json()["items"][-1]["changed_at"]
    assert client.get("/api/v1/intake/matters", {"updated_after": last}).json()["items"] == []


def test_three_people_ask_for_one_matter(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    address = f"/api/v1/intake/matters/{matter.pk}"
    assert client_of(district.officer).get(address).status_code == 200
    assert client_of(district.coordinator).get(address).status_code == 200
    assert client_of(district.agriculture_officer).get(address).status_code == 404
    assert client_of(district.administrator).get(address).status_code == 403
    assert Client().get(address).status_code == 401


def test_creating_takes_few_queries(district: District, django_assert_max_num_queries: Any) -> None:
    client = client_of(district.officer)
    post(client, LETTER)
    with django_assert_max_num_queries(14):  # token, delegations, ten of the action, two of the savepoint
        assert post(client, {**LETTER, "kinds": ["complaint"]}).status_code == 201
