"""Cutting a bracket's content into pieces: list separators, broken lines, sets of regions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .units import is_unit_like
from .wording import FIELD, strip_verb

_NAME_BEFORE = re.compile(r"[^\s、，,；;。：:（()）]+$")
_NAME_AFTER = re.compile(r"[^\s、，,；;。：:（()）]+")
_REGION = r"(?:省|自治区|直辖市|自治州|市|县|区|州|盟|旗|镇|乡|街道|开发区|新区|兵团)"
_EVERY_REGION = re.compile(rf"各{_REGION}+$")
_REST_OF_REGIONS = re.compile(rf"{_REGION}+(?:人民政府|政府|办事处|管委会)?$")
_SEPARATORS = "、，,；;。.\n"
_OPENERS, _CLOSERS = "（([［【〔", "）)]］】〕"


def _tokens(content: str) -> Iterator[tuple[int, int]]:
    """Pieces between list separators that stand outside any inner bracket."""
    depth, start = 0, 0
    for index, char in enumerate(content):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif char in _SEPARATORS and depth == 0:
            if start < index:
                yield start, index
            start = index + 1
    if start < len(content):
        yield start, len(content)


def pieces(content: str) -> list[tuple[int, int]]:
    """Offsets of the pieces of a list; 各省、自治区、直辖市人民政府 is one set, not three."""
    joined: list[tuple[int, int]] = []
    for start, end in _tokens(content):
        if joined and content[joined[-1][1] : start] == "、":
            whole = content[joined[-1][0] : joined[-1][1]]
            phrase, _ = strip_verb(content[start:end])
            if _EVERY_REGION.match(whole.replace("、", "")) and _REST_OF_REGIONS.match(phrase):
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


def without_space(content: str) -> tuple[str, list[int]]:
    """The content without white space (names break across lines), and where each kept character was."""
    kept: list[str] = []
    places: list[int] = []
    for index, char in enumerate(content):
        if char.isspace():
            char = _meaning_of_space(content, index)
        if not char.isspace():
            kept.append(char)
            places.append(index)
    return "".join(kept), places


def _meaning_of_space(content: str, index: int) -> str:
    """A line break before a field label separates; so does a space between two whole names."""
    after = content[index + 1 : index + 60]
    if content[index] == "\n":
        return "；" if FIELD.match(after.lstrip()) else " "
    left = _NAME_BEFORE.search(content[max(0, index - 40) : index])
    right = _NAME_AFTER.match(after)
    return "、" if left and right and is_unit_like(left[0]) and is_unit_like(right[0]) else " "
