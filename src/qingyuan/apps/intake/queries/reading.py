"""Read uploaded spreadsheets: sheets with their heads and rows, whatever the program or encoding they come from."""

from __future__ import annotations

import csv
import io
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.intelligence.tabular.mapping import head_row

ENCODINGS = ("utf-8-sig", "gb18030")
LARGEST_CELL = 50_000
LARGEST_MEMORY = 2 * 1024**3  # bytes
LONGEST_READ = 120  # seconds
_DAMAGED = 3
_READER = """
import io, pickle, resource, sys
limit, damaged = int(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from python_calamine import CalamineError, CalamineWorkbook
try:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    sheets = [(t, book.get_sheet_by_name(t).to_python(skip_empty_area=False)) for t in book.sheet_names]
except (CalamineError, ValueError, OSError):
    sys.exit(damaged)
pickle.dump(sheets, sys.stdout.buffer, protocol=5)
"""
"""A workbook is opened in a process of its own: five kilobytes with one cell in the last corner of a sheet ask for
half a terabyte, and the library then ends its whole process, not just the request.
"""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the row of its heads (counted from 1), the heads, and the rows below with their numbers."""

    name: str
    head_at: int
    heads: list[str]
    rows: list[list[Any]]

    def numbered(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield each row that is not blank with its number as the spreadsheet shows it."""
        for offset, row in enumerate(self.rows, start=self.head_at + 1):
            if any(str(cell).strip() for cell in row):
                yield offset, row


def read_sheets(content: bytes, name: str) -> list[Sheet]:
    """Return the sheets of an xlsx, xls, ods or csv file that hold anything. Raises RefusedError when it has none."""
    spreadsheet = content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    found = _workbook(content, name) if spreadsheet else [(_("文本"), _csv(content, name))]
    sheets = [sheet for title, rows in found if (sheet := _sheet(title, rows)) is not None]
    if not sheets:
        raise _refused(
            _("“{name}”里没有数据:没有找到表头和至少一行内容。请检查是不是选错了文件。").format(name=name)
        )
    return sheets


def _refused(text: str) -> RefusedError:
    return RefusedError([Reason(text)])


def _sheet(title: str, rows: list[list[Any]]) -> Sheet | None:
    top = [[text_of(cell) for cell in row] for row in rows[:12]]
    if len([row for row in rows if any(str(cell).strip() for cell in row)]) < 2:
        return None
    position = head_row(top)
    return Sheet(title[:60], position + 1, top[position], rows[position + 1 :])


def _workbook(content: bytes, name: str) -> list[tuple[str, list[list[Any]]]]:
    command = [sys.executable, "-I", "-c", _READER, str(LARGEST_MEMORY), str(_DAMAGED)]
    try:
        read = subprocess.run(command, input=content, capture_output=True, timeout=LONGEST_READ, check=False)
    except subprocess.TimeoutExpired as error:
        raise _too_large(name) from error
    if read.returncode == _DAMAGED:
        raise _refused(
            _("“{name}”打不开:文件损坏或者有密码。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。").format(
                name=name
            )
        )
    if read.returncode:
        raise _too_large(name)
    sheets: list[tuple[str, list[list[Any]]]] = pickle.loads(read.stdout)  # what our own child wrote
    return sheets


def _too_large(name: str) -> RefusedError:
    return _refused(
        _(
            "“{name}”展开后太大,没有读取。常见原因是表格最末的行或列有多余内容:请把数据复制到新表,另存为 .xlsx 再上传。"
        ).format(name=name)
    )


def _csv(content: bytes, name: str) -> list[list[Any]]:
    text = _decoded(content, name)
    head = text[: text.find("\n") + 1] or text
    delimiter = max(",\t;", key=head.count)
    # A csv line may hold a whole letter; the default limit is smaller than some letters are.
    csv.field_size_limit(10_000_000)
    try:
        return [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
        ]
    except csv.Error as error:
        raise _refused(
            _("“{name}”不是完整的 CSV:{error}。请用 Excel 打开后另存为 .xlsx 再上传。").format(
                name=name, error=error
            )
        ) from error


def _decoded(content: bytes, name: str) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(
        _("“{name}”的文字编码认不出来(不是 UTF-8 也不是 GB18030)。请另存为 .xlsx 再上传。").format(name=name)
    )


def text_of(cell: Any) -> str:
    """Return a cell as text: whole numbers without `.0`, dates as people write them."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time | timedelta):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else str(cell)
    return str(cell).replace("\x00", "")[:LARGEST_CELL]


def json_of(heads: Sequence[str], row: Sequence[Any], without: frozenset[int]) -> dict[str, str]:
    """Return a row as it came, head by head, without the columns of the sender's identity."""
    return {
        head or f"#{position + 1}": text_of(row[position])
        for position, head in enumerate(heads)
        if position < len(row) and position not in without and text_of(row[position]).strip()
    }
