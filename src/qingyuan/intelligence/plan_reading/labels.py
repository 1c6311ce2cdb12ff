"""Labels of parts, sections and points (一、 （一） 1. 第一章 第一条) and which of them to believe.

Plans often arrive as one glued paragraph, so a label may stand anywhere; decimals, dates, years and
enumerations look alike. A candidate is believed only when it continues the numbering of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL = "[零〇一二三四五六七八九十百]{1,5}"
# What may stand before a label: a line's start, a space, or the end of a sentence, bracket or table cell.
_BOUNDARY = r"(?:^|(?<=[\s。；;：:！!？?）)】〕|]))"
_MAXIMUM_GAP = 2


class LabelKind(IntEnum):
    """Kinds of label, outermost first: a kind may contain those with a greater value."""

    CHAPTER = 0  # 第一章, 第一部分
    DIVISION = 1  # 第一节
    ARTICLE = 2  # 第一条
    ENUMERATED = 3  # 一、
    PARENTHESISED = 4  # （一）
    ARABIC = 5  # 1.
    PARENTHESISED_ARABIC = 6  # （1）


@dataclass(frozen=True, slots=True)
class Label:
    """A label at [start, end) of the text; `strong` when it stands at a boundary, `jumped` after a gap."""

    kind: LabelKind
    number: int
    text: str
    start: int
    end: int
    opens_line: bool
    strong: bool = True
    jumped: bool = False


_PATTERNS: tuple[tuple[LabelKind, bool, re.Pattern[str]], ...] = tuple(
    (kind, strong, re.compile(pattern, re.MULTILINE))
    for kind, strong, pattern in (
        (LabelKind.CHAPTER, True, rf"{_BOUNDARY}第\s*(?P<n>{_NUMERAL}|\d{{1,3}})\s*(?:章|部分)[\s:：、]*"),
        (LabelKind.DIVISION, True, rf"{_BOUNDARY}第\s*(?P<n>{_NUMERAL}|\d{{1,3}})\s*节[\s:：、]*"),
        (LabelKind.ARTICLE, True, rf"^[ \t　]*第\s*(?P<n>{_NUMERAL}|\d{{1,3}})\s*条[\s:：、]*"),
        (LabelKind.ENUMERATED, True, rf"{_BOUNDARY}(?P<n>{_NUMERAL})\s*、(?!{_NUMERAL}(?:审|级|是|、))"),
        (LabelKind.PARENTHESISED, True, rf"{_BOUNDARY}[（(]\s*(?P<n>{_NUMERAL})\s*[)）](?![项款条、])"),
        (
            LabelKind.PARENTHESISED,
            False,
            rf"(?<=[一-鿿])(?<![条款项章节第])[（(](?P<n>{_NUMERAL})[)）](?![项款条、])",
        ),
        (
            LabelKind.ARABIC,
            True,
            rf"{_BOUNDARY}(?P<n>\d{{1,3}})[ \t]*(?:[.．](?:(?!\d)|(?=20\d\d年))|、(?!\d))",
        ),
        (LabelKind.ARABIC, False, r"(?<=[一-鿿])(?<!第)(?P<n>\d{1,3})[.．](?=\s*[一-鿿“《])"),
        (LabelKind.PARENTHESISED_ARABIC, True, rf"{_BOUNDARY}[（(]\s*(?P<n>\d{{1,2}})\s*[)）]"),
    )
)


def numeral_value(numeral: str) -> int:
    """Value of a Chinese or Arabic numeral below 1,000 (二十六 is 26); 0 when it is not one."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for char in numeral:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return 0
    return total + digit


def candidate_labels(text: str) -> list[Label]:
    """Everything that is written like a label, in the order of the text."""
    found: dict[tuple[int, LabelKind], Label] = {}
    for kind, strong, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            label = Label(
                kind=kind,
                number=numeral_value(match["n"]),
                text=match[0].strip(" \t\r\n　:："),
                start=start,
                end=match.end(),
                opens_line=not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t　|>*#-"),
                strong=strong,
            )
            found.setdefault((start, kind), label)
    return sorted(found.values(), key=lambda label: (label.start, label.kind))


def believed_labels(candidates: Iterable[Label]) -> list[Label]:
    """The candidates that continue the numbering of their kind.

    A kind continues at last + 1, or restarts at 1 after an outer label. At the start of a line a gap of up
    to two is forgiven, and the label is returned with `jumped` set.
    """
    return list(_believe(sorted(candidates, key=lambda label: label.start)))


def _believe(candidates: Sequence[Label]) -> Iterator[Label]:
    last: dict[LabelKind, int] = {}
    fresh = set(LabelKind)
    for index, label in enumerate(candidates):
        expected = last.get(label.kind, 0) + 1
        jumped = False
        if label.number != expected and not (label.number == 1 and label.kind in fresh):
            if not _is_forgivable_gap(label, expected, candidates[index + 1 :]):
                continue
            jumped = True
        last[label.kind] = label.number
        fresh.discard(label.kind)
        fresh.update(kind for kind in LabelKind if kind > label.kind)
        yield replace(label, jumped=jumped)


def _is_forgivable_gap(label: Label, expected: int, later: Sequence[Label]) -> bool:
    """A number left out by a slip: not when the missing number still comes."""
    if not (label.opens_line and 0 < label.number - expected <= _MAXIMUM_GAP):
        return False
    return not any(other.kind == label.kind and other.number == expected for other in later)
