"""The real plans in ../shared/plans, against tables written by hand from their text."""

from pathlib import Path

import pytest

from qingyuan.intelligence.plan_reading import PlanReading, extract, read_plan

PLANS = Path(__file__).resolve().parents[4] / "shared" / "plans"
pytestmark = pytest.mark.skipif(not PLANS.is_dir(), reason="../shared/plans is not beside this checkout")

DISTRICT = "000_a6b951ab3d9f8c4f.txt"
CUSTOMS = "国务院关于促进综合保税区高水平开放高质量发展的若干意见.txt"
EMPLOYMENT = "国务院关于做好当前和今后一个时期促进就业工作的若干意见.txt"

SHORT = {
    "办": "区打击侵权假冒工作领导小组办公室",
    "成员": "领导小组有关成员单位",
    "各成员": "领导小组各成员单位",
    "市监": "区市场监管局",
    "公安": "白银公安分局",
    "网信": "区委网信办",
    "宣传": "区委宣传部",
    "政法": "区委政法委",
    "文旅": "区文旅局",
    "工信": "区工信局",
    "商务": "区商务局",
    "农": "区农业农村局",
    "林草": "区林草局",
    "卫健": "区卫健委",
    "检": "区检察院",
    "法": "区法院",
    "生态": "生态环境分局",
    "财": "区财政局",
    "税": "区税务局",
    "司法": "区司法局",
    "发改": "区发改局",
}
# One line a clause: number, then "= shared units", or "leads | participants". By hand, from the source.
DISTRICT_DUTIES = """
1 = 公安 市监 网信
2 = 宣传 公安 文旅 工信 网信
3 = 宣传 公安 文旅 网信 商务 工信 市监
4 = 商务 市监
5 市监 |
6 市监 | 宣传 公安 农 文旅
7 农 | 工信 卫健 市监 检
8 = 公安 农 商务 市监
9 农 |
10 林草 |
11 = 公安 法 检
12 = 公安 法 检 市监
13 市监 |
14 卫健 |
15 市监 |
16 市监 | 成员
17 市监 | 生态 成员
18 = 公安 生态 商务 市监
19 市监 |
19 市监 |
20 宣传 | 成员
21 宣传 | 成员
22 宣传 |
23 宣传 | 成员
24 宣传 | 成员
25 = 宣传 财
26 宣传 | 成员
27 生态 | 财 市监
28 宣传 |
29 = 税 市监
30 办 | 成员
31 办 | 成员
32 办 检 | 宣传 公安 农 文旅 市监 林草 法
33 办 | 成员
34 = 办 宣传 农 商务 文旅 林草 市监 网信
35 公安 |
36 检 |
37 法 |
38 = 办 宣传 网信 工信 公安 农 商务 文旅 林草 市监
39 = 司法 宣传 网信 工信 公安 农 商务 林草 市监 法 检
40 = 发改 市监 法
41 市监 |
41 市监 |
42 财 |
42 农 |
43 商务 |
44 市监 |
45 = 政法 办
46 办 | 成员
47 司法 | 宣传 市监
48 = 司法 宣传 市监
49 = 商务 市监
50 = 各成员
51 法 |
52 办 宣传 | 成员
53 办 宣传 | 成员
"""
DISTRICT_CAMPAIGNS = {
    2: ["剑网2022"],
    5: ["清网", "线上净网线下清源"],
    7: ["治违禁 控药残 促提升"],
    16: ["铁拳"],
    19: ["铁拳"],
    21: ["秋风2022"],
    35: ["昆仑2022"],
}
# Section label and title, and its points (first-last).
DISTRICT_SECTIONS = """
一、 深化重点治理
(一) 互联网领域侵权假冒治理 1-5
(二) 重点市场治理 6-6
(三) 农村地区和城乡结合部侵权假冒治理 7-11
(四) 开展重点产品治理 12-18
(五) 重点领域商标专利侵权假冒综合治理 19-19
(六) 加大著作权保护力度 20-22
(七) 严格版权保护 23-26
(八) 健全无害化销毁 27-28
(九) 查处侵权假冒涉税案件 29-29
二、 强化全链条保护
(十) 加强部门协同配合 30-31
(十一) 完善行刑衔接机制 32-32
(十二) 发挥行业自律作用 33-33
(十三) 强化市场主体责任 34-34
三、 严惩侵权假冒违法犯罪
(十四) 加大刑事打击力度 35-35
(十五) 全面履行检察职能 36-36
(十六) 深入推进审判改革 37-37
(十七) 推进治理手段现代化 38-38
四、 推进制度建设
(十八) 推动完善制度建设 39-39
(十九) 推进信用体系建设 40-44
(二十) 健全考核评价机制 45-45
五、 构建社会共治格局
(二十一) 加大信息公开力度 46-46
(二十二) 优化企业知识产权服务 47-48
(二十三) 不断强化维权援助 49-49
六、 扩大宣传教育引导工作
(二十四) 提升专业水平 50-51
(二十五) 加强常态化宣传 52-52
(二十六) 持续开展教育引导 53-53
"""
CUSTOMS_DUTIES = """
1 税务总局 | 财政部 海关总署
2 海关总署 | 财政部 税务总局
3 海关总署 | 商务部
4 商务部 | 海关总署
5 海关总署 |
6 海关总署 | 商务部 有关部门
7 发展改革委 | 科技部 海关总署
8 市场监管总局 | 海关总署
9 药监局 | 海关总署
10 海关总署 |
11 海关总署 |
12 发展改革委 | 海关总署
13 海关总署 | 文化和旅游部 文物局
14 商务部 | 工业和信息化部 生态环境部 海关总署
15 商务部 | 发展改革委 工业和信息化部 海关总署
16 海关总署 |
17 海关总署 | 财政部 税务总局
18 商务部 | 海关总署 有关部门
19 海关总署 | 财政部 商务部
20 海关总署 | 证监会
21 海关总署 | 商务部 有关部门
"""
EMPLOYMENT_DUTIES = """
1 人力资源社会保障部 | 财政部
2 财政部 | 工业和信息化部 人民银行 银保监会
3 财政部 | 人力资源社会保障部 人民银行 银保监会
4 人力资源社会保障部 | 科技部 财政部 住房城乡建设部 市场监管总局 各省级人民政府
5 人力资源社会保障部 | 有关部门和单位
6 人力资源社会保障部 | 财政部
7 人力资源社会保障部 | 财政部 教育部 有关部门和单位
8 人力资源社会保障部 | 财政部
9 人力资源社会保障部 | 财政部 税务总局 各省级人民政府
10 人力资源社会保障部 | 医保局
11 财政部 | 人力资源社会保障部 民政部 有关部门和单位
12 = 各省级人民政府
13 = 各有关部门和单位
14 = 各有关部门和单位 各省级人民政府
15 = 各有关部门和单位 各省级人民政府
"""
COLLECTIVES = {
    "领导小组有关成员单位",
    "领导小组各成员单位",
    "有关部门",
    "有关部门和单位",
    "各省级人民政府",
    "各有关部门和单位",
}


