"""应移未移: what stands in the list, who sees it, and how a later test puts a case there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from qingyuan.apps.cases import access as cases
from qingyuan.apps.cases.models import Case
from qingyuan.apps.ledger.models import Event
from qingyuan.apps.transfers import actions, queries
from tests.factories import transfers as make
from tests.factories.agencies import District, district
from tests.factories.cases import FILED, closed_case, money_facts

pytestmark = pytest.mark.django_db
LATER = FILED + timedelta(days=300)


@pytest.fixture
def here() -> District:
    return district()


def closed_over_the_line(here: District) -> Case:
    """A case closed on a small amount, whose money then turns out to be more."""
    case = closed_case(here)
    from qingyuan.apps.cases.models import MoneyEntry

    facts = money_facts(amount=make.LINE_OF_SALES)
    MoneyEntry.objects.create(
        case=case,
        measure=facts.measure,
        valuation=facts.valuation,
        act_on=facts.act_on,
        amount=facts.amount,
        entered_by="补录",
        entered_at=LATER,
    )
    return case


def listed(member: object) -> list[Case]:
    return list(queries.untransferred(cases.visible_to(member)))  # type: ignore[arg-type]


def test_a_small_closed_case_is_not_listed(here: District) -> None:
    closed_case(here)
    assert actions.retest_closed(at=LATER) == 0
    assert listed(here.members["prosecutor"]) == []


def test_a_case_that_reaches_the_line_after_all_is_listed_with_the_finding_kept(here: District) -> None:
    case = closed_over_the_line(here)
    assert actions.retest_closed(at=LATER) == 1
    assert listed(here.members["prosecutor"]) == [case]
    assert listed(here.members["officer"]) == [case]
    assert listed(here.members["agriculture_officer"]) == []
    event = Event.objects.filter(verb="case.transfer-tested", subject_id=str(case.pk)).latest("sequence")
    assert event.facts["finding"]["met"] is True
    assert actions.retest_closed(at=LATER) == 0, "a second run changes nothing"


def test_a_case_with_a_transfer_proposed_and_approved_leaves_the_list(here: District) -> None:
    case = closed_over_the_line(here)
    actions.retest_closed(at=LATER)
    transfer = make.proposed(here, case=Case.objects.get(pk=case.pk), at=LATER)
    make.step(transfer, "approve", here.members["leader"], at=LATER, stated={"chief"})
    assert listed(here.members["prosecutor"]) == []


def test_the_page_and_its_export_show_the_same(here: District) -> None:
    case = closed_over_the_line(here)
    actions.retest_closed(at=LATER)
    client = Client()
    client.force_login(
        here.members["prosecutor"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert case.number in client.get(reverse("transfers:untransferred")).content.decode()
    exported = client.get(reverse("transfers:untransferred-export"))
    assert exported.status_code == 200
    assert b"".join(exported)[:2] == b"PK"
