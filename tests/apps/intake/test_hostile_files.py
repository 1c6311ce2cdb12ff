"""Spreadsheets made to hurt: refused with advice, and the process that serves everybody else goes on."""

import io

import pytest
from openpyxl import Workbook

from qingyuan.apps.intake.queries.reading import read_sheets
from qingyuan.domain.decision import RefusedError


def workbook(cell: str) -> bytes:
    book = Workbook()
    book.active.append(["登记编号", "投诉内容"])
    book.active.append(["1", "买到假酒"])
    book.active[cell] = "多余"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_one_cell_in_the_last_corner_ends_no_process() -> None:
    with pytest.raises(RefusedError, match="展开后太大"):
        read_sheets(workbook("XFD1048576"), "工单.xlsx")


def test_a_stray_cell_far_below_is_read() -> None:
    [sheet] = read_sheets(workbook("A20000"), "工单.xlsx")
    assert [number for number, _row in sheet.numbered()] == [2, 20_000]
