"""Two-character windows of text, the index terms of Chinese search without a dictionary.

PostgreSQL's own text search and trigrams both miss two-character words, which are most of Chinese. Every place
that writes or asks such an index must cut text the same way: here.
"""

import re
import unicodedata
from collections.abc import Iterable

_WORDS = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text as search compares it: compatibility forms unified (full width, ligatures), case removed."""
    return unicodedata.normalize("NFKC", text).casefold()


def bigrams(*texts: str) -> list[str]:
    """The distinct two-character windows of the texts, sorted; none crosses a blank, a punctuation mark or a text.

    A text of one character has no window: a search for it would find everything, so callers ask for two.
    """
    return sorted(set(_windows(texts)))


def overlap(left: Iterable[str], right: Iterable[str]) -> float:
    """How much two sets of windows share: intersection by the smaller set; 0 when one is empty."""
    a, b = frozenset(left), frozenset(right)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _windows(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for word in _WORDS.findall(folded(text)):
            for start in range(len(word) - 1):
                yield word[start : start + 2]
