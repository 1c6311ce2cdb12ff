"""Invented plans of every shape in tests/samples/plans, against tables written by hand."""

from pathlib import Path

import pytest

from qingyuan.intelligence.plan_reading import Clause, PlanReading, extract, read_plan

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plans"

# File: title, then a line a part (label title), section, or clause: number, leads | participants or = shared.
EXPECTED = {
    "lines.txt": """
2026年云岭市打击侵权假冒工作要点
# 一、 总体要求
# 二、 重点任务
1 市市场监管局 | 市公安局 市委宣传部 ! 春雷2026 护苗
2 市司法局 |
3 市知识产权局 | 各县（区）人民政府
# 三、 保障措施
4 市商务局 | 市公安局 市税务局
""",
    "articles.txt": """
云岭市保护新兴作物品种权工作规定
# 第一章 总则
1 -
# 第二章 任务
3 农业农村部门 | 市场监管部门
4 市农业农村局 |
4 - ! 丰种2025
""",
    "headings.md": """
青禾区2026年双打工作方案
#  线上治理
1 区市场监管局 | 区委网信办
2 区公安局 | 区文旅局 ! 净网
#  线下治理
3 区商务局 |
4 区公安局 | 区税务局 区商务局
5 区司法局 |
""",
    "table.html": """
青禾区2026年打击侵权假冒任务分解表
# 一、 线上治理
1 = 区市场监管局 区委网信办
2 区委宣传部 | 区公安局 ! 剑网2026
# 二、 线下治理
3 区商务局 |
""",
    "sections.txt": """
青禾区2026年双打工作方案
# （一） 强化线上治理
1 区市场监管局 | 区委网信办 区公安局
2 区市场监管局 | 区委网信办 区公安局 ! 净网
# （二） 强化线下治理
1 区商务局 |
2 区公安局 |
3 区商务局 |
""",
    "parts.txt": """
青禾区双打工作任务分工
1 区市场监管局 |
2 区农业农村局 | 区供销社
3 区委宣传部 |
4 = 生态环境分局 有关部门
""",
    "paragraphs.txt": """
青禾区双打工作安排
None 区市场监管局 |
None 区农业农村局 |
""",
    "glued.txt": """
2026年青禾区工作要点
# 一、 线上治理
## (一) 直播治理
1 区市场监管局 |
2 区公安局 |
2 区市场监管局 |
## (二) 平台治理
3 = 区商务局 区税务局
# 二、 线下治理
## (三) 市场治理
4 区商务局 |
""",
    "regions.txt": """
云岭省2024年知识产权行政保护工作方案
# 一、 总体要求
## (一) 指导思想
## (二) 工作目标
# 二、 工作任务
## (三) 加强专利保护
1 省知识产权局 | 省司法厅 各市、州人民政府
2 省知识产权局 | 省高级人民法院 省检察院 云岭海关
## (四) 加强商标保护
3 = 省市场监管局 各市州市场监管局
4 = 省农业农村厅 省林草局 省商务厅 云岭海关 中国贸促会云岭省委员会 各市州人民政府
# 三、 保障措施
## (五) 加强组织领导
## (六) 强化监督考核
""",
    "fields.txt": """
云岭市打击侵犯知识产权和制售假冒伪劣商品工作领导小组2025年工作要点
# 一、 加强统筹协调
1 领导小组办公室 |
2 = 领导小组办公室 各成员单位
# 二、 开展专项整治
3 市委网信办 | 市公安局 市市场监管局 市文广旅局
4 市委宣传部 | 市文化市场综合行政执法支队 市公安局 市邮政管理局
5 = 市农业农村局 市市场监督管理局 市公安局 各县区
6 云岭海关 | 市公安局
""",
    "mixed.txt": """
青禾区2026年度双打工作任务清单
# 第一部分 重点工作
## 一、 线上
1 区市场监管局 | 区网信办 区商务局
2 网监科 |
3 -
## 二、 线下
1 = 区商务局 区公安局
2 -
# 第二部分 保障
## 一、 组织
1 = 区委 区政府
""",
    "webpage.html": """
云岭市2026年知识产权执法“铁拳”行动方案
# 一、 工作目标
# 二、 重点任务
1 市场监管局 | 公安局 农业农村局
2 = 市场监管局 知识产权局 ! 蓝天
# 三、 工作要求
1 -
2 -
""",
    "attachment.txt": """
2026年云岭市双打重点任务分工表
# 一、 加强市场监管
1 市市场监管局 | 市公安局 市农业农村局 市城管局 ! 春雷
2 市委宣传部 | 市文旅局 ! 秋风
# 二、 强化保障
3 市财政局 |
""",
    "bare.txt": """
青禾区2026年普法计划
# 一、 学习法律（区政府办公室印发）
1 -
2 -
""",
}


