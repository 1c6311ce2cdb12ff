"""How words are compared, and shown where they were found."""

import unicodedata
from collections.abc import Iterator

EXCERPT = 8
"""Characters shown on each side of a word that was found."""


def folded(text: str) -> str:
    """The text with full-width forms, case and spaces evened out, as words are compared."""
    return "".join(piece for piece, _ in _pieces(text))


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Each folded character and the place in `text` it came from."""
    for place, character in enumerate(text):
        for piece in unicodedata.normalize("NFKC", character).casefold():
            if not piece.isspace():
                yield piece, place


def excerpt(text: str, word: str) -> str:
    """The words around the place where `word` was found, as the record writes them."""
    places = [place for _, place in _pieces(text)]
    found = folded(text).index(word)
    start, end = places[found], places[found + len(word) - 1] + 1
    before = "…" if start > EXCERPT else ""
    after = "…" if end + EXCERPT < len(text) else ""
    return f"{before}{text[max(0, start - EXCERPT) : end + EXCERPT]}{after}"
