"""Hashes that anybody can recompute."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan.basics.hashing import canonical_json, merkle_root, sha256, sha256_hex

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_canonical_form() -> None:
    assert canonical_json({"乙": [1, True, None], "a": "文"}) == '{"a":"文","乙":[1,true,null]}'.encode()
    assert canonical_json((1, 2)) == canonical_json([1, 2])


@pytest.mark.parametrize("value", [1.0, float("nan"), Decimal("1"), date(2026, 1, 1), b"x", {1, 2}])
def test_what_two_machines_may_print_differently_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"\$\.a\[0\].*不能写入规范 JSON"):
        canonical_json({"a": [value]})


def test_keys_are_text_and_text_can_be_kept() -> None:
    with pytest.raises(TypeError, match="键必须是文字"):
        canonical_json({1: "a"})
    for text in ("a\x00b", "\ud800"):
        with pytest.raises(ValueError, match="不能保存的字符"):
            canonical_json([text])


@given(JSON)
def test_reading_back_and_writing_again_changes_nothing(value: object) -> None:
    written = canonical_json(value)
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(TEXT, st.integers(), max_size=6))
def test_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)


def test_digests() -> None:
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256(b"abc").hex() == sha256_hex(b"abc")


def _rfc_6962(leaves: list[bytes]) -> bytes:
    """The recursive definition, as the standard writes it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + _rfc_6962(leaves[:split]) + _rfc_6962(leaves[split:])).digest()


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_merkle_root_is_that_of_the_standard(leaves: list[bytes]) -> None:
    assert merkle_root(leaves) == _rfc_6962(leaves)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=12, unique=True), st.data())
def test_changing_dropping_or_swapping_a_leaf_changes_the_root(
    leaves: list[bytes], data: st.DataObject
) -> None:
    root = merkle_root(leaves)
    place = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves[:place], leaves[place] + b"x", *leaves[place + 1 :]]
    assert merkle_root(changed) != root
    assert merkle_root(leaves[:place] + leaves[place + 1 :]) != root
    if len(leaves) > 1:
        assert merkle_root([leaves[-1], *leaves[1:-1], leaves[0]]) != root
