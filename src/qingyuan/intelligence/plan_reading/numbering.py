"""Numbers that Word prints before paragraphs but does not store in their text (一、 （一） 1.)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_CHINESE_FORMATS = ("chinesecounting", "chineselegal", "ideograph", "japanesecounting", "taiwanesecounting")
_DIGITS = "零一二三四五六七八九"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its number format, its text such as （%1）, and where it starts."""

    number_format: str
    text: str
    start: int


class WordNumbering:
    """Counts numbered paragraphs in document order."""

    def __init__(self, document: Any) -> None:
        """`document`: a python-docx document; one without numbered lists is fine."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        part = next(
            (item.target_part for item in document.part.rels.values() if item.reltype.endswith("/numbering")),
            None,
        )
        if part is not None:
            self._load(part.element)

    def label(self, paragraph: Any, style: Any) -> str:
        """The number Word prints before the paragraph; "" for none or a bullet. Call once each, in order."""
        found = self._list_of(paragraph, style)
        if found is None:
            return ""
        abstract, depth = found
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counts[abstract]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            counts.pop(deeper, None)
        if levels[depth].number_format in ("bullet", "none"):
            return ""
        return re.sub(
            r"%([1-9])", lambda match: self._number(levels, counts, int(match[1]) - 1), levels[depth].text
        )

    def _number(self, levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth)
        value = counts.get(depth, level.start if level else 1)
        return (
            chinese_numeral(value)
            if level and level.number_format.startswith(_CHINESE_FORMATS)
            else str(value)
        )

    def _list_of(self, paragraph: Any, style: Any) -> tuple[str, int] | None:
        for holder in (paragraph, style):
            properties = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}") if holder is not None else None
            if properties is None:
                continue
            identity, depth = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
            abstract = self._lists.get(identity.get(qn("w:val"))) if identity is not None else None
            if abstract is None:
                return None
            return abstract, int(depth.get(qn("w:val"))) if depth is not None else 0
        return None

    def _load(self, root: Any) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            levels = {int(level.get(qn("w:ilvl"))): _level(level) for level in abstract.iter(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId"))] = levels
        for number in root.iter(qn("w:num")):
            target = number.find(qn("w:abstractNumId"))
            if target is not None:
                self._lists[number.get(qn("w:numId"))] = target.get(qn("w:val"))


def chinese_numeral(value: int) -> str:
    """A number from 1 to 99 in Chinese (26 is 二十六); others in Arabic digits."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def _level(element: Any) -> _Level:
    def value(tag: str, default: str) -> str:
        found = element.find(qn(tag))
        return str(found.get(qn("w:val"), default)) if found is not None else default

    start = value("w:start", "1")
    return _Level(
        value("w:numFmt", "decimal").lower(), value("w:lvlText", ""), int(start) if start.isdecimal() else 1
    )
