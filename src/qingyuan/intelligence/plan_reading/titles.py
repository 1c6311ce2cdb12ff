"""The title of a plan, its year, and titles of parts and sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .documents import Heading
from .model import Span

_KIND = (
    r"(?:工作要点|行动方案|实施方案|工作方案|方案|工作计划|行动计划|计划|若干意见|实施意见|指导意见|意见|工作安排|安排"
    r"|任务分工|任务清单|分工表|分解表|任务表|重点任务|工作任务|任务|分工|要点|规划|纲要|若干措施|措施|办法|清单|通知|决定|规定|细则|行动|部署)"
)
_TITLE_LINE = re.compile(rf"^[^。；！？|>]{{2,80}}{_KIND}(?:\s*[（(][^（()）]{{1,20}}[)）])?$")
_METADATA = re.compile(
    r"^(?:索\s*引\s*号|文\s*号|关键[字词]|信息来源|发布|浏览|所属|生成|来源|标\s*题|主题|附件|抄送|目\s*录)"
)
_NAMED_DOCUMENT = re.compile(r"印发\s*《([^《》]{4,80})》")
_BEGINS_TITLE = re.compile(r"关于|20\d\d\s*年|^《|二[〇○零Ｏ]")
_YEAR = re.compile(r"(20\d\d)\s*(?:年|〕|\])")
_CHINESE_YEAR = re.compile(r"二[〇○零Ｏ]([〇○零Ｏ一二三四五六七八九])([〇○零Ｏ一二三四五六七八九])年")
_LONGEST_HEADING = 60


def find_title(text: str, body_start: int, headings: Sequence[Heading] = ()) -> str:
    """Title: the last line before the body that names a plan, joined over line breaks; else the first line.

    A covering notice (关于印发《…》的通知) gives the name of what it issues.
    """
    lines = [_clean(line) for line in text[:body_start].splitlines()]
    lines = lines if any(lines) else [_clean(line) for line in text.splitlines()[:5]]
    candidates = [
        index for index, line in enumerate(lines) if _TITLE_LINE.match(line) and not _METADATA.match(line)
    ]
    plain = [index for index in candidates if not lines[index].endswith("通知")]
    if plain or candidates:
        title = _joined_title(lines, (plain or candidates)[-1])
    else:
        pieces = (piece for line in lines for piece in line.split())
        glued = next((piece for piece in pieces if _TITLE_LINE.match(piece)), "")
        title = (
            _heading_title(text, headings)
            or glued
            or next((line for line in lines if line and not _METADATA.match(line)), "")
        )
    named = _NAMED_DOCUMENT.search(title)
    return named[1] if named else title.strip("《》")


def find_year(title: str, text: str, body_start: int) -> int | None:
    """The plan's year: from its title, else from the document number or date around it; None without one."""
    for words in (title, text[:body_start], text[-200:]):
        match = _YEAR.search(words)
        if match:
            return int(match[1])
        chinese = _CHINESE_YEAR.search(words)
        if chinese:
            digits = "".join(
                str("〇一二三四五六七八九".find(char.translate(_ZEROS))) for char in chinese.groups()
            )
            return int("20" + digits)
    return None


_ZEROS = str.maketrans("○零Ｏ", "〇〇〇")


def split_heading(text: str, start: int, end: int, *, has_items: bool) -> tuple[str, Span]:
    """Title of a part or section whose own words are text[start:end], and where the rest begins.

    The title is the first line; in glued text the first sentence. Where items follow and all of it is short,
    all of it is the title.
    """
    begin = start
    while begin < end and text[begin].isspace():
        begin += 1
    stop = text.find("\n", begin, end)
    stop = end if stop < 0 else stop
    line = text[begin:stop]
    sentence = line.find("。")
    if 0 <= sentence < len(line.rstrip()) - 1 or len(line) > _LONGEST_HEADING:
        stop = begin + (sentence + 1 if sentence >= 0 else _first_break(line))
    elif not has_items and " " in line and stop == end:
        stop = begin + line.index(" ")
    return text[begin:stop].strip(" \t　。：:*#|"), (stop, end)


def _first_break(line: str) -> int:
    match = re.search(r"[\s；;：:]", line)
    return match.start() if match else len(line)


def _clean(line: str) -> str:
    return line.strip(" \t　|*#\ufeff")


def _heading_title(text: str, headings: Sequence[Heading]) -> str:
    if not headings:
        return ""
    outermost = min(heading.level for heading in headings)
    first = next(heading for heading in headings if heading.level == outermost)
    return _clean(text[first.start : first.end])


def _joined_title(lines: Sequence[str], index: int) -> str:
    """A title broken over lines: goes up to the line where it begins (关于, or the year)."""
    title = lines[index]
    if _BEGINS_TITLE.search(title):
        return title
    for above in range(index - 1, max(-1, index - 4), -1):
        line = lines[above]
        if not line or re.search(r"[。：:；|]", line) or _METADATA.match(line) or _TITLE_LINE.match(line):
            break
        title = line + title
        if _BEGINS_TITLE.search(line):
            return title
    return lines[index]
