"""Controlled terms with one wrong letter."""

import pytest

from qingyuan.intelligence.plan_reading.terms import controlled_terms, term_slips


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("查处六滨环十二烷和惩戒性赔偿", [("六滨环十二烷", "六溴环十二烷"), ("惩戒性赔偿", "惩罚性赔偿")]),
        ("查处六溴环十二烷", []),
        ("短链氯化石蜡、中链氯化石蜡", []),
        ("六溴环十二", []),
        ("六x环十二烷", []),
    ],
)
def test_slips(text: str, expected: list[tuple[str, str]]) -> None:
    slips = term_slips(text)
    assert [(slip.words, slip.term) for slip in slips] == expected
    assert all(text[slice(*slip.span)] == slip.words for slip in slips)


def test_terms_are_long_enough_and_listed_once() -> None:
    terms = controlled_terms()
    assert len(terms) == len(set(terms))
    assert all(len(term) >= 5 for term in terms)
