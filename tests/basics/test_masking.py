"""Masking: enough to recognise, not enough to use. Every number here is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan.basics.masking import mask_address, mask_identity, mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("王", "*"),
        ("", ""),
        (" 李四 ", "李*"),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800001234", "138****1234"),
        ("138 0000 1234", "138****1234"),
        ("010-12345678", "*******5678"),
        ("12315", "***15"),
    ],
)
def test_phones(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


def test_identity_numbers() -> None:
    assert mask_identity("11010119900101001X") == "110101********001X"
    assert mask_identity("12345") == "*****"


@pytest.mark.parametrize(
    ("address", "masked"),
    [("甲省乙市丙区丁街道12号3楼", "甲省乙市丙区****"), ("丁街道12号", "****"), ("", "")],
)
def test_addresses(address: str, masked: str) -> None:
    assert mask_address(address) == masked


def test_free_text() -> None:
    text = "电话13800001234，证号110101199001010014，卡6222000000000001234，座机0931-1234567，信箱abc.d@example.com"
    assert mask_text(text) == (
        "电话138****1234，证号110101********0014，卡6222***********1234，座机0931-****4567，信箱a***@example.com"
    )
    assert mask_text("货值300元，编号20260001") == "货值300元，编号20260001"


@given(
    st.from_regex(r"\A1[3-9]\d{9}\Z"),
    st.text("某地的商铺，售假", max_size=10),
    st.text("某地的商铺，售假", max_size=10),
)
def test_no_mobile_number_survives_in_text(number: str, before: str, after: str) -> None:
    assert number not in mask_text(before + number + after)


@given(st.text(min_size=2, max_size=6))
def test_masked_name_is_no_longer_and_hides_the_end(name: str) -> None:
    masked = mask_name(name)
    assert len(masked) == len(name.strip())
    assert not masked or masked.endswith("*")
