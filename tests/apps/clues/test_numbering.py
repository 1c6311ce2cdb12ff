"""Numbers: no two alike and none missing, whoever writes at the same moment; a failure gives its number back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from qingyuan.apps.agencies.models import Region, Unit, UnitKind
from qingyuan.apps.clues import actions
from qingyuan.apps.clues.models import NumberSequence
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import district
from tests.factories.clues import RECEIVED

YEAR = timedelta(days=366)


@pytest.mark.django_db
def test_each_year_and_kind_has_its_own_series() -> None:
    unit = district().market
    with transaction.atomic():
        numbers = [
            actions.next_number(unit, kind, at=at)
            for kind, at in (("案", RECEIVED), ("案", RECEIVED), ("罚", RECEIVED), ("案", RECEIVED + YEAR))
        ]
    assert numbers == [
        "青市监案〔2026〕1号",
        "青市监案〔2026〕2号",
        "青市监罚〔2026〕1号",
        "青市监案〔2027〕1号",
    ]


@pytest.mark.django_db
def test_a_transaction_that_fails_gives_its_number_back() -> None:
    unit = district().market
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.next_number(unit, "案", at=RECEIVED)
        1 / 0  # noqa: B018
    with transaction.atomic():
        assert actions.next_number(unit, "案", at=RECEIVED) == "青市监案〔2026〕1号"


@pytest.mark.django_db
def test_a_unit_sets_its_word_and_no_two_units_share_one() -> None:
    qinghe = district()
    actions.set_word(unit=qinghe.market, word="禾市监", by=qinghe.leader, at=RECEIVED)
    with transaction.atomic():
        assert actions.next_number(qinghe.market, "案", at=RECEIVED) == "禾市监案〔2026〕1号"
    with pytest.raises(RefusedError, match="区市场监管局"):
        actions.set_word(unit=qinghe.agriculture, word="禾市监", by=qinghe.leader, at=RECEIVED)


def test_many_writers_at_once_get_a_run_without_gaps(django_db_setup: None, django_db_blocker: Any) -> None:
    """Writes for real: a ledger that refuses TRUNCATE leaves no room for a transactional test's flush."""
    unit = Unit(pk=-1, kind=UnitKind.MARKET_REGULATION, region=Region(code="620499", name="青禾区"))

    def take(_index: int) -> str:
        try:
            with transaction.atomic():
                return actions.next_number(unit, "试", at=RECEIVED)
        finally:
            connection.close()

    with django_db_blocker.unblock():
        try:
            with ThreadPoolExecutor(6) as pool:
                numbers = list(pool.map(take, range(24)))
        finally:
            NumberSequence.objects.filter(series="青市监试").delete()
            connection.close()
    serials = sorted(int(number.removeprefix("青市监试〔2026〕").removesuffix("号")) for number in numbers)
    assert serials == list(range(1, 25))