def read(name: str) -> PlanReading:
    return read_plan(extract((SAMPLES / name).read_bytes(), name))


def lines_of(reading: PlanReading) -> list[str]:
    lines = [reading.title]
    for part in reading.parts:
        lines += [f"# {part.label} {part.title}"] if part.label or part.title else []
        for section in part.sections:
            lines += [f"## {section.label} {section.title}"] if section.label or section.title else []
            lines += [line_of(point.number, clause) for point in section.points for clause in point.clauses]
    return lines


def line_of(number: int | None, clause: Clause) -> str:
    lead, participant, shared = (
        " ".join(item.unit for item in clause.units if item.role == role)
        for role in ("lead", "participant", "shared")
    )
    duties = f"= {shared}" if shared else f"{lead} | {participant}"
    campaigns = [f"! {' '.join(item.name for item in clause.campaigns)}"] if clause.campaigns else []
    return " ".join([str(number), duties.strip() if clause.units else "-", *campaigns])


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_sample(name: str) -> None:
    assert lines_of(read(name)) == EXPECTED[name].strip().splitlines()


def test_every_sample_has_its_expectation() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == set(EXPECTED)


def test_doubts_name_the_place() -> None:
    assert [(doubt.code, doubt.point) for doubt in read("parts.txt").doubts] == [
        ("unclosed_bracket", "第3点")
    ]
    assert [doubt.code for doubt in read("lines.txt").doubts] == ["bracket_outside"]
    assert [doubt.code for doubt in read("bare.txt").doubts] == ["no_duty"]
    assert [(doubt.code, doubt.point) for doubt in read("articles.txt").doubts] == [
        ("no_bracket", "第1点"),
        ("number_gap", "第三条"),
        ("no_bracket", "第4点"),
    ]


def test_a_bracket_in_a_heading_is_shared_by_its_points() -> None:
    inherited = [clause.inherited for clause in read("sections.txt").clauses()]
    assert inherited == [True, True, True, False, True]


def test_half_width_samples_read_like_full_width_ones() -> None:
    wide = (SAMPLES / "sections.txt").read_text(encoding="utf-8")
    narrow = wide.translate(str.maketrans("（），；：", "(),;:"))
    assert [line.replace("(", "（").replace(")", "）") for line in lines_of(read_plan(narrow))] == lines_of(
        read_plan(wide)
    )


def test_year_comes_from_title_or_document_number() -> None:
    assert read("lines.txt").year == 2026
    assert read_plan("某办发〔2025〕1号\n关于打假的工作方案\n一、打假（区商务局负责）").year == 2025
    assert read_plan("二〇二六年工作要点\n一、打假（区商务局负责）").year == 2026
    assert read_plan("打假方案\n一、打假（区商务局负责）").year is None


def test_closing_paragraphs_belong_to_no_point() -> None:
    text = "工作要点\n一、打假。（区商务局负责）\n二、打盗版。（区文旅局负责）\n各地要落实。\n区人民政府\n2026年1月1日"
    assert [clause.text for clause in read_plan(text).clauses()] == ["打假。", "打盗版。"]


def test_table_of_contents_is_not_the_plan() -> None:
    contents = "工作要点\n目录\n一、打假\n二、打盗版\n"
    text = contents + "一、打假\n1.巡查。（区商务局负责）\n二、打盗版\n2.检查。（区文旅局负责）\n"
    reading = read_plan(text)
    assert [part.title for part in reading.parts] == ["打假", "打盗版"]
    assert [point.number for point in reading.points()] == [1, 2]
