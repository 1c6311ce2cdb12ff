"""An officer ticks reports in the register and makes them one clue, then adds another by its number."""

from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse

from qingyuan.apps.clues.models import Clue
from qingyuan.apps.intake.models import Matter
from tests.factories import intake as make_intake
from tests.factories.agencies import District, district

pytestmark = pytest.mark.django_db


@pytest.fixture
def qinghe() -> District:
    return district()


def signed_in(member: object) -> Client:
    client = Client()
    client.force_login(member)
    return client


def ticked(matters: Sequence[Matter]) -> dict[str, list[int]]:
    return {"selected": [matter.pk for matter in matters]}


def test_two_reports_ticked_become_one_clue_and_a_third_is_added(qinghe: District) -> None:
    reports = [
        make_intake.report(by=qinghe.officer, title=title) for title in ("假酒", "假酒又一件", "第三件")
    ]
    client = signed_in(qinghe.officer)
    bulk = reverse("clues:of-reports")
    assert bulk in client.get(reverse("intake:matters")).content.decode()

    answer = client.post(bulk, ticked(reports[:2]))
    assert answer.status_code == 302
    form = client.get(answer.url).content.decode()
    assert "举报转为线索" in form
    assert Clue.objects.count() == 0
    data = {
        "title": "两件举报同一商家",
        "summary": "两位举报人反映同一商家销售假冒白酒。",
        "unit": qinghe.market.pk,
        "report": [report.pk for report in reports[:2]],
    }
    assert client.post(reverse("clues:new"), data).status_code == 302
    clue = Clue.objects.get()
    assert sorted(clue.matters.values_list("number", flat=True)) == sorted(map(str, reports[:2]))
    assert clue.received_at == min(report.received_at for report in reports[:2])

    add = reverse("clues:add-reports", args=[clue.pk])
    assert add in client.get(reverse("clues:record", args=[clue.pk])).content.decode()
    wrong = client.post(add, {"numbers": "举2026-999999"})
    assert wrong.status_code == 409
    assert "没有找到举2026-999999" in wrong.content.decode()
    assert client.post(add, {"numbers": reports[2].number}).status_code == 302
    assert clue.matters.count() == 3
    assert {Matter.objects.get(pk=report.pk).clue_ref for report in reports} == {clue.number}
    again = client.post(add, {"numbers": reports[2].number})
    assert again.status_code == 409
    assert "已经在其他线索中" in again.content.decode()


def test_a_complaint_among_the_ticked_ones_is_refused_by_number(qinghe: District) -> None:
    report, complaint = make_intake.report(by=qinghe.officer), make_intake.complaint(by=qinghe.officer)
    client = signed_in(qinghe.officer)
    answer = client.post(reverse("clues:of-reports"), ticked([report, complaint]), follow=True)
    assert f"{complaint.number}不是举报" in answer.content.decode()
    assert "没有选择举报" in client.post(reverse("clues:of-reports"), follow=True).content.decode()


def test_reports_one_may_not_see_are_not_ticked_and_clues_of_others_not_added_to(qinghe: District) -> None:
    report = make_intake.report(by=qinghe.officer)
    stranger = signed_in(qinghe.agriculture_officer)
    assert stranger.post(reverse("clues:of-reports"), ticked([report])).url == reverse("intake:matters")
    client = signed_in(qinghe.officer)
    client.post(
        reverse("clues:new"),
        {"title": "题", "summary": "文", "unit": qinghe.market.pk, "report": [report.pk]},
    )
    clue = Clue.objects.get()
    add = reverse("clues:add-reports", args=[clue.pk])
    assert stranger.get(add).status_code == 404
    Clue.objects.filter(pk=clue.pk).update(seen_by=[*clue.seen_by, qinghe.agriculture.scope_id])
    assert stranger.get(add).status_code == 403
