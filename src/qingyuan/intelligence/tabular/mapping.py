"""Propose which column is which field, from the heads alone, with the reason; a person confirms."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qingyuan.basics.bigrams import folded
from qingyuan.intelligence.tabular.fields import FIELDS, Field

_DECORATION = re.compile(r"[\s*::()()\[\]【】/_-]+")
HEAD_ROWS = 10
"""A title and notes may stand above the heads, but not more than this."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A column proposed for a field: its position from 0, why; `exact` False: it only contains a known head."""

    field: str
    column: int
    reason: str
    exact: bool


def plain(head: str) -> str:
    """A head as it is compared: without blanks, stars and brackets, letters folded."""
    return _DECORATION.sub("", folded(head))


def signature(heads: Sequence[str]) -> str:
    """What tells files of the same make: the hash of the heads in their order."""
    return hashlib.sha256("\x1f".join(plain(head) for head in heads).encode()).hexdigest()


def suggest(heads: Sequence[str]) -> dict[str, Suggestion]:
    """The most likely column for each field, each column used once; fields without a likely column are left out.

    A head that equals a known one wins over one that contains it; among equals, the more telling head wins.
    """
    candidates = [
        (rank, order, suggestion)
        for order, field in enumerate(FIELDS)
        for column, head in enumerate(heads)
        if (found := _match(field, column, head)) is not None
        for rank, suggestion in (found,)
    ]
    chosen: dict[str, Suggestion] = {}
    taken: set[int] = set()
    for _rank, _order, suggestion in sorted(candidates, key=lambda each: each[:2]):
        if suggestion.field not in chosen and suggestion.column not in taken:
            chosen[suggestion.field] = suggestion
            taken.add(suggestion.column)
    return chosen


def _match(field: Field, column: int, head: str) -> tuple[int, Suggestion] | None:
    text = plain(head)
    if not text:
        return None
    for rank, known in enumerate(field.heads):
        if text == known:
            return rank, Suggestion(field.name, column, f"表头“{head}”就是{field.label}的常用写法", True)
    for rank, known in enumerate(field.heads):
        if len(known) > 2 and known in text:
            return 100 + rank, Suggestion(field.name, column, f"表头“{head}”含有“{known}”", False)
    return None


def head_row(rows: Sequence[Sequence[str]]) -> int:
    """The row, from 0, that most likely holds the heads: the one whose cells are most often known heads.

    A sheet in which none is known has its heads in the first row that is not blank.
    """
    best, most = 0, 0
    for position, row in enumerate(rows[:HEAD_ROWS]):
        known = len(suggest([str(cell) for cell in row]))
        if known > most:
            best, most = position, known
    if most:
        return best
    return next((i for i, row in enumerate(rows[:HEAD_ROWS]) if any(str(cell).strip() for cell in row)), 0)
