"""Writing spreadsheets: xlsx and csv, streamed, with real types and no text that a program would run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from urllib.parse import quote

from django.http import FileResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from qingyuan.basics.clock import in_china
from qingyuan.ui.formats import shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_SHEET = 1_048_576
"""Rows an xlsx sheet can hold; the writer goes on in the next sheet."""

_LONGEST_CELL = 32_767
_RISKY = re.compile(r"\s*[=+\-@＝＋－＠|]|[\t\r\n]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z")


def neutral(text: str) -> str:
    """`text` so that Excel and WPS show it instead of running it: risky beginnings get a leading apostrophe.

    Risky are = + - @ and their full-width forms (also after blanks), a pipe (DDE), tab and line ends. Text that
    already begins with an apostrophe gets another, so that `original` can always take exactly one away.
    """
    return "'" + text if text.startswith("'") or _RISKY.match(text) else text


def original(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if text.startswith("'") else text


def write_xlsx(
    heads: Sequence[str], rows: Iterable[Sequence[Any]], target: IO[bytes], title: str = "数据"
) -> int:
    """Write a workbook row by row into `target`. Returns the number of data rows.

    Dates, moments (China time) and numbers are real dates and numbers; integers beyond 15 digits and all else are
    text. A list longer than a sheet continues in the next one, with its heads.
    """
    book = Workbook(write_only=True)
    sheet, written = None, 0
    for row in rows:
        if sheet is None or written % (LARGEST_SHEET - 1) == 0:
            sheet = _sheet(book, title, heads)
        sheet.append([_cell(sheet, value) for value in row])
        written += 1
    if sheet is None:
        _sheet(book, title, heads)
    book.save(target)
    return written


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a csv file, first with a byte order mark: without it Excel reads Chinese as noise."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([neutral(str(head)) for head in heads])
    yield buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_csv_value(value) for value in row])
        yield buffer.getvalue()


def xlsx_response(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """A download `name`.xlsx; whole before it is sent, so that a failure is a clean 500.

    The finished file is held in memory (packed: about 5 bytes a cell); csv_response holds nothing.
    """
    target = io.BytesIO()
    write_xlsx(heads, rows, target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def csv_response(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download `name`.csv, streamed."""
    response = StreamingHttpResponse(csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(name)}.csv"
    return response


def _sheet(book: Any, title: str, heads: Sequence[str]) -> Any:
    number = len(book.worksheets) + 1
    sheet = book.create_sheet(title if number == 1 else f"{title}{number}")
    sheet.freeze_panes = "A2"
    for index, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = max(12, 2 * len(str(head)) + 4)
    cells = [WriteOnlyCell(sheet, neutral(str(head))) for head in heads]
    for cell in cells:
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="center", wrap_text=True)
    sheet.append(cells)
    return sheet


def _cell(sheet: Any, value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return None if value is None else str(shown(value))
    if isinstance(value, datetime):
        return _dated(sheet, in_china(value).replace(tzinfo=None, microsecond=0), "yyyy-mm-dd hh:mm")
    if isinstance(value, date):
        return _dated(sheet, value, "yyyy-mm-dd")
    if isinstance(value, int | Decimal):
        # Excel keeps 15 digits: a longer licence or account number must stay text or its tail becomes zeros.
        digits = len(Decimal(value).as_tuple().digits)
        return value if digits <= 15 and (isinstance(value, int) or value.is_finite()) else str(value)
    cell = WriteOnlyCell(sheet, _text(value))
    cell.data_type = "s"  # never "f", whatever the text looks like
    return cell


def _dated(sheet: Any, value: date, number_format: str) -> Any:
    if value.year < 1900:  # spreadsheets have no earlier date
        return value.isoformat()
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else str(shown(value))
    return neutral(ILLEGAL_CHARACTERS_RE.sub("", text))[:_LONGEST_CELL]


def _csv_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{in_china(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        text = f"{value:f}" if isinstance(value, Decimal) else str(value)
        return text if _PLAIN_NUMBER.match(text) else neutral(text)
    return _text(value)
