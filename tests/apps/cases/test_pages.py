"""The pages of cases: what each tab shows, forms that act, who may open them, documents as Word files."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from qingyuan.apps.cases import queries
from qingyuan.apps.cases.models import Case, MoneyEntry
from tests.factories.agencies import District, district
from tests.factories.cases import (
    FILED,
    completed_case,
    decided_case,
    filed_case,
    investigated_case,
    money_facts,
    notified_case,
)
from tests.factories.clues import fileable_clue

pytestmark = pytest.mark.django_db


@pytest.fixture
def qinghe() -> District:
    return district()


def signed_in(member: object) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.parametrize("tab", ["overview", "evidence", "money", "documents", "clocks", "exchange"])
def test_every_tab_is_an_address(qinghe: District, tab: str) -> None:
    case = completed_case(qinghe)
    answer = signed_in(qinghe.officer).get(reverse("cases:record", args=[case.pk]), {"tab": tab})
    assert answer.status_code == 200 and case.number in answer.content.decode()


def test_a_clue_becomes_a_case_through_the_form(qinghe: District) -> None:
    clue = fileable_clue(qinghe, at=FILED - timedelta(days=3))
    data = {
        "cause": "涉嫌销售侵权商品",
        "party_name": "青禾区某便利店",
        "party_kind": "individual_business",
        "facts": "销售侵权白酒。",
        "conduct": ["sell_counterfeit"],
        "officers": [qinghe.officer.pk, qinghe.colleague.pk],
        "stated__suspected_breach": "on",
        "stated__within_jurisdiction": "on",
    }
    client, address = signed_in(qinghe.officer), reverse("cases:file", args=[clue.pk])
    refused = client.post(address, data)
    assert refused.status_code == 409 and "在处罚时效之内" in refused.content.decode()
    assert client.post(address, {**data, "stated__within_limitation": "on"}).status_code == 302
    case = Case.objects.get()
    assert case.conduct == ["sell_counterfeit"] and queries.officers(case)


def test_an_amount_is_entered_and_struck_through_forms(qinghe: District) -> None:
    case = investigated_case(qinghe)
    client = signed_in(qinghe.officer)
    data = {
        "measure": "unsold",
        "form": "goods",
        "quantity": "12",
        "quantity_unit": "瓶",
        "unit_price": "99.5",
        "valuation": "marked_price",
        "act_on": "2026-02-01",
    }
    assert client.post(reverse("cases:add", args=[case.pk, "money"]), data).status_code == 302
    entry = MoneyEntry.objects.get()
    assert entry.amount == Decimal("1194.00")
    strike = {**data, "reason": "标价看错", "unit_price": "89.5"}
    assert client.post(reverse("cases:money-strike", args=[entry.pk]), strike).status_code == 302
    page = client.get(reverse("cases:record", args=[case.pk]), {"tab": "money"}).content.decode()
    assert "<s>1,194.00元</s>" in page and "1,074.00元" in page and "标价看错" in page


def test_the_transfer_test_turns_the_page_red(qinghe: District) -> None:
    case = completed_case(qinghe, money=money_facts(amount=Decimal("800000.00")))
    page = signed_in(qinghe.officer).get(reverse("cases:record", args=[case.pk])).content.decode()
    assert "达到移送标准" in page and "qy-tone-red" in page


def test_deciding_through_the_form(qinghe: District) -> None:
    case = notified_case(qinghe)
    data = {
        "kind": "penalty",
        "penalties": ["fine"],
        "fine": "3000",
        "gain_confiscated": "0",
        "content": "罚款3000元。",
        "basis": "《中华人民共和国商标法》第六十条",
    }
    address = reverse("cases:step", args=[case.pk, "decide"])
    assert signed_in(qinghe.leader).post(address, data).status_code == 302
    case.refresh_from_db()
    assert case.state == "decided" and case.decision.fine == 3000


def test_the_decision_is_a_word_file_with_the_amount_in_capitals(qinghe: District) -> None:
    case = decided_case(qinghe)
    paper = case.documents.get(kind="decision")
    client = signed_in(qinghe.officer)
    answer = client.get(reverse("cases:document-docx", args=[paper.pk]))
    text = "\n".join(line.text for line in Document(BytesIO(answer.content)).paragraphs)
    assert (
        "行政处罚决定书" in text and case.decision.number in text and "叁仟元整" in text and "{{" not in text
    )
    assert client.get(reverse("cases:document-print", args=[paper.pk])).status_code == 200
    assert "行政处罚决定书" in client.get(reverse("cases:index", args=[case.pk])).content.decode()


def test_three_people(qinghe: District) -> None:
    case = filed_case(qinghe)
    record, step = (
        reverse("cases:record", args=[case.pk]),
        reverse("cases:step", args=[case.pk, "investigate"]),
    )
    expected = {
        "prosecutor": (200, 403),
        "agriculture_officer": (404, 404),
        "administrator": (403, 403),
        "officer": (200, 302),
    }
    for name, statuses in expected.items():
        client = signed_in(qinghe.members[name])
        assert (client.get(record).status_code, client.post(step).status_code) == statuses, name


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(
    qinghe: District, number: int, django_assert_max_num_queries: object
) -> None:
    for _index in range(number):
        filed_case(qinghe)
    client = signed_in(qinghe.officer)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("cases:list"))
    assert page.content.decode().count("青市监案〔2026〕") >= number
    assert b"".join(client.get(reverse("cases:export")).streaming_content).startswith(b"PK")
