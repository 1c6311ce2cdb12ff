"""A party's page shows the clues, cases and transfers about it that one may see, each through its own door."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from qingyuan.apps.cases import actions as cases
from qingyuan.apps.cases.models import Case
from qingyuan.apps.clues import actions as clues
from qingyuan.apps.clues.models import Clue
from qingyuan.apps.registry.models import Party
from tests.factories import intake as make_intake
from tests.factories import transfers as make_transfers
from tests.factories.agencies import District, district
from tests.factories.cases import case_facts, filed_case
from tests.factories.clues import clue_facts

pytestmark = pytest.mark.django_db
PANELS = ("clues:party-panel", "cases:party-panel", "transfers:party-panel")


@pytest.fixture
def qinghe() -> District:
    return district()


def page(member: object, address: str, **headers: str) -> str:
    client = Client()
    client.force_login(member)
    return client.get(address, headers=headers).content.decode()


def test_the_party_page_leads_to_clue_case_and_transfer(qinghe: District) -> None:
    transfer = make_transfers.proposed(qinghe)
    case = Case.objects.get(pk=transfer.case_id)
    assert case.party is not None
    assert Clue.objects.get(pk=case.clue_id).party == case.party
    front = page(qinghe.officer, reverse("registry:party", args=[case.party_id]))
    for name, number in zip(PANELS, (case.clue.number, case.number, transfer.number), strict=True):
        panel = reverse(name, args=[case.party_id])
        assert panel in front
        assert number in page(qinghe.officer, panel)
        fragment = page(qinghe.officer, panel, **{"HX-Request": "true"})
        assert number in fragment and "<html" not in fragment
        assert number not in page(qinghe.agriculture_officer, panel)


def test_a_clue_of_reports_keeps_the_reports_party_unless_it_is_edited(qinghe: District) -> None:
    at = make_intake.RECEIVED + timedelta(days=1)
    common = {"unit": qinghe.market, "by": qinghe.officer, "at": at}
    one, other = make_intake.report(by=qinghe.officer), make_intake.report(by=qinghe.officer)
    kept = clues.clue_of_reports(reports=[one], facts=clues.facts_of([one]), **common)
    assert kept.party == one.party
    edited = clues.clue_of_reports(reports=[other], facts=clue_facts(party_name="另一家店"), **common)
    assert edited.party is None
    corrected = clues.correct_clue(
        clue=kept, facts=clue_facts(party_name="改成这家店"), by=qinghe.officer, at=at
    )
    assert corrected.party is None


def test_correcting_the_party_of_a_case_moves_its_clue_along(qinghe: District) -> None:
    case = filed_case(qinghe)
    before = case.party
    cases.correct_case(
        case=case,
        facts=case_facts(party_name="青禾区另一便利店"),
        by=qinghe.officer,
        at=case.filed_at + timedelta(days=1),
    )
    case.refresh_from_db()
    assert case.party == Party.objects.get(name="青禾区另一便利店") != before
    assert Clue.objects.get(pk=case.clue_id).party == case.party
