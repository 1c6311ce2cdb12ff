"""Unit names: what is a slip, what an abbreviation, and what a directory decides."""

import pytest

from qingyuan.intelligence.plan_reading import DirectoryError, UnitDirectory, read_directory, read_plan
from qingyuan.intelligence.plan_reading.settling import Settled, settle_names

DIRECTORY = """
units:
  - name: 区市场监督管理局
    short_name: 区市场监管局
    aliases: [区市监局, 市场监管局]
  - name: 区文化和旅游局
    aliases: [区文旅局]
  - 区公安局
"""


@pytest.fixture
def directory() -> UnitDirectory:
    return read_directory(DIRECTORY)


@pytest.mark.parametrize(
    ("slip", "usual"),
    [("区文旅游局", "区文旅局"), ("区工信息局", "区工信局"), ("区农业农局", "区农业农村局")],
)
def test_a_letter_too_many_or_too_few_is_a_slip(slip: str, usual: str) -> None:
    assert settle_names([usual] * 3 + [slip])[slip] == Settled(usual, "slip")


@pytest.mark.parametrize(
    ("rare", "usual"),
    [
        ("区民政局", "区财政局"),
        ("区工商局", "区工信局"),
        ("市公安局", "市公安分局"),
        ("区法院", "区检察院"),
        ("市水务局", "市税务局"),
        ("区林草局", "区农草局"),
        ("区市场监管局执法局", "区市场监管局"),
    ],
)
def test_other_units_stay_other(rare: str, usual: str) -> None:
    assert settle_names([usual] * 3 + [rare])[rare] == Settled(rare)


@pytest.mark.parametrize(
    ("other", "usual"),
    [
        ("区市场监督管理局", "区市场监管局"),
        ("委网信办", "区委网信办"),
        ("市交通运输局", "市交通局"),
        ("区网信办", "区委网信办"),
        ("领导小组办公室", "区双打工作领导小组办公室"),
    ],
)
def test_abbreviations_settle_on_the_usual_form(other: str, usual: str) -> None:
    assert settle_names([usual] * 3 + [other])[other] == Settled(usual, "abbreviation")


def test_a_directory_gives_the_settled_name(directory: UnitDirectory) -> None:
    settled = settle_names(["区市监局", "区市场监管局", "区文旅游局", "区公安局", "区财政局"], directory)
    assert settled == {
        "区市监局": Settled("区市场监督管理局", "directory"),
        "区市场监管局": Settled("区市场监督管理局", "directory"),
        "区文旅游局": Settled("区文化和旅游局", "slip"),
        "区公安局": Settled("区公安局"),
        "区财政局": Settled("区财政局", "unknown"),
    }


def test_reading_with_a_directory_keeps_raw_beside_unit(directory: UnitDirectory) -> None:
    text = "工作要点\n一、打假。（区市场监管局（知识产权局）牵头，区文旅游局、区财政局、各成员单位配合）"
    reading = read_plan(text, directory=directory)
    (clause,) = reading.clauses()
    assert [(item.raw, item.unit, item.role, item.collective) for item in clause.units] == [
        ("区市场监管局（知识产权局）", "区市场监督管理局", "lead", False),
        ("区文旅游局", "区文化和旅游局", "participant", False),
        ("区财政局", "区财政局", "participant", False),
        ("各成员单位", "各成员单位", "participant", True),
    ]
    assert [(doubt.code, doubt.point) for doubt in reading.doubts] == [
        ("unit_slip", "第1点"),
        ("unit_unknown", "第1点"),
    ]


def test_a_name_is_reported_once(directory: UnitDirectory) -> None:
    text = "工作要点\n" + "".join(f"{number}.打假。（区财政局负责）\n" for number in range(1, 5))
    doubts = read_plan(text, directory=directory).doubts
    assert [(doubt.code, doubt.point) for doubt in doubts] == [("unit_unknown", "第1点")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("units: [", "不是合法的 YAML"),
        ("", "没有 units 列表"),
        ("units: []", "没有 units 列表"),
        ("units: [{short_name: 甲}]", "第1项没有 name"),
        ("units: [{name: 甲, aliases: 乙}]", "应是名称的列表"),
        ("units: [{name: 甲局, aliases: [乙局]}, {name: 乙局}]", "“乙局”同时属于"),
    ],
)
def test_a_wrong_directory_says_where(text: str, words: str) -> None:
    with pytest.raises(DirectoryError, match=words):
        read_directory(text)
