"""Joining lines that a page's width broke, as in text taken from PDF."""

from __future__ import annotations

import re
from collections import Counter

from .labels import candidate_labels

_PAGE_NUMBER = re.compile(r"^\s*[—\-–－·]*\s*(?:第\s*)?\d{1,4}\s*(?:页)?\s*[—\-–－·]*\s*$")
_FIELD_LINE = re.compile(r"^\s*(?:责任|牵头|主办|配合|参加|参与|协办|协助|承办)[^：:\n]{0,6}[：:]")
_SHORTEST_WIDTH = 15
_SMALLEST_SHARE = 0.3
_TOLERANCE = 3.0
_CJK_SPACE = re.compile(r"(?<=[一-鿿，。、；：（）“”《》]) +(?=[一-鿿，。、；：（）“”《》])")
_CJK_PAIR = re.compile(r"(?<=[一-鿿])(?=[一-鿿])")


def unwrap(text: str) -> str:
    """The text with paragraphs on one line each, when many lines are as long as the page is wide.

    Lines that begin with a label, a field (责任单位：) or an indentation begin a paragraph.
    """
    lines = text.splitlines()
    width = _page_width(lines)
    if width is None:
        return text
    joined: list[str] = []
    open_line = False
    for line in lines:
        begins = not line.strip() or line.startswith(("  ", "　", "\t")) or _begins_paragraph(line)
        if open_line and not begins:
            joined[-1] += line.strip()
        else:
            joined.append(line.rstrip())
        open_line = _width(line) >= width - _TOLERANCE
    return "\n".join(joined)


def without_page_numbers(page: str) -> str:
    """A page's text without the number at its head or foot."""
    lines = page.splitlines()
    for place in (0, -1):
        if lines and _PAGE_NUMBER.match(lines[place]):
            lines.pop(place)
    return "\n".join(lines)


def without_stray_spaces(text: str) -> str:
    """Without spaces between Chinese characters, where a converter put one nearly everywhere."""
    spaces = len(_CJK_SPACE.findall(text))
    if spaces * 3 < len(_CJK_PAIR.findall(text)):
        return text
    return _CJK_SPACE.sub("", text)


def _page_width(lines: list[str]) -> float | None:
    """The usual length of a full line in Chinese characters, or None when the text is not wrapped."""
    widths = [_width(line) for line in lines if _width(line) >= _SHORTEST_WIDTH]
    if len(widths) < 5:
        return None
    common = Counter(round(width) for width in widths)
    width = max(common, key=lambda value: (sum(common[value + by] for by in (-1, 0, 1)), value))
    if max(widths) > width + 2 * _TOLERANCE:
        return None
    full = sum(abs(item - width) <= _TOLERANCE for item in widths)
    return float(width) if full >= _SMALLEST_SHARE * len(lines) else None


def _width(line: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in line.strip())


def is_field_line(line: str) -> bool:
    """Whether the line begins a field such as 责任单位：."""
    return bool(_FIELD_LINE.match(line))


def _begins_paragraph(line: str) -> bool:
    if is_field_line(line):
        return True
    labels = candidate_labels(line.lstrip())
    return bool(labels) and labels[0].start == 0
