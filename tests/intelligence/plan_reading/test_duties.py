"""The wording of responsibility brackets: units, roles, sets, and what is no duty."""

import pytest

from qingyuan.intelligence.plan_reading.brackets import find_duty_brackets
from qingyuan.intelligence.plan_reading.duties import read_duty, roles
from qingyuan.intelligence.plan_reading.units import is_collective

L, P, S = "lead", "participant", "shared"

WORDINGS = [
    ("区市场监管局负责", [("区市场监管局", L)]),
    ("区市场监管局牵头", [("区市场监管局", L)]),
    ("区市场监管局按职责分工负责", [("区市场监管局", L)]),
    ("甲县公安局、甲县法院负责", [("甲县公安局", S), ("甲县法院", S)]),
    ("甲县公安局、甲县法院按职责分工分别负责", [("甲县公安局", S), ("甲县法院", S)]),
    ("甲县公安局和甲县法院按照各自职责负责", [("甲县公安局", S), ("甲县法院", S)]),
    (
        "市农业农村局牵头，市公安局、市供销社按职责分工负责",
        [("市农业农村局", L), ("市公安局", P), ("市供销社", P)],
    ),
    ("市农业农村局牵头负责，市公安局配合", [("市农业农村局", L), ("市公安局", P)]),
    ("由市商务局牵头，市公安局、市邮政管理局配合", [("市商务局", L), ("市公安局", P), ("市邮政管理局", P)]),
    ("市商务局、市公安局牵头,市邮政管理局参加", [("市商务局", L), ("市公安局", L), ("市邮政管理局", P)]),
    ("市商务局牵头，市公安局、市邮政管理局", [("市商务局", L), ("市公安局", P), ("市邮政管理局", P)]),
    (
        "市商务局牵头、市公安局参与、各区县人民政府落实",
        [("市商务局", L), ("市公安局", P), ("各区县人民政府", P)],
    ),
    ("市商务局负责；市公安局配合", [("市商务局", L), ("市公安局", P)]),
    ("市商务局负责，市公安局、市税务局协助配合", [("市商务局", L), ("市公安局", P), ("市税务局", P)]),
    ("市商务局、市公安局负责；市税务局配合", [("市商务局", S), ("市公安局", S), ("市税务局", P)]),
    ("市商务局会同市公安局、市税务局负责", [("市商务局", L), ("市公安局", P), ("市税务局", P)]),
    ("市商务局会同有关部门按职责分工负责", [("市商务局", L), ("有关部门", P)]),
    ("市商务局牵头，会同市公安局落实", [("市商务局", L), ("市公安局", P)]),
    ("责任单位：市商务局", [("市商务局", L)]),
    ("责任单位：市商务局、市公安局", [("市商务局", S), ("市公安局", S)]),
    ("责任部门:市商务局 市公安局".replace(" ", "，"), [("市商务局", S), ("市公安局", S)]),
    ("责任单位：市商务局牵头，市公安局配合", [("市商务局", L), ("市公安局", P)]),
    ("牵头单位：市商务局；配合单位：市公安局、市税务局", [("市商务局", L), ("市公安局", P), ("市税务局", P)]),
    ("牵头单位:市商务局,配合单位:市公安局,市税务局", [("市商务局", L), ("市公安局", P), ("市税务局", P)]),
    (
        "牵头单位：市商务局\n参加单位：市公安局、\n市税务局",
        [("市商务局", L), ("市公安局", P), ("市税务局", P)],
    ),
    ("主要责任单位：市商务局，参与单位：市公安局", [("市商务局", L), ("市公安局", P)]),
    ("责任单位：市商务局；责任人：张三；完成时限：12月底", [("市商务局", L)]),
    ("牵头单位：市商务局；配合单位：无", [("市商务局", L)]),
    ("工业和信息化部、文化和旅游部负责", [("工业和信息化部", S), ("文化和旅游部", S)]),
    (
        "市发展和改革委员会、市人力资源和社会保障局负责",
        [("市发展和改革委员会", S), ("市人力资源和社会保障局", S)],
    ),
    ("市应急管理局、自由贸易试验区管委会负责", [("市应急管理局", S), ("自由贸易试验区管委会", S)]),
    ("市高级人民法院、市人民检察院负责", [("市高级人民法院", S), ("市人民检察院", S)]),
    ("领导小组各成员单位按职责分工负责", [("领导小组各成员单位", S)]),
    ("各区县人民政府负责", [("各区县人民政府", S)]),
    ("市税务局等领导小组有关成员单位按职责分工负责", [("市税务局", S), ("领导小组有关成员单位", S)]),
    ("市税务局牵头，市公安局等相关部门配合", [("市税务局", L), ("市公安局", P), ("相关部门", P)]),
    ("市税务局、市公安局、市文旅局等部门按职责分工负责", [("市税务局", S), ("市公安局", S), ("市文旅局", S)]),
    ("市税务局、市公安局等5个部门按职责分工负责", [("市税务局", S), ("市公安局", S)]),
    ("各有关部门和单位、各乡镇（街道）按职责分工负责", [("各有关部门和单位", S), ("各乡镇（街道）", S)]),
    ("区委宣传部（区新闻出版局）牵头，区文旅局配合", [("区委宣传部（区新闻出版局）", L), ("区文旅局", P)]),
    ("税务总局、财政部负责，排在第一位的部门为牵头部门，下同", [("税务总局", L), ("财政部", P)]),
    ("税务总局、财政部负责。列第一位者为牵头单位，下同", [("税务总局", L), ("财政部", P)]),
    ("区打击侵权假冒工作领导小组办公室牵头负责", [("区打击侵权假冒工作领导小组办公室", L)]),
    (
        "各省、自治区、直辖市人民政府，国家税务局负责",
        [("各省、自治区、直辖市人民政府", S), ("国家税务局", S)],
    ),
    ("各区县、市公安局负责", [("各区县", S), ("市公安局", S)]),
    ("责任单位：市商务局 市公安局", [("市商务局", S), ("市公安局", S)]),
    ("市场监\n管局、公安\n 局按职责分工负责", [("市场监管局", S), ("公安局", S)]),
]


