"""Slips in controlled terms: 六滨环十二烷 for 六溴环十二烷. Reported, never corrected in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from .model import Span


@dataclass(frozen=True, slots=True)
class TermSlip:
    """The words at `span` of the text, and the term they are but for one letter."""

    words: str
    term: str
    span: Span


def term_slips(text: str) -> tuple[TermSlip, ...]:
    """Where the text has a controlled term with exactly one Chinese letter exchanged, in the order of the text."""
    return tuple(sorted(_slips(text), key=lambda slip: slip.span))


def _slips(text: str) -> Iterator[TermSlip]:
    known = set(controlled_terms())
    for term, pattern in _patterns():
        for match in pattern.finditer(text):
            words = match[1]
            if words not in known:
                yield TermSlip(words, term, match.span(1))


@cache
def controlled_terms() -> tuple[str, ...]:
    """The terms of controlled_terms.yaml."""
    source = resources.files(__package__).joinpath("controlled_terms.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(source)["terms"])


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each term, one alternative a place: that place any letter, the others as they are."""
    return tuple(
        (
            term,
            re.compile(
                "(?=("
                + "|".join(f"{term[:index]}[一-鿿]{term[index + 1 :]}" for index in range(len(term)))
                + "))"
            ),
        )
        for term in controlled_terms()
    )
