"""Settling unit names: slips and abbreviations, by a directory of known units or by the document itself.

Without a directory a name is taken for another only by letters left out or put in, never by letters
exchanged: 区文旅游局 is 区文旅局, but 区民政局 is not 区财政局.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .directory import UnitDirectory

# A letter that makes another organ of the same name: 分局, 总局, 支队, 副, 直, numbered courts and teams.
_DISTINGUISHING = set("分总支副直大中小新老东西南北上下一二三四五六七八九十")
_REGION_PREFIXES = ("省", "市", "区", "县", "州", "旗", "盟", "国家", "全")
_SHORTEST = 4
_OFFICE = "领导小组办公室"
_INNER_ENDINGS = set("局委部厅署院办队所")


@dataclass(frozen=True, slots=True)
class Settled:
    """The settled name and why it differs: slip, abbreviation, directory, unknown, or "" when it does not."""

    unit: str
    reason: str = ""


def settle_names(names: Iterable[str], directory: UnitDirectory | None = None) -> dict[str, Settled]:
    """The settled form of each name; `names` repeats a name as often as the document uses it."""
    counts = Counter(names)
    return {name: _settle(name, counts, directory) for name in counts}


def _settle(name: str, counts: Mapping[str, int], directory: UnitDirectory | None) -> Settled:
    if directory is not None:
        found = _in_directory(name, directory)
        if found is not None:
            return found
    usual = _by_usage(name, counts)
    if usual is None:
        return Settled(name, "unknown" if directory is not None else "")
    known = directory.resolve(usual.unit) if directory is not None else None
    return Settled(known or usual.unit, usual.reason)


def _in_directory(name: str, directory: UnitDirectory) -> Settled | None:
    known = directory.resolve(name)
    if known is not None:
        return Settled(known, "" if known == name else "directory")
    near = {directory.resolve(other) for other in directory.all_names() if _slip(name, other)}
    return Settled(str(near.pop()), "slip") if len(near) == 1 else None


def _by_usage(name: str, counts: Mapping[str, int]) -> Settled | None:
    """What the document itself says: a name it uses more often that this one can stand for."""
    offices = [other for other in counts if other.endswith(_OFFICE) and other != name]
    if name == _OFFICE and len(offices) == 1:
        return Settled(offices[0], "abbreviation")
    for reason, matches in (("slip", _slip), ("abbreviation", _abbreviation)):
        better = [other for other in counts if counts[other] > counts[name] and matches(name, other)]
        if not better or (reason == "slip" and counts[name] > 1):
            continue
        best = max(better, key=lambda other: (counts[other], other))
        if sum(counts[other] == counts[best] for other in better) == 1:
            return Settled(best, reason)
    return None


def _slip(one: str, other: str) -> bool:
    """One letter too many or too few in the middle of the name."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1 or len(short) < _SHORTEST:
        return False
    return _left_out(short, long)


def _abbreviation(one: str, other: str) -> bool:
    """The same name with letters left out (市场监管局 in 市场监督管理局), or without its region's letter."""
    short, long = sorted((one, other), key=len)
    if any(long == prefix + short for prefix in _REGION_PREFIXES) and len(short) >= _SHORTEST - 1:
        return True
    if short[:1] + "委" + short[1:] == long:
        return True
    return len(long) - len(short) >= 2 and len(short) >= _SHORTEST and _left_out(short, long)


def _left_out(short: str, long: str) -> bool:
    """Whether `short` is `long` without some inner letters, none of which makes another organ."""
    if short[:2] != long[:2] or short[-1] != long[-1] or long.startswith(short):
        return False
    rest = iter(short)
    expected = next(rest, None)
    missing: list[str] = []
    for letter in long:
        if letter == expected:
            expected = next(rest, None)
        else:
            missing.append(letter)
    return expected is None and not (set(missing) & (_DISTINGUISHING | _INNER_ENDINGS))
