"""Task tables (任务分解表): a row with a column 责任单位 becomes a point with a responsibility bracket."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DUTY_COLUMN = re.compile(
    r"(?:责任|牵头|主办|主责|配合|参加|参与|协办|协助|承办|落实)(?:责任)?(?:单位|部门|机构|科室|处室)"
)
_TIME_COLUMN = re.compile(r"时限|时间|期限|进度")
_NUMBER_COLUMN = re.compile(r"序号|编号|^号$")
_HEADER_ROWS = 3


def is_task_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the header names a column of responsible units."""
    return any(_duty_columns(row) for row in rows[:_HEADER_ROWS])


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of text for a table.

    With a header that names a duty column: one line a row, `序号.` first, other cells, and the duty cells as
    （责任单位：…）. Without one the table is layout: each cell is a line.
    """
    header = next((index for index, row in enumerate(rows[:_HEADER_ROWS]) if _duty_columns(row)), None)
    if header is None:
        return [cell.strip() for row in rows for cell in _distinct(row) if cell.strip()]
    names = [_flat(cell) for cell in rows[header]]
    lines = [cell.strip() for row in rows[:header] for cell in _distinct(row) if cell.strip()]
    return lines + [line for row in rows[header + 1 :] if (line := _row_line(names, row))]


def _duty_columns(row: Sequence[str]) -> list[int]:
    """Columns of a header row whose cell is only the name of a duty."""
    return [index for index, cell in enumerate(row) if _DUTY_COLUMN.fullmatch(_flat(cell).rstrip("：:"))]


def _row_line(names: Sequence[str], row: Sequence[str]) -> str:
    cells = _distinct(row)
    if len([cell for cell in cells if cell.strip()]) == 1:
        return _flat(next(cell for cell in cells if cell.strip()))
    words: list[str] = []
    fields: list[str] = []
    for name, cell in zip(names, row, strict=False):
        text = _flat(cell)
        if not text:
            continue
        if _DUTY_COLUMN.fullmatch(name.rstrip("：:")):
            units = re.sub(r"\s*\n\s*", "、", cell.strip())
            fields.append(f"{name.rstrip('：:')}：{_flat(units)}")
        elif _TIME_COLUMN.search(name):
            fields.append(f"{name}：{text}")
        elif _NUMBER_COLUMN.search(name):
            words.insert(0, f"{text}." if text.isdecimal() else text)
        else:
            words.append(text)
    line = words[0] + " ".join(words[1:]) if words and words[0].endswith(".") else " ".join(words)
    return f"{line}（{'；'.join(fields)}）" if any(_DUTY_COLUMN.match(item) for item in fields) else line


def _distinct(row: Sequence[str]) -> list[str]:
    """Cells of a row, a merged cell once."""
    return [cell for index, cell in enumerate(row) if index == 0 or cell != row[index - 1]]


def _flat(cell: str) -> str:
    return re.sub(r"\s*\n\s*", "", cell.strip())
