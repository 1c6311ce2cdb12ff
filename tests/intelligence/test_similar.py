"""Likeness of records: symmetric, bounded by its reasons, silent where nothing is said."""

from hypothesis import given
from hypothesis import strategies as st

from qingyuan.intelligence.similar import LEAST, Sketch, compare, match_key, similar, text_key

TEXTS = st.text("青禾便利店白酒ABC123 ,。", max_size=30)
SKETCHES = st.builds(
    Sketch,
    id=st.just("x"),
    party=TEXTS,
    party_code=st.sampled_from(["", "A", "B"]),
    place=TEXTS,
    text=TEXTS,
    phones=st.frozensets(st.sampled_from(["h1", "h2"])),
)
LONG = "该店销售标有青禾牌商标的白酒,包装印刷粗糙,价格明显偏低。"


@given(SKETCHES, SKETCHES)
def test_comparing_is_symmetric_and_the_points_are_the_reasons(left: Sketch, right: Sketch) -> None:
    one, other = compare(left, right), compare(right, left)
    assert one.reasons == other.reasons and one.points == sum(points for _words, points in one.reasons)


@given(TEXTS)
def test_width_case_and_punctuation_do_not_count(text: str) -> None:
    assert match_key(text) == match_key(f" {text.lower()}。")


def test_nothing_said_agrees_with_nothing() -> None:
    assert compare(Sketch("1"), Sketch("2")).reasons == ()
    assert text_key("卖假货") == ""


def test_two_credit_codes_speak_against() -> None:
    found = compare(Sketch("1", party="甲店", party_code="A"), Sketch("2", party="甲店", party_code="B"))
    assert found.points < LEAST


def test_nearly_the_same_words_are_found_and_best_comes_first() -> None:
    record = Sketch("0", party="甲店", text=LONG)
    others = [
        Sketch("1", text=LONG.replace("偏低", "较低")),
        Sketch("2", party="甲店", text=LONG),
        Sketch("3", text="另一件事,与上面的内容没有任何关系,请不要混同。"),
        Sketch("0", text=LONG),
    ]
    assert [each.id for each in similar(record, others)] == ["2", "1"]
