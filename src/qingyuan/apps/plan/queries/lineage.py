"""沿革: which of this year's points grew from which of last year's, and what became of each. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

ALIKE = 70.0
"""Similarity in percent from which two points are taken for the same one rewritten; a person can undo it."""


@dataclass(frozen=True, slots=True)
class Descent:
    """The previous year's point a point grew from, and whether its words stayed the same."""

    previous: int
    same: bool


def trace(points: Mapping[int, str], before: Mapping[int, str]) -> dict[int, Descent]:
    """Return for each point (id → text) the earlier one it grew from, if any; each earlier one is used once.

    Equal texts are paired first, then the most similar ones, best first. Differences of width, case, white space
    and punctuation do not count.
    """
    earlier = {key: _bare(text) for key, text in before.items()}
    by_text: dict[str, list[int]] = {}
    for key, text in earlier.items():
        by_text.setdefault(text, []).append(key)
    found: dict[int, Descent] = {}
    for key, text in points.items():
        if same := by_text.get(_bare(text)):
            found[key] = Descent(same.pop(0), True)
    taken = {descent.previous for descent in found.values()}
    left = {key: text for key, text in earlier.items() if key not in taken}
    candidates = sorted(
        (-score, key, previous)
        for key, text in points.items()
        if key not in found
        for _text, score, previous in process.extract(
            _bare(text), left, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3
        )
    )
    for _score, key, previous in candidates:
        if key not in found and previous not in taken:
            found[key] = Descent(previous, False)
            taken.add(previous)
    return found


def _bare(text: str) -> str:
    return "".join(
        character for character in unicodedata.normalize("NFKC", text).lower() if character.isalnum()
    )
