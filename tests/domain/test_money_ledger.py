"""Sums of the money ledger: which entries made them, which were set aside, what is open."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from qingyuan.domain.money_ledger import Measure, MoneyEntry, MoneyLedger, PriceBasis, text_of
from qingyuan.law import load_book
from qingyuan.law.thresholds import Regime

OLD, NEW = date(2025, 4, 25), date(2025, 4, 26)
_numbers = count(1)


def regime(offence: str, on: date) -> Regime:
    found = next(item for item in load_book().offences(on) if item.id == offence).regimes.on(on)
    assert found is not None
    return found


def entry(
    measure: Measure,
    amount: int | None,
    basis: PriceBasis = PriceBasis.ACTUAL_PRICE,
    *,
    goods: str = "",
    form: str = "goods",
    dealt_with: bool = False,
) -> MoneyEntry:
    money = None if amount is None else Decimal(amount)
    return MoneyEntry(
        f"e{next(_numbers):04}",
        measure,
        money,
        basis,
        NEW,
        "证据1",
        goods=goods,
        form=form,
        dealt_with=dealt_with,
    )


def test_each_statute_prices_the_same_unsold_goods_in_its_own_order() -> None:
    ledger = MoneyLedger(
        (
            entry(Measure.UNSOLD, 90000, PriceBasis.MARKED_PRICE, goods="鞋"),
            entry(Measure.UNSOLD, 60000, PriceBasis.ACTUAL_AVERAGE_PRICE, goods="鞋"),
            entry(Measure.UNSOLD, 200000, PriceBasis.MARKET_MIDDLE_PRICE, goods="鞋"),
            entry(Measure.UNSOLD, 5000, PriceBasis.MARKET_MIDDLE_PRICE, goods="包"),
        )
    )
    new = ledger.total("unsold_value", regime("criminal.214", NEW))
    assert new.amount == 65000
    assert len(new.counted) == 2
    assert "已按实际销售平均价格计价" in new.set_aside[0].why
    assert "法释〔2025〕5号" in new.set_aside[0].why
    assert "第二十八条" in new.set_aside[0].why
    assert ledger.total("unsold_value", regime("criminal.140", NEW)).amount == 95000


def test_bases_of_equal_standing_count_in_favour_of_the_person() -> None:
    marked = entry(Measure.UNSOLD, 50000, PriceBasis.MARKED_PRICE, goods="鞋")
    average = entry(Measure.UNSOLD, 60000, PriceBasis.ACTUAL_AVERAGE_PRICE, goods="鞋")
    total = MoneyLedger((average, marked)).total("unsold_value", regime("criminal.214", OLD))
    assert total.amount == 50000
    assert total.counted == (marked.id,)


def test_a_basis_the_statute_does_not_know_leaves_the_value_open() -> None:
    total = MoneyLedger((entry(Measure.UNSOLD, 90000, PriceBasis.INVOICE),)).total(
        "unsold_value", regime("criminal.214", NEW)
    )
    assert total.at_least == 0
    assert total.at_most is None and total.amount is None
    assert total.open[0].kind == "valuation"
    assert "发票不是法定的计价依据" in total.set_aside[0].why


def test_turnover_and_mixed_sums() -> None:
    ledger = MoneyLedger((entry(Measure.SOLD, 20000), entry(Measure.UNSOLD, 70000, PriceBasis.MARKED_PRICE)))
    assert ledger.total("turnover", regime("criminal.213", NEW)).amount == 90000
    weighed = ledger.total("sold_plus_unsold", regime("criminal.140", NEW), factors={"sales_amount": 3})
    assert weighed.amount == 130000


def test_gain_is_income_less_purchase_for_goods_and_all_income_for_services() -> None:
    law = regime("criminal.213", NEW)
    goods = (entry(Measure.SOLD, 80000), entry(Measure.COST, 30000))
    services = (entry(Measure.SOLD, 10000, form="services"), entry(Measure.COST, 4000, form="services"))
    ledger = MoneyLedger(goods + services)
    assert ledger.total("illegal_gain", law, form="goods").amount == 50000
    assert ledger.total("illegal_gain", law, form="services").amount == 10000
    assert ledger.total("illegal_gain", law, form="both").amount == 60000
    assert MoneyLedger(goods).total("illegal_gain", law, form="both").amount == 0


def test_gain_without_known_cost_is_a_range() -> None:
    total = MoneyLedger((entry(Measure.SOLD, 80000),)).total("illegal_gain", regime("criminal.214", NEW))
    assert total.at_least == 0
    assert total.at_most == 80000
    assert total.amount is None
    assert total.open[0].kind == "cost"
    at_loss = MoneyLedger((entry(Measure.SOLD, 80000), entry(Measure.COST, 90000)))
    assert at_loss.total("illegal_gain", regime("criminal.214", NEW)).amount == 0


def test_gain_that_was_established_directly_wins() -> None:
    ledger = MoneyLedger((entry(Measure.SOLD, 80000), entry(Measure.GAIN, 25000)))
    total = ledger.total("illegal_gain", regime("criminal.214", NEW))
    assert total.amount == 25000
    assert "已有直接查明" in total.set_aside[0].why


def test_what_was_punished_is_not_added_up_again() -> None:
    ledger = MoneyLedger((entry(Measure.SOLD, 40000), entry(Measure.SOLD, 30000, dealt_with=True)))
    total = ledger.total("sales_amount", regime("criminal.214", NEW))
    assert total.amount == 40000
    assert "不再累计（依据：" in total.set_aside[0].why
    assert "第二十九条" in total.set_aside[0].why


def test_an_amount_not_established_leaves_the_sum_open_upwards() -> None:
    total = MoneyLedger((entry(Measure.SOLD, 40000), entry(Measure.SOLD, None))).total(
        "sales_amount", regime("criminal.214", NEW)
    )
    assert total.at_least == 40000
    assert total.at_most is None
    assert total.as_dict()["at_least"] == "40000"


def test_bad_entries_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="不小于零"):
        entry(Measure.SOLD, -1)
    with pytest.raises(ValueError, match="goods 或者 services"):
        entry(Measure.SOLD, 1, form="air")
    one = entry(Measure.SOLD, 1)
    with pytest.raises(ValueError, match="编号重复"):
        MoneyLedger((one, one))
    with pytest.raises(ValueError, match="不是金额"):
        MoneyLedger().total("copies", regime("criminal.213", NEW))


@pytest.mark.parametrize(
    ("amount", "text"), [("50000.00", "50000"), ("1E+3", "1000"), ("0.50", "0.5"), ("0", "0")]
)
def test_money_as_text(amount: str, text: str) -> None:
    assert text_of(Decimal(amount)) == text
