"""Unit names inside a responsibility bracket: where one ends, which are sets, what 等 stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The last word of the name of an organ, office, court, enterprise or place.
_UNIT_ENDING = re.compile(
    r"(?:局|委|办|部|厅|署|院|会|中心|队|所|站|处|科|公司|集团|政府|单位|部门|机构|小组|街道|镇|乡|县|市|区|州|盟|旗"
    r"|行|海关|协|中支|专班|学校|大学|联|党组|庭|馆|社|台|企业|地方|监狱|股|关|工会|电网|村|社区|办公室|秘书处|研究所)$"
)
_COLLECTIVE = re.compile(
    r"^各|成员单位|(?:有关|相关|其他|其它|所有|全体|各)[^、]{0,12}(?:部门|单位|机构|地方|方面|委办局|企业)"
    r"|^(?:乡镇|镇街|镇乡|县区|区县|市县|市州|州市|属地)"
)
_SENTENCE_WORD = re.compile(r"[的是了在]|(?<!自)由|应(?!急)|依法|通过|进行|开展|加强")
_AND_OTHERS = re.compile(
    r"(?<![高中初平同优均])等(?P<rest>(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:个|家)?(?:部门|单位)|部门|单位|"
    r"[^等]{2,30}(?:单位|部门|机构|政府|地方|企业|局|委))?$"
)
_PLAIN_OTHERS = re.compile(r"^(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:个|家)?)?(?:部门|单位)$")
_CONJUNCTION = re.compile(r"以及|和|与|及")
_REMARK = re.compile(r"[（(〔［\[][^（()）〔〕]*[)）〕］\]]$")
_NOT_SPLIT_BEFORE = ("单位", "部门", "机构", "企业", "个人")
_NAME_LENGTH = range(2, 41)


@dataclass(frozen=True, slots=True)
class NamePiece:
    """A unit's name at [start, end) of the string it was split from."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Names:
    """The names found in one phrase; `open_ended` when it ends in a bare 等 (or 等部门)."""

    pieces: tuple[NamePiece, ...]
    open_ended: bool


def is_collective(name: str) -> bool:
    """Whether the name stands for a set of units (各成员单位, 有关部门, 各省级人民政府)."""
    return bool(_COLLECTIVE.search(name)) and not name.endswith(("领导小组办公室", "指挥部办公室"))


def is_unit_like(name: str) -> bool:
    """Whether the words look like the name of a unit rather than a person, a date or part of a sentence."""
    bare = without_remark(name)
    if len(bare) not in _NAME_LENGTH or (_SENTENCE_WORD.search(bare) and not is_collective(bare)):
        return False
    return bool(_UNIT_ENDING.search(bare)) or is_collective(bare)


def without_remark(name: str) -> str:
    """The name without a bracketed remark at its end: 区委宣传部（区新闻出版局） is 区委宣传部."""
    bare = _REMARK.sub("", name)
    return bare or name


def split_names(phrase: str) -> Names:
    """Names in a phrase that holds no list comma: splits at 和, 与, 及 and at 等.

    工业和信息化部 stays whole, because 工业 is no unit; 生态环境分局等领导小组有关成员单位 gives two names.
    """
    match = _AND_OTHERS.search(phrase)
    if not match:
        return Names(tuple(_split_conjunctions(phrase, 0)), open_ended=False)
    pieces = list(_split_conjunctions(phrase[: match.start()], 0))
    rest = match["rest"]
    if rest is None or _PLAIN_OTHERS.match(rest):
        return Names(tuple(pieces), open_ended=True)
    pieces.append(NamePiece(rest, match.start("rest"), match.end("rest")))
    return Names(tuple(pieces), open_ended=False)


def _split_conjunctions(phrase: str, offset: int) -> Iterator[NamePiece]:
    for match in _CONJUNCTION.finditer(phrase):
        left, right = phrase[: match.start()], phrase[match.end() :]
        if right.startswith(_NOT_SPLIT_BEFORE) or not (is_unit_like(left) and is_unit_like(right)):
            continue
        yield NamePiece(left, offset, offset + len(left))
        yield from _split_conjunctions(right, offset + match.end())
        return
    if phrase:
        yield NamePiece(phrase, offset, offset + len(phrase))