@pytest.mark.parametrize(("wording", "expected"), WORDINGS)
def test_wording(wording: str, expected: list[tuple[str, str]]) -> None:
    duty = read_duty(wording)
    assert duty is not None
    assert [
        (item.raw, role) for item, role in zip(duty.assignments, roles(duty, first_leads=False), strict=True)
    ] == expected


@pytest.mark.parametrize(
    "words",
    [
        "IP地址", "备案", "代", "专利", "平安建设", "含微商、微店等", "甘肃", "2021-2035年", "试行", "此件公开发布",
        "张三、李四负责", "组长：王五；副组长：赵六", "区市场监管局、区公安局", "以下简称市场监管局", "详见附件",
        "由政府负责人牵头、相关人员共同参与", "联系电话：12315", "云打假办发〔2026〕3号", "", "负责", "牵头单位：",
        "超过100人的企业达到15%", "见第三部分（二）", "排在第一位的部门为牵头部门，下同",
    ],
)  # fmt: skip
def test_no_duty(words: str) -> None:
    assert read_duty(words) is None


def test_rule_makes_the_first_lead_but_never_a_set() -> None:
    duty = read_duty("市商务局、市公安局按职责分工负责")
    assert duty is not None
    assert roles(duty, first_leads=True) == ("lead", "participant")
    sets = read_duty("各有关部门和单位，各省级人民政府按职责分工负责")
    assert sets is not None
    assert roles(sets, first_leads=True) == ("shared", "shared")


@pytest.mark.parametrize(
    "name", ["领导小组成员单位", "各市场监管所", "有关部门", "各区（市）人民政府", "其他相关单位", "属地镇街"]
)
def test_sets_of_units(name: str) -> None:
    assert is_collective(name)


@pytest.mark.parametrize(
    "name", ["区双打办", "区打击侵权假冒工作领导小组办公室", "区市场监管局", "市区联合执法队"]
)
def test_single_units(name: str) -> None:
    assert not is_collective(name)


@pytest.mark.parametrize(
    "text",
    [
        "查处网店（含微商、微店）违法（区市场监管局（知识产权局）牵头）。",
        "查处网店(区市场监管局(知识产权局)牵头）。",
        "查处网店【区市场监管局（知识产权局）牵头】",
        "查处网店［牵头单位：区市场监管局（知识产权局）］",
        "查处网店。\n牵头单位：区市场监管局（知识产权局）",
        "查处网店（区市场监管局（知识产权局）牵头。",
    ],
)
def test_brackets_and_lines_of_any_shape(text: str) -> None:
    (bracket,) = find_duty_brackets(text)
    (item,) = bracket.duty.assignments
    assert (
        text[item.start : item.end]
        == item.raw
        == "区市场监管局（知识产权局）".translate(str.maketrans("（）", "()") if "局(知" in text else {})
    )


def test_adjacent_brackets_and_lines_are_one_duty() -> None:
    for text in (
        "查处网店。（牵头单位：市商务局）（配合单位：市公安局）",
        "查处网店。\n牵头单位：市商务局\n配合单位：市公安局\n",
        "查处网店。\n**牵头单位**：市商务局\n\n**配合单位**：市公安局",
    ):
        (bracket,) = find_duty_brackets(text)
        found = zip(bracket.duty.assignments, roles(bracket.duty, first_leads=False), strict=True)
        assert [(item.raw, role) for item, role in found] == [("市商务局", L), ("市公安局", P)]
