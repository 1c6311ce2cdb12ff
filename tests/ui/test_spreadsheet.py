"""Spreadsheets read back as what was written, and nothing in them runs."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from qingyuan.basics.clock import CHINA
from qingyuan.ui import spreadsheet
from qingyuan.ui.spreadsheet import csv_lines, csv_response, neutral, original, write_xlsx, xlsx_response

RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "　=1",
    "|cmd",
]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
VALUES = st.one_of(
    st.none(),
    TEXT,
    st.sampled_from(RISKY),
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**10), 10**10, places=2),
    st.dates(date(1900, 3, 1), date(9999, 1, 1)),
    st.datetimes(datetime(1901, 1, 1), datetime(9000, 1, 1), timezones=st.just(CHINA)),
)


def read_xlsx(rows: list[list[Any]], heads: list[str]) -> list[list[Any]]:
    target = io.BytesIO()
    assert write_xlsx(heads, rows, target) == len(rows)
    target.seek(0)
    sheet = load_workbook(target).active
    return [list(row) for row in sheet.iter_rows(1, len(rows) + 1, 1, len(heads), values_only=True)]


@pytest.mark.parametrize("text", RISKY)
def test_risky_text_is_neutral_and_comes_back(text: str):
    assert neutral(text) == "'" + text
    assert original(neutral(text)) == text


@given(TEXT)
def test_any_text_comes_back(text: str):
    assert original(neutral(text)) == text
    assert not spreadsheet._RISKY.match(neutral(text))


@pytest.mark.parametrize("text", ["示例商贸有限公司", "a=b", "13800000001", "2023-09-01", ""])
def test_plain_text_is_left_alone(text: str):
    assert neutral(text) == text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=5))
def test_a_workbook_reads_back_as_what_was_written(rows: list[list[Any]]):
    found = read_xlsx(rows, ["甲", "乙", "丙"])
    assert found[0] == ["甲", "乙", "丙"]
    for row, cells in zip(rows, found[1:], strict=True):
        for value, cell in zip(row, cells, strict=True):
            assert_same(value, cell)


def assert_same(value: Any, cell: Any) -> None:
    if value is None or value == "":
        assert cell is None
    elif isinstance(value, str):
        # XML ends every line with \n; what the eye reads is the same
        assert original(cell) == value.replace("\r", "\n") or cell.replace("_x000D_", "\r") == neutral(value)
    elif isinstance(value, datetime):
        assert abs(cell - value.replace(tzinfo=None)) < timedelta(seconds=1.5)
    elif isinstance(value, date):
        assert cell.date() == value
    else:
        assert Decimal(str(cell)) == pytest.approx(Decimal(value), abs=Decimal("0.005"))


def test_no_cell_is_a_formula_and_long_numbers_keep_their_tail():
    target = io.BytesIO()
    write_xlsx(["=甲"], [["=1+1"], [91620000123456789012], [Decimal("1234567890123456.78")]], target)
    sheet = load_workbook(target).active
    cells = [cell for (cell,) in sheet.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == ["'=甲", "'=1+1", "91620000123456789012", "1234567890123456.78"]


def test_moments_are_china_time_and_days_are_dates():
    rows = [[datetime(2023, 8, 31, 17, 30, tzinfo=UTC), date(2023, 9, 1), True, None]]
    found = read_xlsx(rows, ["时间", "日期", "实名", "备注"])
    assert found[1] == [datetime(2023, 9, 1, 1, 30), datetime(2023, 9, 1), "是", None]


def test_control_characters_do_not_break_the_file():
    assert read_xlsx([["甲\x00\x0b乙"]], ["名"])[1] == ["甲乙"]


def test_a_long_list_goes_on_in_the_next_sheet(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spreadsheet, "LARGEST_SHEET", 4)
    target = io.BytesIO()
    assert write_xlsx(["号"], [[n] for n in range(7)], target) == 7
    target.seek(0)
    book = CalamineWorkbook.from_filelike(target)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert book.sheet_names == ["数据", "数据2", "数据3"]
    assert sheets == [[["号"], [0.0], [1.0], [2.0]], [["号"], [3.0], [4.0], [5.0]], [["号"], [6.0]]]


@given(st.lists(st.lists(st.one_of(TEXT, st.sampled_from(RISKY)), min_size=2, max_size=2), max_size=5))
def test_csv_reads_back_with_its_mark_and_nothing_risky(rows: list[list[str]]):
    text = "".join(csv_lines(["甲", "乙"], rows))
    assert text.startswith("\ufeff")
    found = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert [[original(cell) for cell in row] for row in found[1:]] == rows
    assert not any(spreadsheet._RISKY.match(cell) for row in found for cell in row)


def test_csv_writes_negative_numbers_as_numbers():
    lines = list(csv_lines(["差额"], [[Decimal("-12.50")], [-3], ["-3"]]))
    assert [line.strip() for line in lines[1:]] == ["-12.50", "-3", "'-3"]


def test_downloads_carry_chinese_names():
    book = xlsx_response("线索", ["甲"], [["乙"]])
    assert "filename*=utf-8''%E7%BA%BF%E7%B4%A2.xlsx" in book.headers["Content-Disposition"]
    assert b"".join(book.streaming_content)[:2] == b"PK"
    lines = csv_response("线索", ["甲"], [["乙"]])
    assert "%E7%BA%BF%E7%B4%A2.csv" in lines.headers["Content-Disposition"]
    assert b"".join(lines.streaming_content) == b"\xef\xbb\xbf\xe7\x94\xb2\r\n\xe4\xb9\x99\r\n"
