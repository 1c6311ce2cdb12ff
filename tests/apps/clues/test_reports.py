"""Reports become clues: several in one, each answered for itself, and told what became of the clue."""

from datetime import timedelta

import pytest

from qingyuan.apps.clues import actions, queries
from qingyuan.domain.decision import RefusedError
from tests.factories import intake as make_intake
from tests.factories.agencies import District, district
from tests.factories.clues import approved

pytestmark = pytest.mark.django_db
AT = make_intake.RECEIVED + timedelta(days=1)


@pytest.fixture
def qinghe() -> District:
    return district()


def test_a_report_becomes_a_clue_and_is_told_that_no_case_was_filed(qinghe: District) -> None:
    report = make_intake.report(by=qinghe.officer)
    clue = actions.clue_of_reports(
        reports=[report], facts=actions.facts_of([report]), unit=qinghe.market, by=qinghe.officer, at=AT
    )
    report.refresh_from_db()
    assert (report.state, report.clue_ref) == ("clue", clue.number)
    assert queries.matter_of("report", report.pk).clue == clue and clue.received_at == report.received_at
    with pytest.raises(RefusedError, match="已经在其他线索中"):
        actions.clue_of_reports(
            reports=[report], facts=actions.facts_of([report]), unit=qinghe.market, by=qinghe.officer, at=AT
        )
    clue = actions.verify_clue(clue=clue, by=qinghe.officer, at=AT)
    approved(qinghe, clue, "refusal_approval", at=AT)
    actions.refuse_clue(clue=clue, reason="违法事实不成立", by=qinghe.officer, at=AT + timedelta(hours=1))
    report.refresh_from_db()
    assert report.state == "not_filed"


def test_no_report_is_no_clue(qinghe: District) -> None:
    with pytest.raises(RefusedError, match="没有选择举报"):
        actions.clue_of_reports(
            reports=[], facts=actions.ClueFacts("题", "文"), unit=qinghe.market, by=qinghe.officer, at=AT
        )