def read(name: str) -> PlanReading:
    return read_plan(extract((PLANS / name).read_bytes(), name))


def expected(table: str) -> list[tuple[int, list[tuple[str, str]]]]:
    rows = []
    for line in table.strip().splitlines():
        number, _, words = line.partition(" ")
        if words.startswith("= "):
            duties = [(name, "shared") for name in words[2:].split()]
        else:
            leads, _, others = words.partition("|")
            duties = [(name, "lead") for name in leads.split()]
            duties += [(name, "participant") for name in others.split()]
        rows.append((int(number), [(SHORT.get(name, name), role) for name, role in duties]))
    return rows


def found(reading: PlanReading) -> list[tuple[int | None, list[tuple[str, str]]]]:
    return [
        (point.number, [(unit.unit, unit.role) for unit in clause.units])
        for point in reading.points()
        for clause in point.clauses
    ]


def test_district_plan_has_every_unit_and_role() -> None:
    assert found(read(DISTRICT)) == expected(DISTRICT_DUTIES)


def test_district_plan_has_every_part_and_section() -> None:
    reading = read(DISTRICT)
    lines = []
    for part in reading.parts:
        lines.append(f"{part.label} {part.title}")
        for section in part.sections:
            numbers = [point.number for point in section.points]
            assert numbers == list(range(numbers[0] or 0, (numbers[-1] or 0) + 1))
            lines.append(f"{section.label} {section.title} {numbers[0]}-{numbers[-1]}")
    assert lines == DISTRICT_SECTIONS.strip().splitlines()
    assert reading.title == "2023年全区打击侵犯知识产权和制售假冒伪劣商品工作要点"
    assert reading.year == 2023


