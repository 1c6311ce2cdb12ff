"""One plan in every format and encoding reads the same; what cannot be read says why."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from qingyuan.intelligence.plan_reading import PlanReading, UnreadableDocument, extract, read_plan
from tests.intelligence.plan_reading.portable import pdf_of

TITLE = "2026年青禾区打击侵权假冒工作要点"
# (depth, words); depth 0 is a paragraph, 1 一、, 2 （一）, 3 1.
PLAN = [
    (0, "为做好全年工作，结合我区实际，制定本要点。"),
    (1, "突出重点治理"),
    (2, "互联网治理"),
    (3, "加强直播电商监管，严肃查处虚假宣传、刷单炒信等行为，规范网络经营秩序，压实平台主体责任。"
        "（区市场监管局牵头，区委网信办、区公安局按职责分工负责）"),
    (3, "开展“剑网2026”专项行动，集中查处一批侵权盗版案件，切实维护权利人合法权益。"
        "（区委宣传部、区文旅局按职责分工负责）"),
    (2, "市场治理"),
    (3, "巡查批发市场、集贸市场，督促开办者落实管理责任，建立健全档案。（区商务局负责）"),
    (1, "健全工作机制"),
    (2, "部门协作"),
    (3, "完善线索通报、案件移送、联合督办等制度，定期会商，形成工作合力。（领导小组各成员单位按职责分工负责）"),
]  # fmt: skip
DUTIES = [
    [("区市场监管局", "lead"), ("区委网信办", "participant"), ("区公安局", "participant")],
    [("区委宣传部", "shared"), ("区文旅局", "shared")],
    [("区商务局", "lead")],
    [("领导小组各成员单位", "shared")],
]
NUMERALS = "一二三四五"


def labelled() -> list[str]:
    counts = [0, 0, 0]
    lines = [TITLE]
    for depth, words in PLAN:
        if depth == 0:
            lines.append(words)
            continue
        counts[depth - 1] += 1
        label = [NUMERALS[counts[0] - 1] + "、", f"（{NUMERALS[counts[1] - 1]}）", f"{counts[2]}."][depth - 1]
        lines.append(label + words)
    return lines


def as_text(encoding: str) -> bytes:
    return "\r\n".join(labelled()).encode(encoding)


def as_markdown() -> bytes:
    marks = {1: "## ", 2: "### ", 3: ""}
    lines = labelled()
    body = [marks.get(depth, "") + line for (depth, _), line in zip(PLAN, lines[1:], strict=True)]
    return "\n\n".join(["# " + TITLE, *body]).encode()


def as_html(declared: str = "utf-8") -> bytes:
    body = "".join(f"<p>{line}</p>\n" for line in labelled()[1:])
    page = (
        f'<html><head><meta charset="{declared}"></head><body><h1>{TITLE}</h1><div>{body}</div></body></html>'
    )
    return page.encode(declared)


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_docx() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for line in labelled()[1:]:
        document.add_paragraph(line)
    return saved(document)


def as_numbered_docx() -> bytes:
    """The numbers are Word's own: none stands in the text."""
    document = docx.Document()
    document.add_heading(TITLE, 0)
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(
            [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
        )
    )
    namespace = nsdecls("w")
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {namespace} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {namespace} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, words in PLAN:
        paragraph = document.add_paragraph(words)
        if depth:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {namespace}><w:ilvl w:val="{depth - 1}"/><w:numId w:val="77"/></w:numPr>'
                )
            )
    return saved(document)


def as_pdf() -> bytes:
    lines: list[str] = []
    for line in labelled():
        words = line if line == TITLE else "　　" + line
        lines += [words[start : start + 28] for start in range(0, len(words), 28)]
    return pdf_of(lines)


FORMATS: dict[str, tuple[str, Callable[[], bytes]]] = {
    **{
        encoding: ("plan.txt", lambda encoding=encoding: as_text(encoding))  # type: ignore[misc]
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk")
    },
    "markdown": ("plan.md", as_markdown),
    "html": ("plan.html", as_html),
    "html in gbk": ("plan.htm", lambda: as_html("gbk")),
    "docx": ("plan.docx", as_docx),
    "docx with automatic numbers": ("plan.docx", as_numbered_docx),
    "pdf": ("plan.pdf", as_pdf),
    "pdf under a wrong name": ("plan.txt", as_pdf),
}


def duties(reading: PlanReading) -> list[list[tuple[str, str]]]:
    return [[(unit.unit, unit.role) for unit in clause.units] for clause in reading.clauses()]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_reads_alike(form: str) -> None:
    name, build = FORMATS[form]
    reading = read_plan(extract(build(), name))
    assert reading.title == TITLE
    assert [part.title for part in reading.parts] == ["突出重点治理", "健全工作机制"]
    assert [section.title for section in reading.sections()] == ["互联网治理", "市场治理", "部门协作"]
    restarts = form == "docx with automatic numbers"
    assert [point.number for point in reading.points()] == ([1, 2, 1, 1] if restarts else [1, 2, 3, 4])
    assert duties(reading) == DUTIES
    texts = [words.rpartition("（")[0] for depth, words in PLAN if depth == 3]
    assert [clause.text for clause in reading.clauses()] == texts
    assert reading.doubts == ()


def test_task_table_in_docx() -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=3, cols=4)
    rows = [
        ["序号", "任务", "牵头单位", "配合单位"],
        ["1", "清理仓库", "区公安局", "区税务局\n区商务局"],
        ["2", "回访", "区司法局", ""],
    ]
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    assert duties(read_plan(extract(saved(document), "t.docx"))) == [
        [("区公安局", "lead"), ("区税务局", "participant"), ("区商务局", "participant")],
        [("区司法局", "lead")],
    ]


def test_tracked_changes_in_docx_are_read_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("一、打假。（区商务局")
    namespace = nsdecls("w")
    paragraph._p.append(parse_xml(f"<w:del {namespace}><w:r><w:delText>、区税务局</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {namespace}><w:r><w:t>、区公安局</w:t></w:r></w:ins>"))
    paragraph.add_run("负责）")
    assert duties(read_plan(extract(saved(document), "t.docx"))) == [
        [("区商务局", "shared"), ("区公安局", "shared")]
    ]


def zip_of(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "空的"),
        (b" \n\t", "a.txt", "空的"),
        ("　\n　".encode(), "a.txt", "空白"),
        (bytes(range(256)) * 40, "a.txt", "不是文字"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a.png", "不是文字"),
        (b"\x7fELF" + bytes(range(32)) * 50, "a", "不是文字"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "a.doc", "旧版 Word"),
        (b"{\\rtf1 x}", "a.rtf", "RTF"),
        (b"PK\x03\x04 broken", "a.docx", "已损坏"),
        (zip_of(xl__workbook_xml="<x/>"), "a.xlsx", "xlsx"),
        (zip_of(a_txt="x"), "a.zip", "压缩包"),
        (zip_of(word__document_xml="<x"), "a.docx", "不完整"),
        (b"%PDF-1.4\nnothing", "a.pdf", "已损坏"),
        (pdf_of([]), "a.pdf", "扫描件"),
        (b"<html><head></head><body><script>1</script></body></html>", "a.html", "没有可读"),
    ],
)
def test_unreadable_files_say_why_and_what_next(data: bytes, name: str, words: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        extract(data, name)
    assert words in str(caught.value)
    assert "请" in str(caught.value)
