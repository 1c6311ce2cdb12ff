"""Build the Word templates of case documents in the layout of official documents (GB/T 9704-2012).

Run `python -m tools.case_documents`: it writes `filing_approval.docx`, `decision.docx` and `document.docx` beside the
templates of the cases department. What stands in braces is filled in by docxtpl.
"""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TARGET = Path(__file__).resolve().parents[1] / "src/qingyuan/apps/cases/templates/cases"
TITLE, BODY = "方正小标宋简体", "仿宋_GB2312"
TITLE_SIZE, BODY_SIZE, LINE = Pt(22), Pt(16), Pt(28)
"""二号, 三号 and the line pitch that puts 22 lines on a page."""


def page() -> object:
    """Return an empty document with the margins of GB/T 9704: top 37, left 28, core 156 by 225 mm on A4."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    return document


def line(
    document: object, text: str, *, font: str = BODY, size: object = BODY_SIZE, place: str = "text"
) -> None:
    """Add one paragraph: `title` and `centre` in the middle, `right` at the right, `text` indented by two."""
    paragraph = document.add_paragraph()
    spacing = paragraph.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    spacing.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if place in ("title", "centre"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif place == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif place == "text":
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")


def build(name: str, lines: list[tuple[str, str]]) -> None:
    """Write one template: each line with its place."""
    document = page()
    for place, text in lines:
        big = place == "title"
        line(document, text, font=TITLE if big else BODY, size=TITLE_SIZE if big else BODY_SIZE, place=place)
    document.save(str(TARGET / f"{name}.docx"))


FILING = [
    ("title", "立案审批表"),
    ("plain", ""),
    ("text", "案由:{{ cause }}"),
    ("text", "案号:{{ number }}"),
    ("text", "当事人:{{ party }}"),
    ("text", "统一社会信用代码:{{ code }}"),
    ("text", "住所(住址):{{ address }}"),
    ("text", "法定代表人(负责人、经营者):{{ head }}"),
    ("text", "线索来源:{{ source }}"),
    ("text", "核查情况及立案理由:"),
    ("text", "{{ content }}"),
    ("text", "承办人员:{{ officers }}"),
    ("right", "{{ made_by }}  {{ made_on }}"),
    ("text", "负责人意见:{{ opinion }}"),
    ("right", "{{ approved_by }}  {{ approved_on }}"),
]
DECISION = [
    ("title", "{{ unit }}"),
    ("title", "行政处罚决定书"),
    ("centre", "{{ document_number }}"),
    ("plain", ""),
    ("text", "当事人:{{ party }}"),
    ("text", "统一社会信用代码:{{ code }}"),
    ("text", "住所(住址):{{ address }}"),
    ("text", "法定代表人(负责人、经营者):{{ head }}"),
    ("text", "案由:{{ cause }}"),
    ("text", "经查明:{{ facts }}"),
    ("text", "涉案金额{{ amount }}。"),
    ("text", "依据{{ basis }},决定如下:"),
    ("text", "{{ content }}"),
    ("text", "罚款{{ fine }}(大写:{{ fine_capital }}),没收违法所得{{ gain }}(大写:{{ gain_capital }})。"),
    ("text", "当事人不服本决定的,可以依法申请行政复议或者提起行政诉讼。"),
    ("plain", ""),
    ("right", "{{ unit }}"),
    ("right", "{{ decided_on }}"),
]
PLAIN = [
    ("title", "{{ title }}"),
    ("centre", "{{ document_number }}"),
    ("plain", ""),
    ("text", "案号:{{ number }}"),
    ("text", "案由:{{ cause }}"),
    ("text", "当事人:{{ party }}"),
    ("text", "{{ content }}"),
    ("right", "{{ made_by }}  {{ made_on }}"),
    ("text", "{{ opinion }}"),
    ("right", "{{ approved_by }}  {{ approved_on }}"),
]

if __name__ == "__main__":
    build("filing_approval", FILING)
    build("decision", DECISION)
    build("document", PLAIN)
