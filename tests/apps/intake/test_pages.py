"""Pages: who may open what, query counts, forms that work without JavaScript, exports."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.intake import actions
from qingyuan.apps.intake.models import Matter
from tests.factories import intake as factory
from tests.factories.agencies import District


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


RECORD_PAGES = ["matter", "assign", "return", "split", "join", "separate", "identity"]


@pytest.mark.parametrize("name", RECORD_PAGES)
def test_three_people_and_the_administrator(district: District, name: str) -> None:
    matter = factory.complaint(by=district.officer)
    Matter.objects.filter(pk=matter.pk).update(
        seen_by=[*matter.seen_by, district.police.scope_id], handler=district.officer
    )
    address = reverse(f"intake:{name}", args=[matter.pk])
    cooperating = 200 if name == "matter" else 403

    assert signed_in(district.officer).get(address).status_code == 200
    assert signed_in(district.police_leader).get(address).status_code == cooperating
    assert signed_in(district.agriculture_officer).get(address).status_code == 404
    assert signed_in(district.administrator).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_the_register_shows_and_exports_what_one_may_see(district: District) -> None:
    factory.complaint(by=district.officer, title="买到假冒白酒")
    for member, seen in (
        (district.officer, True),
        (district.coordinator, True),
        (district.agriculture_officer, False),
    ):
        page = signed_in(member).get(reverse("intake:matters")).content.decode()
        assert ("买到假冒白酒" in page) is seen
        csv = b"".join(
            signed_in(member).get(reverse("intake:export"), {"format": "csv"}).streaming_content
        ).decode()
        assert ("买到假冒白酒" in csv) is seen
        assert factory.PLANTED_PHONE not in page + csv


def test_the_register_takes_the_same_queries_whatever_its_length(
    district: District, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(district.officer)
    for _number in range(12):
        factory.complaint(by=district.officer)
    client.get(reverse("intake:matters"))
    with django_assert_max_num_queries(10):
        assert client.get(reverse("intake:matters")).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "白酒"}, True),
        ({"q": "丰味"}, True),
        ({"q": "啤酒"}, False),
        ({"kind": "report"}, False),
        ({"waiting": "unrouted"}, False),
        ({"overdue": "1"}, True),
        ({"overdue": "0"}, False),
        ({"state": "received", "goods": "白"}, True),
    ],
)
def test_filters(district: District, query: dict[str, str], found: bool) -> None:
    matter = factory.complaint(by=district.officer)
    page = signed_in(district.officer).get(reverse("intake:matters"), query).content.decode()
    assert (matter.number in page) is found


def test_a_formula_is_neutral_in_the_export(district: District) -> None:
    factory.complaint(by=district.officer, title="=HYPERLINK(1)", goods="@SUM(1)")
    answer = signed_in(district.officer).get(reverse("intake:export"))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell.value for cell in sheet[2]]
    assert "'=HYPERLINK(1)" in cells
    assert "'@SUM(1)" in cells


LETTER = {
    "port": "phone",
    "received_at": "2026-05-06T10:00",
    "kinds": ["complaint", "report"],
    "text": "在青禾区丰味食品店买到假冒白酒,商家拒绝退款。",
    "party_name": "青禾区丰味食品店",
    "party_address": "青禾区团结路8号",
    "sender_name": "测试举报人",
    "sender_phone": factory.PLANTED_PHONE,
}


def test_the_form_registers_and_warns_before_a_duplicate(district: District) -> None:
    client = signed_in(district.officer)
    assert client.post(reverse("intake:receive"), LETTER).status_code == 302
    assert Matter.objects.count() == 2

    warned = client.post(reverse("intake:receive"), LETTER).content.decode()
    assert Matter.objects.count() == 2
    for reason in ("来件人电话相同", "被投诉举报的主体相同", "词语相同"):
        assert reason in warned
    assert client.post(reverse("intake:receive"), {**LETTER, "confirmed": "1"}).status_code == 302
    assert Matter.objects.count() == 4


def test_a_step_is_taken_through_its_form(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    client = signed_in(district.officer)
    address = reverse("intake:step", args=[matter.pk, "refuse"])
    assert "第十六条" in client.get(address).content.decode()
    refused = client.post(address, {"ground": "no-power", "notice": "不予受理,可向法院起诉。", "seen": "1"})
    assert refused.status_code == 302
    matter.refresh_from_db()
    assert (matter.state, matter.outcome) == ("refused", "不予受理,可向法院起诉。")


def test_a_step_of_another_state_is_not_there(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    client = signed_in(district.officer)
    assert client.get(reverse("intake:step", args=[matter.pk, "settle"])).status_code == 404


def test_bulk_assigning_shows_the_count_first(district: District) -> None:
    matters = [factory.complaint(by=district.officer, unit=None) for _number in range(3)]
    Matter.objects.update(unit=None)
    client = signed_in(district.coordinator)
    chosen = {"scope": "filter", "filter": "waiting=unrouted"}
    assert "3" in client.post(reverse("intake:bulk"), chosen).content.decode()
    assert Matter.objects.filter(unit=None).count() == 3
    done = client.post(
        reverse("intake:bulk"), {**chosen, "confirmed": "1", "unit": district.agriculture.code}
    )
    assert done.status_code == 302
    assert set(Matter.objects.values_list("unit", flat=True)) == {district.agriculture.pk}
    assert len(matters) == 3


def test_an_import_goes_through_its_pages(district: District) -> None:
    client = signed_in(district.officer)
    content = "登记编号,登记时间,投诉内容\n1,2026-05-05,买到假酒\n2,昨天,买到假烟\n".encode()
    uploaded = client.post(reverse("intake:imports"), {"file": SimpleUploadedFile("a.csv", content)})
    assert uploaded.status_code == 302
    page = client.get(uploaded.url)
    assert "哪一列是什么" in page.content.decode()
    columns = {"field_source_number": "0", "field_received_at": "1", "field_text": "2"}
    pk = int(uploaded.url.rpartition("/")[2])
    mapped = client.post(
        reverse("intake:import-map", args=[pk]), {"port": "12345", "kind": "complaint", **columns}
    )
    assert mapped.status_code == 302
    from qingyuan.apps.intake.jobs import check_import

    check_import(pk)
    shown = client.get(uploaded.url).content.decode()
    assert "不是认得的时间写法" in shown
    answer = client.get(reverse("intake:import-faults", args=[pk]))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[2]][:3] == ["文本", 3, "登记时间"]
    assert client.post(reverse("intake:import-confirm", args=[pk])).status_code == 409
    assert client.post(reverse("intake:import-confirm", args=[pk]), {"without_bad": "on"}).status_code == 302
    assert signed_in(district.agriculture_officer).get(uploaded.url).status_code == 404


def test_routing_rules_send_letters_and_report_conflicts(district: District) -> None:
    client = signed_in(district.coordinator)
    rule = {
        "name": "农药",
        "unit": district.agriculture.code,
        "priority": "5",
        "words": "农药 种子",
        "active": "on",
    }
    assert client.post(reverse("intake:routing-rule-add"), rule).status_code == 302
    received = actions.receive(
        incoming=factory.incoming(text="买到假农药,要求查处"), by=district.officer, at=factory.RECEIVED
    )
    matter = received.matters[0]
    assert matter.unit == district.agriculture
    assert "农药" in matter.routing["explanation"]
    other = {**rule, "name": "药", "unit": district.market.code, "words": "药"}
    client.post(reverse("intake:routing-rule-add"), other)
    assert "可能同时符合" in client.get(reverse("intake:routing-rules")).content.decode()
    assert signed_in(district.officer).post(reverse("intake:routing-rule-add"), rule).status_code == 403


def test_the_page_of_a_party_lists_what_one_may_see(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    party = reverse("registry:party", args=[matter.party_id])
    panel = reverse("intake:party-panel", args=[matter.party_id])
    assert panel in signed_in(district.officer).get(party).content.decode()
    assert matter.number in signed_in(district.officer).get(panel).content.decode()
    assert matter.number not in signed_in(district.agriculture_officer).get(panel).content.decode()
    assert (
        matter.party.name
        in signed_in(district.officer).get(reverse("registry:parties"), {"q": "丰味"}).content.decode()
    )
