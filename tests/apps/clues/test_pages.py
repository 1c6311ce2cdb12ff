"""The pages of clues: what they show, who may open them, how many questions a list asks the database."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from qingyuan.apps.clues.models import Clue, Likeness
from tests.factories.agencies import District, district
from tests.factories.clues import RECEIVED, received_clue, verifying_clue

pytestmark = pytest.mark.django_db


@pytest.fixture
def qinghe() -> District:
    return district()


def signed_in(member: object) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_a_record_shows_what_can_be_done_and_why_that_day(qinghe: District) -> None:
    clue = verifying_clue(qinghe)
    page = signed_in(qinghe.officer).get(reverse("clues:record", args=[clue.pk])).content.decode()
    for words in (clue.number, "不予立案", "为什么是这一天", "我为什么能看到", "第十八条", "立案"):
        assert words in page


def test_registering_through_the_form(qinghe: District) -> None:
    client = signed_in(qinghe.officer)
    data = {
        "title": "网店销售假冒白酒",
        "summary": "在某平台网店购买的白酒标签错误,疑似假冒。",
        "source": "monitoring",
        "received_at": "2026-03-02T09:00",
        "unit": qinghe.market.pk,
    }
    answer = client.post(reverse("clues:new"), data)
    clue = Clue.objects.get()
    assert answer.status_code == 302 and clue.party_name == ""
    assert client.get(answer["Location"]).status_code == 200
    late = client.post(reverse("clues:new"), {**data, "received_at": "2126-03-02T09:00"})
    assert late.status_code == 409 and "收到时间晚于现在" in late.content.decode()


def test_a_step_refused_keeps_what_was_written(qinghe: District) -> None:
    clue = verifying_clue(qinghe)
    client = signed_in(qinghe.officer)
    answer = client.post(reverse("clues:step", args=[clue.pk, "refuse"]), {"reason": "证据不足以证明违法"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "不予立案审批表" in page and "证据不足以证明违法" in page


def test_a_step_with_its_documents_in_one_form(qinghe: District) -> None:
    clue = verifying_clue(qinghe)
    data = {"reason": "证据不足", "refusal_approval__content": "同意不予立案。"}
    answer = signed_in(qinghe.leader).post(reverse("clues:step", args=[clue.pk, "refuse"]), data)
    clue.refresh_from_db()
    assert answer.status_code == 302 and clue.state == "refused"


def test_the_pair_page_marks_what_differs_and_remembers(qinghe: District) -> None:
    received_clue(qinghe)
    received_clue(qinghe, at=RECEIVED + timedelta(days=1), goods="红酒")
    likeness = Likeness.objects.get()
    client = signed_in(qinghe.officer)
    address = reverse("clues:pair", args=[likeness.pk])
    page = client.get(address).content.decode()
    assert "qy-differs" in page and 'value="unsure"' in page and "内容完全相同" in page
    assert unquote(client.post(address, {"answer": "yes"})["Location"]).endswith(
        f"?into={likeness.earlier.number}"
    )
    likeness.refresh_from_db()
    assert likeness.judgement == "confirmed" and likeness.judged_by == qinghe.officer.name


def test_many_are_merged_after_the_count_was_shown(qinghe: District) -> None:
    first, second = received_clue(qinghe), received_clue(qinghe)
    client = signed_in(qinghe.officer)
    address = reverse("clues:bulk-merge")
    asked = client.post(address, {"selected": [second.pk]})
    assert asked.status_code == 200 and "共 1 条" in asked.content.decode()
    data = {"selected": [second.pk], "confirmed": "1", "into": first.number, "reason": "同一事项"}
    assert client.post(address, data).status_code == 302
    second.refresh_from_db()
    assert second.merged_into == first


def test_three_people(qinghe: District) -> None:
    clue = verifying_clue(qinghe)
    record, step = reverse("clues:record", args=[clue.pk]), reverse("clues:step", args=[clue.pk, "refuse"])
    expected = {
        "officer": (200, 409),
        "prosecutor": (200, 403),
        "agriculture_officer": (404, 404),
        "administrator": (403, 403),
    }
    for name, statuses in expected.items():
        client = signed_in(qinghe.members[name])
        assert (client.get(record).status_code, client.post(step, {"reason": "x"}).status_code) == statuses, (
            name
        )


@pytest.mark.parametrize("number", [1, 8])
def test_the_list_asks_the_same_whatever_its_length(
    qinghe: District, number: int, django_assert_max_num_queries: object
) -> None:
    for index in range(number):
        received_clue(qinghe, party_name=f"店{index}", place=f"路{index}号", summary="短")
    client = signed_in(qinghe.officer)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("clues:list"))
    assert page.content.decode().count("青市监线〔2026〕") >= number


def test_the_list_searches_two_characters_and_exports(qinghe: District) -> None:
    received_clue(qinghe)
    client = signed_in(qinghe.officer)
    assert "青市监线" in client.get(reverse("clues:list"), {"q": "便利"}).content.decode()
    assert "青市监线" not in client.get(reverse("clues:list"), {"q": "药店"}).content.decode()
    assert b"".join(client.get(reverse("clues:export")).streaming_content).startswith(b"PK")
