"""Finding responsibility brackets (责任括号) and responsibility lines (责任单位：…) in a text.

Brackets nest and mix full and half width; （IP地址）, （备案）, (2021-2035年) and lists of persons are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .duties import Duty, read_duty
from .model import Span

_ROUND = {"（": "round", "(": "round", "）": "round", ")": "round"}
_SHAPES = _ROUND | {"[": "square", "［": "square", "]": "square", "］": "square"}
_SHAPES |= {"【": "lens", "】": "lens", "〔": "shell", "〕": "shell"}
_OPENERS = "（([［【〔"
_LONGEST = 600
_LONGEST_UNCLOSED = 200
# Not 主办单位： and 承办单位：, which stand at the foot of web pages.
_FIELD = (
    r"(?:主要|总)?(?:责任|牵头|主责|配合|参加|参与|协助|落实)(?:责任)?"
    r"(?:单位|部门|机构|科室|处室|主体)(?:\*\*)?[：:]"
)
_NEXT_LABEL = (
    r"[ \t　]+(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,3}[.．、](?!\d))"
)
# 责任单位：… to the end of its line; a list that ends in 、 goes on; 完成时限：… just below belongs to it.
_LINE = re.compile(
    rf"(?:^[ \t　>*\-|]*|(?<=[。；！;])[ \t　]*)(?P<line>(?:\*\*)?{_FIELD}(?:(?!{_NEXT_LABEL})[^\n。])+"
    rf"(?:(?<=[、，])[ \t]*\n(?:(?!{_NEXT_LABEL})[^\n。])+)*"
    r"(?:\s*\n[ \t　>*\-|]*(?:完成时限|完成时间|时限|责任领导|责任人|联系人|分管领导)(?:\*\*)?[：:][^\n]*)*)",
    re.MULTILINE,
)
_ONLY_PUNCTUATION = re.compile(r"[\s。；;，,、.*>|]*")
_SENTENCE_ENDS = (re.compile(r"[^\n。]*"), re.compile(r"[^（(\n。]*"))


@dataclass(frozen=True, slots=True)
class DutyBracket:
    """A responsibility bracket or line at `span` of the text; assignments' offsets are into the text."""

    span: Span
    duty: Duty
    closed: bool = True


def find_duty_brackets(text: str) -> list[DutyBracket]:
    """Every responsibility bracket and line, in the order of the text; adjacent ones are one."""
    found = [*_in_brackets(text), *_on_lines(text)]
    found.sort(key=lambda bracket: (bracket.span[0], -bracket.span[1]))
    merged: list[DutyBracket] = []
    for bracket in found:
        if merged and bracket.span[0] < merged[-1].span[1]:
            continue  # a bracket inside a responsibility line
        if merged and _ONLY_PUNCTUATION.fullmatch(text, merged[-1].span[1], bracket.span[0]):
            merged[-1] = _joined(merged[-1], bracket)
        else:
            merged.append(bracket)
    return merged


def closing_bracket(text: str, start: int) -> int | None:
    """Offset just after the bracket that closes the one opened at `start`; None when nothing does."""
    shape, depth = _SHAPES[text[start]], 0
    for index in range(start, min(len(text), start + _LONGEST)):
        char = text[index]
        if _SHAPES.get(char) != shape:
            continue
        depth += 1 if char in _OPENERS else -1
        if depth == 0:
            return index + 1
    return None


def _in_brackets(text: str) -> Iterator[DutyBracket]:
    index = 0
    while index < len(text):
        if text[index] not in _OPENERS:
            index += 1
            continue
        end = closing_bracket(text, index)
        bracket = _read(text, (index, end), index + 1, end - 1) if end else _unclosed(text, index)
        if bracket:
            yield bracket
        index = bracket.span[1] if bracket else index + 1


def _unclosed(text: str, start: int) -> DutyBracket | None:
    """A bracket somebody forgot to close, read to the end of its sentence or the next bracket."""
    if text[start + 1 : start + 2] in _OPENERS:
        return None
    for pattern in _SENTENCE_ENDS:
        match = pattern.match(text, start + 1, start + _LONGEST_UNCLOSED)
        end = match.end() if match else start + 1
        bracket = _read(text, (start, end), start + 1, end)
        if bracket:
            return DutyBracket(bracket.span, bracket.duty, closed=False)
    return None


def _on_lines(text: str) -> Iterator[DutyBracket]:
    for match in _LINE.finditer(text):
        bracket = _read(text, match.span("line"), *match.span("line"))
        if bracket:
            yield bracket


def _read(text: str, span: Span, start: int, end: int) -> DutyBracket | None:
    duty = read_duty(text[start:end].replace("*", " "))
    return DutyBracket(span, _moved(duty, start)) if duty else None


def _moved(duty: Duty, by: int) -> Duty:
    items = (replace(item, start=item.start + by, end=item.end + by) for item in duty.assignments)
    return Duty(tuple(items), duty.first_leads)


def _joined(first: DutyBracket, second: DutyBracket) -> DutyBracket:
    duty = Duty(
        first.duty.assignments + second.duty.assignments, first.duty.first_leads or second.duty.first_leads
    )
    return DutyBracket((first.span[0], second.span[1]), duty, first.closed and second.closed)
