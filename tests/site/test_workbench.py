"""The workbench of each role: its cards, its duties, nothing that is somebody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qingyuan.site import workbench
from tests.factories import transfers as transferring
from tests.factories.agencies import District, district
from tests.factories.intake import complaint

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def here() -> District:
    return district()


def page(member: Any, name: str = "workbench") -> str:
    client = Client()
    client.force_login(member, backend=BACKEND)
    response = client.get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


def labels(member: Any, at: Any) -> dict[str, str]:
    return {str(card.label): card.value for card in workbench.cards(member, at=at)}


def test_the_officer_counts_own_work_and_the_police_the_transfer_that_waits_for_them(here: District) -> None:
    transfer = transferring.received(here)
    at = transferring.PROPOSED + timedelta(hours=1)
    assert labels(here.members["officer"], at)["办理中的移送"] == "1"
    police = here.members["police_officer"]
    assert labels(police, at)["办理中的移送"] == "1"
    assert [card.title for card in workbench.urgent(police, at=at)] == [
        f"公安机关立案审查 {transfer.number} {transfer.case.party_name}"
    ]


def test_the_procuratorate_watches_transfers_and_cases_but_no_complaints(here: District) -> None:
    complaint(by=here.members["officer"])
    transferring.received(here)
    subjects = {duty.subject_kind for duty in workbench.duties_of(here.members["prosecutor"])}
    assert "transfer" in subjects
    assert "complaint" not in subjects


def test_another_unit_sees_none_of_it(here: District) -> None:
    transferring.received(here)
    stranger = here.members["agriculture_officer"]
    assert set(labels(stranger, transferring.PROPOSED).values()) == {"0"}
    assert workbench.urgent(stranger, at=transferring.PROPOSED) == []


def test_the_administrator_is_told_that_there_are_no_cases_here(here: District) -> None:
    assert "不查看来件和案件" in page(here.members["administrator"])


@pytest.mark.parametrize(
    "role", ["coordinator", "officer", "leader", "police_officer", "prosecutor", "court_clerk"]
)
def test_every_role_gets_its_workbench_and_the_list_of_duties(role: str, here: District) -> None:
    transferring.received(here)
    assert "工作台" in page(here.members[role])
    assert "未结期限" in page(here.members[role], "duties")


def test_the_workbench_costs_a_fixed_number_of_queries(
    here: District, django_assert_max_num_queries: Any
) -> None:
    transferring.received(here)
    client = Client()
    client.force_login(here.members["leader"], backend=BACKEND)
    client.get(reverse("workbench"))
    with django_assert_max_num_queries(20):
        client.get(reverse("workbench"))


def test_late_duties_are_red_and_counted(here: District) -> None:
    transferring.received(here)
    at = transferring.PROPOSED + timedelta(days=10)
    assert labels(here.members["police_officer"], at)["逾期期限"] == "1"
    [card] = workbench.urgent(here.members["police_officer"], at=at)
    assert card.light == "red"
