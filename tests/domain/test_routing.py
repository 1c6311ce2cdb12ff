"""Routing: which unit, by which rule, on which words; and rules that clash."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan.domain.routing import RoutingRecord, RoutingRule, conflicts, folded, route

LIQUOR = RoutingRule(
    "r1", "假酒", "市场监管局", 1, goods=("food",), words=("假酒", "勾兑"), power="food.investigate"
)
BOOKS = RoutingRule("r2", "盗版书", "文化旅游局", 1, words=("盗版",), without=("软件",))
DISTRICT = RoutingRule("r3", "本区兜底", "市场监管局", 9, regions=("620402",))
POWERS = {"市场监管局": ["food.investigate"]}
RULES = (LIQUOR, BOOKS, DISTRICT)


def test_the_winning_rule_says_which_words_it_went_by() -> None:
    record = RoutingRecord(
        text="在某小卖部买到 假 酒一箱，喝后头痛", goods="food.liquor", region="620402001000"
    )
    routing = route(record, RULES, POWERS)
    assert routing.unit == "市场监管局"
    assert routing.match is not None and routing.match.rule is LIQUOR
    assert "商品类别“food”（food.liquor）" in routing.explanation
    assert "文字含“假酒”（在某小卖部买到 假 酒一箱，喝后头痛）" in routing.explanation
    assert [other.rule.id for other in routing.others] == ["r3"]
    assert not routing.contested
    assert json.loads(json.dumps(routing.as_dict()))["match"]["rule"] == "r1"


def test_a_unit_without_the_power_does_not_get_it() -> None:
    record = RoutingRecord(text="假酒", goods="food", region="620402")
    assert route(record, RULES, {}).match == route(record, (DISTRICT,), {}).match


def test_a_forbidden_word_keeps_the_rule_out_and_widths_do_not_matter() -> None:
    assert route(RoutingRecord(text="售卖盗版教辅"), RULES, POWERS).unit == "文化旅游局"
    assert route(RoutingRecord(text="盗版软件"), RULES, POWERS).unit is None
    wide = RoutingRule("w", "宽", "甲", 1, words=("ＡＢＣ",))
    assert route(RoutingRecord(text="牌子是 abc 的"), (wide,), {}).unit == "甲"


def test_nothing_matching_goes_to_a_person() -> None:
    routing = route(RoutingRecord(text="你好"), RULES, POWERS)
    assert (routing.unit, routing.match, routing.others) == (None, None, ())
    assert "人工分派" in routing.explanation


@pytest.mark.parametrize(
    ("code", "inside"),
    [("620402", True), ("620402001000", True), ("620403", False), ("620400", False), ("", False)],
)
def test_a_region_covers_what_lies_within(code: str, inside: bool) -> None:
    assert (route(RoutingRecord(region=code), (DISTRICT,), {}).unit is not None) is inside


def test_a_city_and_a_province_cover_their_districts() -> None:
    for code in ("620400", "620000"):
        rule = RoutingRule("c", "市", "甲", 1, regions=(code,))
        assert route(RoutingRecord(region="620402"), (rule,), {}).unit == "甲"
        assert route(RoutingRecord(region="630402"), (rule,), {}).unit is None


def test_a_street_covers_its_villages_and_no_other_street() -> None:
    rule = RoutingRule("s", "街道", "甲", 1, regions=("620402100000",))
    assert route(RoutingRecord(region="620402100201"), (rule,), {}).unit == "甲"
    assert route(RoutingRecord(region="620402110000"), (rule,), {}).unit is None


def test_goods_classes_are_not_prefixes_of_letters() -> None:
    rule = RoutingRule("f", "食品", "甲", 1, goods=("food",))
    assert route(RoutingRecord(goods="footwear"), (rule,), {}).unit is None
    assert route(RoutingRecord(goods="foodstuff"), (rule,), {}).unit is None


def test_platform_and_source_are_compared_whole() -> None:
    rule = RoutingRule("p", "平台", "甲", 1, platforms=("某宝",), sources=("12315",))
    assert route(RoutingRecord(platform="某宝", source="12315"), (rule,), {}).unit == "甲"
    assert route(RoutingRecord(platform="某宝", source="12345"), (rule,), {}).unit is None


def test_same_priority_elsewhere_is_contested_and_the_more_particular_wins() -> None:
    general = RoutingRule("a", "泛", "公安分局", 1, words=("假酒",))
    record = RoutingRecord(text="假酒", goods="food")
    routing = route(record, (general, LIQUOR), POWERS)
    assert (routing.unit, routing.contested) == ("市场监管局", True)
    assert "请核对" in routing.explanation


def test_conflicts_name_the_pair_and_how_to_mend_it() -> None:
    general = RoutingRule("a", "泛", "公安分局", 1, words=("假酒",))
    found = conflicts((*RULES, general))
    assert {(clash.first.id, clash.second.id) for clash in found} == {("r1", "r2"), ("r1", "a"), ("r2", "a")}
    assert "优先级同为1" in found[0].text
    assert conflicts((LIQUOR, replace(general, priority=2))) == ()
    assert conflicts((LIQUOR, replace(general, unit="市场监管局"))) == ()


def test_rules_that_cannot_meet_do_not_conflict() -> None:
    here = RoutingRule("x", "甲区", "甲", 1, regions=("620402",))
    there = RoutingRule("y", "乙区", "乙", 1, regions=("620403",))
    city = RoutingRule("z", "全市", "丙", 1, regions=("620400",))
    assert conflicts((here, there)) == ()
    assert len(conflicts((here, there, city))) == 2
    needs = RoutingRule("n", "要", "甲", 1, words=("盗版软件",))
    assert conflicts((needs, BOOKS)) == ()


def test_a_rule_without_unit_or_with_an_empty_word_is_refused() -> None:
    with pytest.raises(ValueError, match="没有写接收单位"):
        RoutingRule("x", "无", "", 1)
    with pytest.raises(ValueError, match="空白词语"):
        RoutingRule("x", "空", "甲", 1, words=(" ",))


texts = st.text(alphabet="假酒盗版软件 a", max_size=8)
values = st.lists(st.sampled_from(["假酒", "盗版", "软件", "a"]), max_size=2).map(tuple)
rules_made = st.lists(
    st.builds(
        RoutingRule,
        id=st.uuids().map(str),
        name=st.just("规则"),
        unit=st.sampled_from(["甲", "乙", "丙"]),
        priority=st.integers(1, 2),
        goods=st.lists(st.sampled_from(["food", "food.liquor", "book"]), max_size=2).map(tuple),
        regions=st.lists(st.sampled_from(["620000", "620402", "630000"]), max_size=2).map(tuple),
        words=values,
        without=values,
    ),
    max_size=5,
)
records = st.builds(
    RoutingRecord,
    text=texts,
    goods=st.sampled_from(["", "food", "food.liquor", "book"]),
    region=st.sampled_from(["", "620402", "630101"]),
)


@given(records, rules_made, st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(
    record: RoutingRecord, rules: list[RoutingRule], random: object
) -> None:
    again = list(rules)
    random.shuffle(again)  # type: ignore[attr-defined]
    assert route(record, rules, {}) == route(record, again, {})


@given(records, rules_made)
def test_every_contested_record_was_foreseen_as_a_conflict(
    record: RoutingRecord, rules: list[RoutingRule]
) -> None:
    routing = route(record, rules, {})
    if routing.contested:
        assert routing.match is not None
        foreseen = {clash.first.id for clash in conflicts(rules)} | {
            clash.second.id for clash in conflicts(rules)
        }
        assert routing.match.rule.id in foreseen


def test_folding_is_stable() -> None:
    assert folded(folded("Ａ b　C")) == folded("Ａ b　C") == "abc"
