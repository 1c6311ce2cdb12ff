"""A case beyond its extension: lengthened only by a collective discussion on record, by the days it fixed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from qingyuan.apps.cases import actions
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.models import Duty
from qingyuan.basics.clock import civil_date
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import District, district
from tests.factories.cases import FILED, filed_case
from tests.factories.clues import paper

pytestmark = pytest.mark.django_db
LATER = FILED + timedelta(days=40)


@pytest.fixture
def qinghe() -> District:
    return district()


def duty_of(case: object) -> Duty:
    return ledger.duties_of("case", case.pk).get(rule="case.decision")


def test_the_discussion_lengthens_the_term_by_the_days_it_fixed(qinghe: District) -> None:
    """90 + 30 days from 9 March end on 7 July; 45 more end on 21 August, a Friday."""
    case = filed_case(qinghe)
    common = {"case": case, "reason": "案情重大,鉴定未出", "by": qinghe.leader}
    record = paper("extension_discussion")
    with pytest.raises(RefusedError, match="负责人批准的延长已经用完"):
        actions.extend_case_further(**common, days=45, papers=[record], at=LATER)
    actions.extend_case(**common, papers=[paper("extension_approval")], at=LATER)
    assert civil_date(duty_of(case).due_at).isoformat() == "2026-07-07"
    with pytest.raises(RefusedError, match="负责人集体讨论记录"):
        actions.extend_case_further(**common, days=45, at=LATER)
    with pytest.raises(RefusedError, match="同时确定期限"):
        actions.extend_case_further(**common, days=0, papers=[record], at=LATER)
    actions.extend_case_further(**common, days=45, papers=[record], at=LATER)
    duty = duty_of(case)
    assert (civil_date(duty.due_at).isoformat(), duty.extensions, duty.further) == ("2026-08-21", 1, 45)
    event = ledger.timeline("case", case.pk)[0]
    assert event.verb == "case.extend_further"
    assert event.facts["further"] == 45
    assert "第六十四条" in event.basis[0]


def test_only_a_leader_finds_the_step_and_takes_it_through_its_form(qinghe: District) -> None:
    case = filed_case(qinghe)
    actions.extend_case(
        case=case, reason="复杂", papers=[paper("extension_approval")], by=qinghe.leader, at=LATER
    )
    address = reverse("cases:step", args=[case.pk, "extend_further"])
    client = Client()
    client.force_login(qinghe.officer)
    assert client.get(address).status_code == 404
    client.force_login(qinghe.leader)
    assert "集体讨论确定的延长天数" in client.get(address).content.decode()
    given = {"days": "10", "reason": "待鉴定", "extension_discussion__content": "经集体讨论,延长十日。"}
    assert client.post(address, given).status_code == 302
    assert duty_of(case).further == 10
    page = client.get(reverse("cases:record", args=[case.pk])).content.decode()
    assert "再延长10日" in page
    assert "继续延期(日)" in page
