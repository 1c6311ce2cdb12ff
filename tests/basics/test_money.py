"""Money: exact, read as people write it, shown as documents want it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan.basics.money import capital_yuan, format_wan, format_yuan, parse_yuan, yuan

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12,345.60", "12345.60"),
        ("¥300元", "300.00"),
        ("3.5万元", "35000.00"),
        ("1.2亿", "120000000.00"),
        ("12345元", "12345.00"),
        (" 人民币 500 元整 ", "500.00"),
        ("-20", "-20.00"),
        ("\uff11\uff12\uff13\uff0e\uff15\u5143", "123.50"),
        ("\uffe5\uff15\uff10", "50.00"),
        ("\u3000 7", "7.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str) -> None:
    assert parse_yuan(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "元", "三百元", "12元3角", "1.2.3", "12 34", "NaN", "Infinity"])
def test_what_is_not_one_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是金额"):
        parse_yuan(text)


def test_yuan_rounds_half_up_and_never_takes_a_float() -> None:
    assert yuan("0.005") == Decimal("0.01")
    assert yuan(3) == Decimal("3.00")
    for wrong in (0.1, True, None):
        with pytest.raises(TypeError):
            yuan(wrong)  # type: ignore[arg-type]
    for text in ("abc", "Infinity"):
        with pytest.raises(ValueError, match="不是金额"):
            yuan(text)


def test_shown_in_yuan_and_in_wan() -> None:
    assert format_yuan(Decimal("1234567.8")) == "1,234,567.80元"
    assert format_wan(123_456) == "12.35万元"
    assert format_wan(Decimal("50000"), places=0) == "5万元"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角"),
        ("0.55", "伍角伍分"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("1005.6", "壹仟零伍元陆角"),
        ("10000", "壹万元整"),
        ("10500", "壹万零伍佰元整"),
        ("100000005", "壹亿零伍元整"),
        ("1010101", "壹佰零壹万零壹佰零壹元整"),
        ("123456789.12", "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分"),
        ("-200", "负贰佰元整"),
    ],
)
def test_capitals(amount: str, words: str) -> None:
    assert capital_yuan(Decimal(amount)) == words


def test_capitals_have_an_end() -> None:
    with pytest.raises(ValueError, match="超出大写数字的范围"):
        capital_yuan(10**16)


@given(AMOUNTS)
def test_what_is_shown_reads_back(amount: Decimal) -> None:
    assert parse_yuan(format_yuan(amount)) == amount


@given(AMOUNTS, AMOUNTS)
def test_different_amounts_have_different_capitals(one: Decimal, other: Decimal) -> None:
    assert (capital_yuan(one) == capital_yuan(other)) == (one == other)
