"""Earlier records that look like this one: exact agreements, each with its reason.

Simple on purpose: the same telephone (by keyed hash), the same party, the same place, the same or nearly the same
words. Always a proposal that a person confirms or refuses.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from qingyuan.basics.bigrams import bigrams, folded, overlap

PHONE, CODE, PARTY, PLACE, SAME_TEXT, NEAR_TEXT = 60, 80, 45, 35, 70, 40
"""Points of each agreement; only their order matters, the sum sorts a list."""

CODE_DIFFERS = -60
"""Points against: both name a credit code and they differ, so the parties are two."""

NEAR = 0.6
"""From this share of common two-character windows on, two accounts are called nearly the same."""

SHORTEST_TEXT = 12
"""Characters below which an account is too short for its words to say anything (“卖假货”)."""

LEAST = 40
"""Points from which a pair is shown at all: one weak agreement alone is not."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """略图: what is compared of a record. `phones` are keyed hashes, never numbers."""

    id: str
    party: str = ""
    party_code: str = ""
    place: str = ""
    text: str = ""
    phones: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Similarity:
    """相似: points and, for each agreement, its words with its points (negative speaks against)."""

    id: str
    points: int
    reasons: tuple[tuple[str, int], ...]


def match_key(text: str) -> str:
    """The text as exact comparisons see it: width and case unified, blanks and punctuation left out."""
    return "".join(character for character in folded(text) if character.isalnum())


def text_key(text: str) -> str:
    """A digest of the text's match key, for an index; empty for a text too short to say anything."""
    key = match_key(text)
    return hashlib.sha256(key.encode()).hexdigest() if len(key) >= SHORTEST_TEXT else ""


def compare(left: Sketch, right: Sketch) -> Similarity:
    """What speaks for and against `left` and `right` being the same matter.

    Symmetric but for the id, which is `right`'s.
    """
    reasons = (
        *_phones(left, right),
        *_codes(left, right),
        *_equal(left.party, right.party, "当事人名称相同", PARTY),
        *_equal(left.place, right.place, "地址相同", PLACE),
        *_texts(left.text, right.text),
    )
    return Similarity(right.id, sum(points for _words, points in reasons), reasons)


def similar(record: Sketch, others: Iterable[Sketch], *, least: int = LEAST) -> list[Similarity]:
    """Those of `others` with at least `least` points, best first, then by id. Never the record itself."""
    found = (compare(record, other) for other in others if other.id != record.id)
    return sorted((each for each in found if each.points >= least), key=lambda each: (-each.points, each.id))


def _phones(left: Sketch, right: Sketch) -> Iterable[tuple[str, int]]:
    if left.phones & right.phones:
        yield "同一联系电话", PHONE


def _codes(left: Sketch, right: Sketch) -> Iterable[tuple[str, int]]:
    one, other = left.party_code.strip().upper(), right.party_code.strip().upper()
    if one and other:
        yield ("统一社会信用代码相同", CODE) if one == other else ("统一社会信用代码不同", CODE_DIFFERS)


def _equal(left: str, right: str, words: str, points: int) -> Iterable[tuple[str, int]]:
    key = match_key(left)
    if key and key == match_key(right):
        yield words, points


def _texts(left: str, right: str) -> Iterable[tuple[str, int]]:
    one, other = match_key(left), match_key(right)
    if min(len(one), len(other)) < SHORTEST_TEXT:
        return
    if one == other:
        yield "内容完全相同", SAME_TEXT
        return
    shared = overlap(bigrams(left), bigrams(right))
    if shared >= NEAR:
        yield f"内容相近(共同的字组占{shared:.0%})", NEAR_TEXT