def test_district_plan_counts() -> None:
    reading = read(DISTRICT)
    counts = [
        len(list(items)) for items in (reading.parts, reading.sections(), reading.points(), reading.clauses())
    ]
    assert counts == [6, 26, 53, 56]


def test_district_plan_campaigns() -> None:
    names = {
        point.number: [item.name for clause in point.clauses for item in clause.campaigns]
        for point in read(DISTRICT).points()
    }
    assert {number: found_names for number, found_names in names.items() if found_names} == DISTRICT_CAMPAIGNS


def test_district_plan_slips_are_resolved_and_reported() -> None:
    reading = read(DISTRICT)
    slips = [(doubt.point, doubt.message) for doubt in reading.doubts if doubt.code == "unit_slip"]
    assert [point for point, _ in slips] == ["第32点", "第38点"]
    assert "区文旅游局" in slips[0][1] and "区文旅局" in slips[0][1]
    assert "区工信息局" in slips[1][1] and "区工信局" in slips[1][1]
    raws = {
        unit.raw: unit.unit for clause in reading.clauses() for unit in clause.units if unit.raw != unit.unit
    }
    assert raws == {"区文旅游局": "区文旅局", "区工信息局": "区工信局"}


def test_district_plan_campaigns_of_another_year_are_reported() -> None:
    doubts = [doubt.point for doubt in read(DISTRICT).doubts if doubt.code == "campaign_year"]
    assert doubts == ["第2点", "第21点", "第35点"]


def test_district_plan_slip_in_a_controlled_term_is_reported() -> None:
    (doubt,) = [doubt for doubt in read(DISTRICT).doubts if doubt.code == "term_slip"]
    assert doubt.point == "第17点"
    assert "六滨环十二烷" in doubt.message and "六溴环十二烷" in doubt.message


@pytest.mark.parametrize(
    ("name", "table", "parts", "sections"),
    [(CUSTOMS, CUSTOMS_DUTIES, 5, 9), (EMPLOYMENT, EMPLOYMENT_DUTIES, 5, 0)],
    ids=["customs", "employment"],
)
def test_state_council_documents(name: str, table: str, parts: int, sections: int) -> None:
    reading = read(name)
    assert found(reading) == expected(table)
    assert len(reading.parts) == parts
    assert sum(bool(section.label) for section in reading.sections()) == sections
    assert reading.title == name.removesuffix(".txt")
    assert reading.warnings == ()


@pytest.mark.parametrize("name", [DISTRICT, CUSTOMS, EMPLOYMENT])
def test_every_clause_ends_at_its_bracket_and_spans_hold(name: str) -> None:
    reading = read(name)
    for clause in reading.clauses():
        assert clause.bracket is not None and clause.bracket_span is not None
        assert reading.source[slice(*clause.span)] == clause.text
        assert reading.source[slice(*clause.bracket_span)] == clause.bracket
        assert reading.source[clause.span[1] : clause.bracket_span[0]].strip() == ""
        for unit in clause.units:
            assert reading.source[slice(*unit.span)] == unit.raw
            assert unit.collective == (unit.unit in COLLECTIVES)
        for campaign in clause.campaigns:
            assert reading.source[slice(*campaign.span)] == campaign.name


def test_half_width_and_full_width_brackets_read_alike() -> None:
    text = extract((PLANS / DISTRICT).read_bytes(), DISTRICT).text
    wide = text.translate(str.maketrans("(),;:", "（），；："))
    assert found(read_plan(wide)) == expected(DISTRICT_DUTIES)


def test_no_duty_is_read_where_responsibility_brackets_are_removed() -> None:
    reading = read(DISTRICT)
    text = reading.source
    for clause in reversed(list(reading.clauses())):
        assert clause.bracket_span is not None
        text = text[: clause.bracket_span[0]] + text[clause.bracket_span[1] :]
    bare = read_plan(text)
    assert len(list(bare.points())) == 53
    assert all(not clause.units and clause.bracket is None for clause in bare.clauses())
    assert [doubt.code for doubt in bare.doubts if doubt.code not in ("campaign_year", "term_slip")] == [
        "no_duty"
    ]
