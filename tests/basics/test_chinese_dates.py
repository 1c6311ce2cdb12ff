"""Dates and document numbers as Chinese documents write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan.basics.chinese_dates import capital_date, format_date, format_day, format_moment, parse_date
from qingyuan.basics.document_numbers import DocumentNumber, parse_document_number


def test_shown() -> None:
    day = date(2023, 9, 1)
    assert format_date(day) == "2023年9月1日"
    assert format_day(day) == "2023年9月1日（周五）"
    assert capital_date(day) == "二〇二三年九月一日"
    assert capital_date(date(2020, 12, 31)) == "二〇二〇年十二月三十一日"
    assert capital_date(date(2010, 10, 20)) == "二〇一〇年十月二十日"
    assert format_moment(datetime(2023, 8, 31, 17, 5, tzinfo=UTC)) == "2023年9月1日1时5分"


@pytest.mark.parametrize(
    "text",
    ["2023年9月1日", "2023-09-01", "2023/9/1", "2023.9.1", "20230901", " 2023 年 9 月 1 日 ", "二〇二三年九月一日",
     "二零二三年九月一日"],
)  # fmt: skip
def test_read(text: str) -> None:
    assert parse_date(text) == date(2023, 9, 1)


@pytest.mark.parametrize("text", ["2023年2月29日", "2023-13-01", "20230230", "二〇二三年二月三十日"])
def test_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是日历上有的日子"):
        parse_date(text)


@pytest.mark.parametrize("text", ["", "明天", "2023年9月", "23-9-1", "2023-09-01 10:00"])
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是日期"):
        parse_date(text)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_reads_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(capital_date(day)) == day
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "某打假办发〔2023〕5号",
        "某打假办发\uff3b\uff12\uff10\uff12\uff13\uff3d5号",
        "某打假办发[2023]5号",
        "某打假办发\uff082023\uff09 5 号",
        "某打假办发〔2023〕第05号",
    ],
)
def test_document_number_reads_with_any_bracket(text: str) -> None:
    assert parse_document_number(text) == DocumentNumber("某打假办发", 2023, 5)


@pytest.mark.parametrize(
    "text",
    ["", "某办发2023年5号", "〔2023〕5号", "某办发〔23〕5号", "某办发〔2023〕号", "某办发〔2023〕5号之一"],
)
def test_what_is_not_a_document_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是发文字号"):
        parse_document_number(text)


@pytest.mark.parametrize("parts", [("", 2023, 1), ("某办发", 1900, 1), ("某办发", 2023, 0)])
def test_incomplete_document_number_is_refused(parts: tuple[str, int, int]) -> None:
    with pytest.raises(ValueError, match="发文字号不完整"):
        DocumentNumber(*parts)


@given(
    st.builds(
        DocumentNumber,
        st.text("某市监知产打假办发函字", min_size=1, max_size=8),
        st.integers(1990, 2099),
        st.integers(1, 99_999),
    )
)
def test_document_number_reads_back(number: DocumentNumber) -> None:
    assert parse_document_number(str(number)) == number
