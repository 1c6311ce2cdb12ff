"""复查: find closed cases that reach a line after all."""

from __future__ import annotations

from datetime import datetime

from qingyuan.apps.cases import actions as cases
from qingyuan.apps.cases.queries import closed_cases_facts
from qingyuan.apps.ledger import queries as ledger
from qingyuan.domain.transfer_test import ADMINISTRATIVE, transfer_test


def retest_closed(*, at: datetime) -> int:
    """Test every closed case about whose transfer nothing was decided; mark those that the law of the day moves.

    Each change is its own transaction and event, so it can be stopped and run again. Returns how many changed.
    """
    day, book, changed = ledger.law_day(at), ledger.book(), 0
    for case, facts in closed_cases_facts():
        finding = transfer_test(facts, day, book)
        if (finding.route != ADMINISTRATIVE) != case.transfer_test_met:
            cases.mark_retested(case=case, finding=finding, at=at)
            changed += 1
    return changed
