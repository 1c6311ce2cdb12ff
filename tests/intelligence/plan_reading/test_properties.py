"""Properties: a rendered plan reads back, any text can be read, every span points at its words."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from qingyuan.intelligence.plan_reading import (
    PlanReading,
    UnreadableDocument,
    as_data,
    as_tree,
    extract,
    read_plan,
)

UNITS = (
    "区市场监管局",
    "区公安局",
    "区法院",
    "区检察院",
    "区委宣传部",
    "区文化和旅游局",
    "青禾生态环境分局",
    "区卫健委",
    "区商务局",
)
COLLECTIVES = ("领导小组有关成员单位", "各镇人民政府")
WORDS = (
    "加强市场巡查",
    "查处“三无”产品",
    "落实规划(2021-2035年)",
    "抽检3.5万批次",
    "整治网店（含微店）",
    "建立“一市场一档案”",
)
CAMPAIGNS = ("铁拳", "剑网2026", "清网")
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@dataclass(frozen=True)
class Planned:
    """A clause to render: its text, units with roles, and campaigns."""

    text: str
    units: tuple[tuple[str, str], ...]
    campaigns: tuple[str, ...]


Plan = list[list[list[list[Planned]]]]  # parts, sections, points, clauses


@st.composite
def clauses(draw: st.DrawFn) -> Planned:
    names = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=5, unique=True))
    collective = draw(st.sampled_from(("", *COLLECTIVES)))
    leads = draw(st.integers(0, len(names)))
    if leads == 0 and (len(names) > 1 or collective):
        units = [(name, "shared") for name in names] + ([(collective, "shared")] if collective else [])
    else:
        leads = max(leads, 1)
        roles = ["lead"] * leads + ["participant"] * (len(names) - leads)
        units = list(zip(names, roles, strict=True)) + ([(collective, "participant")] if collective else [])
    text = "，".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)))
    campaign = draw(st.sampled_from(("", *CAMPAIGNS)))
    text += f"，开展“{campaign}”专项行动。" if campaign else "。"
    return Planned(text, tuple(units), (campaign,) if campaign else ())


def levels(element: st.SearchStrategy[object], most: int) -> st.SearchStrategy[list[object]]:
    return st.lists(element, min_size=1, max_size=most)


plans: st.SearchStrategy[Plan] = levels(levels(levels(levels(clauses(), 2), 3), 3), 3)  # type: ignore[arg-type,assignment]


def render(plan: Plan, *, separator: str, wide: bool) -> str:
    opened, closed, comma = ("（", "）", "，") if wide else ("(", ")", ",")
    pieces = ["2026年青禾区工作要点\n为做好工作，制定本要点。"]
    section_number = point_number = 0
    for part_index, part in enumerate(plan):
        pieces.append(f"{NUMERALS[part_index]}、重点任务{part_index}")
        for section in part:
            pieces.append(f"{opened}{NUMERALS[section_number]}{closed}专门治理")
            section_number += 1
            for point in section:
                point_number += 1
                pieces.append(
                    f"{point_number}." + "".join(c.text + duty(c, opened, closed, comma) for c in point)
                )
    return separator.join(pieces)


def duty(clause: Planned, opened: str, closed: str, comma: str) -> str:
    leads = "、".join(name for name, role in clause.units if role == "lead")
    others = "、".join(name for name, role in clause.units if role != "lead")
    words = [f"{leads}牵头"] if leads and others else ([f"{leads}牵头负责"] if leads else [])
    words += [f"{others}按职责分工负责"] if others else []
    return opened + comma.join(words) + closed


@settings(max_examples=30, deadline=None)
@given(
    plans.filter(lambda plan: sum(map(len, plan)) <= len(NUMERALS)),
    st.sampled_from(("\n", " ", "\n　　")),
    st.booleans(),
)
def test_a_rendered_plan_reads_back(plan: Plan, separator: str, wide: bool) -> None:
    reading = read_plan(render(plan, separator=separator, wide=wide))
    found = [
        [
            [
                [
                    Planned(
                        clause.text,
                        tuple((unit.unit, unit.role) for unit in clause.units),
                        tuple(item.name for item in clause.campaigns),
                    )
                    for clause in point.clauses
                ]
                for point in section.points
            ]
            for section in part.sections
        ]
        for part in reading.parts
    ]
    assert found == plan
    assert [point.number for point in reading.points()] == list(range(1, len(list(reading.points())) + 1))
    assert_spans_hold(reading)


def assert_spans_hold(reading: PlanReading) -> None:
    for clause in reading.clauses():
        assert reading.source[slice(*clause.span)] == clause.text
        if clause.bracket_span is not None:
            assert reading.source[slice(*clause.bracket_span)] == clause.bracket
        for unit in clause.units:
            assert "".join(reading.source[slice(*unit.span)].split()) == unit.raw
        for item in clause.campaigns:
            assert reading.source[slice(*item.span)] == item.name


FRAGMENTS = st.sampled_from(
    [
        *"（）()【】\n、，；：。“”由和各等*|#",
        *(
            "一、",
            "二、",
            "（一）",
            "(二)",
            "1.",
            "2.",
            "3.",
            "第一章",
            "第一条",
            "附件1",
            "2026年",
            "工作要点",
        ),
        *(
            "牵头",
            "负责",
            "配合",
            "会同",
            "按职责分工",
            "下同",
            "列第一位者为牵头单位",
            "责任单位：",
            "牵头单位：",
        ),
        *("区公安局", "区法院", "有关部门", "领导小组成员单位", "铁拳", "行动"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=4)), max_size=60).map("".join))
def test_any_text_can_be_read(text: str) -> None:
    reading = read_plan(text)
    assert_spans_hold(reading)
    assert as_data(reading)["warnings"] == list(reading.warnings)
    assert as_tree(reading)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=100).map(str.encode),
        st.text(max_size=50).map(lambda t: t.encode("gb18030", "ignore")),
    ),
    st.sampled_from(("a.txt", "a.md", "a.html", "a.docx", "a.pdf", "")),
)
def test_any_bytes_are_read_or_refused_with_words(data: bytes, name: str) -> None:
    try:
        assert_spans_hold(read_plan(extract(data, name)))
    except UnreadableDocument as error:
        assert "请" in str(error)
