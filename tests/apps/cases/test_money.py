"""The money ledger: nothing is changed, a correction strikes with a reason, the database holds to it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from qingyuan.apps.cases import actions, queries
from qingyuan.apps.cases.models import MoneyEntry
from qingyuan.apps.ledger import queries as ledger
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import District, district
from tests.factories.cases import FILED, closed_case, completed_case, investigated_case, money_facts

pytestmark = pytest.mark.django_db
LATER = FILED + timedelta(days=2)


@pytest.fixture
def qinghe() -> District:
    return district()


def test_a_correction_strikes_the_old_entry_and_unsettles_the_case(qinghe: District) -> None:
    case = completed_case(qinghe)
    entry = MoneyEntry.objects.get()
    with pytest.raises(RefusedError, match="理由"):
        actions.strike_money(entry=entry, reason="", by=qinghe.officer, at=LATER)
    new = actions.strike_money(
        entry=entry,
        reason="漏计一笔",
        replacement=money_facts(amount=Decimal("1500.00")),
        by=qinghe.officer,
        at=LATER,
    )
    case.refresh_from_db()
    assert (case.amount, case.money_confirmed_at, case.transfer_test_at) == (Decimal("1500.00"), None, None)
    with pytest.raises(RefusedError, match="已经更正过"):
        actions.strike_money(entry=entry, reason="再来", by=qinghe.officer, at=LATER)
    bare = actions.strike_money(entry=new, reason="不是本案的货", by=qinghe.officer, at=LATER)
    case.refresh_from_db()
    assert case.amount == 0 and MoneyEntry.objects.count() == 3
    with pytest.raises(RefusedError, match="冲销"):
        actions.strike_money(entry=bare, reason="x", by=qinghe.officer, at=LATER)


@pytest.mark.parametrize("write", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(qinghe: District, write: str) -> None:
    actions.enter_money(case=investigated_case(qinghe), facts=money_facts(), by=qinghe.officer, at=LATER)
    rows = MoneyEntry.objects.all()
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic():
        rows.update(amount=1) if write == "update" else rows._raw_delete(rows.db)
    assert MoneyEntry.objects.get().amount == Decimal("1200.00")


def test_quantity_and_price_make_the_amount(qinghe: District) -> None:
    case = investigated_case(qinghe)
    given = {"quantity": Decimal(30), "quantity_unit": "瓶", "unit_price": Decimal("19.9")}
    entry = actions.enter_money(
        case=case, facts=money_facts(amount=None, **given), by=qinghe.officer, at=LATER
    )
    assert entry.amount == Decimal("597.00")
    with pytest.raises(RefusedError, match=r"597\.00元"):
        actions.enter_money(
            case=case, facts=money_facts(amount=Decimal(600), **given), by=qinghe.officer, at=LATER
        )


def test_an_act_cannot_lie_in_the_future(qinghe: District) -> None:
    case = investigated_case(qinghe)
    with pytest.raises(RefusedError, match="晚于今天"):
        actions.enter_money(
            case=case, facts=money_facts(act_on=date(2027, 1, 1)), by=qinghe.officer, at=LATER
        )


def test_an_empty_ledger_is_not_confirmed(qinghe: District) -> None:
    with pytest.raises(RefusedError, match="还没有条目"):
        actions.confirm_money(case=investigated_case(qinghe), by=qinghe.officer, at=LATER)


def test_each_entry_is_one_event_with_its_amount(qinghe: District) -> None:
    case = investigated_case(qinghe)
    actions.enter_money(case=case, facts=money_facts(), by=qinghe.officer, at=LATER)
    event = ledger.timeline("case", case.pk)[0]
    assert (event.verb, event.facts["amount"]) == ("case.money-entered", "1200.00")


def test_closed_cases_stream_with_their_facts(qinghe: District) -> None:
    case = closed_case(qinghe)
    ((found, facts),) = queries.closed_cases_facts()
    assert found == case and facts.ledger.entries[0].amount == Decimal("1200.00")
    finding = queries.transfer_finding(case, on=date(2026, 5, 1))
    assert not finding.met
