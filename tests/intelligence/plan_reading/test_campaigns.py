"""Which quoted words are campaigns."""

import pytest

from qingyuan.intelligence.plan_reading.campaigns import campaign_year, find_campaigns


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("开展“剑网2022”专项行动", ["剑网2022"]),
        ("深入实施“铁拳”行动", ["铁拳"]),
        ("知识产权“昆仑2022”专项行动", ["昆仑2022"]),
        ("纵深推进“昆仑2026”，打击食药犯罪", ["昆仑2026"]),
        ("医疗器械“清网”行动", ["清网"]),
        ("化妆品“线上净网线下清源”行动", ["线上净网线下清源"]),
        ("“治违禁 控药残 促提升”行动", ["治违禁 控药残 促提升"]),
        ("“剑网”“秋风”“护苗”等专项行动", ["剑网", "秋风", "护苗"]),
        ("“剑网”、“秋风”和“护苗”专项行动", ["剑网", "秋风", "护苗"]),
        ("组织“春雷”执法行动和“雷霆”专项整治", ["春雷", "雷霆"]),
        ("开展“百日攻坚行动”", ["百日攻坚行动"]),
        ('开展"铁拳"行动，再开展「铁拳」行动', ["铁拳"]),
        ("审判“三合一”改革", []),
        ("规范“直播带货”等网络经营活动", []),
        ("落实“一市场一档案”、行政约谈", []),
        ("“双随机、一公开”抽查，“互联网+监管”模式", []),
        ("“三无”产品专项整治", []),
        ("围绕“3·15”“4·26”等时点", []),
        ("“谁执法谁普法”责任制，“以案普法”实施", []),
        ("落实“中国制造2025”规划，“中国制造2025”", []),
        ("“信用中国(甘肃)”网站", []),
    ],
)
def test_campaigns(text: str, names: list[str]) -> None:
    found = find_campaigns(text, 0, len(text))
    assert [item.name for item in found] == names
    assert all(text[slice(*item.span)] == item.name for item in found)


def test_only_within_the_stretch() -> None:
    text = "“铁拳”行动。“清网”行动"
    assert [item.name for item in find_campaigns(text, 0, 7)] == ["铁拳"]


@pytest.mark.parametrize(("name", "year"), [("剑网2022", 2022), ("铁拳", None), ("昆仑20221", None)])
def test_year(name: str, year: int | None) -> None:
    assert campaign_year(name) == year
