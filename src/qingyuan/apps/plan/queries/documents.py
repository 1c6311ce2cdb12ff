"""公文: Word documents in the layout of GB/T 9704: notices, the plan, lists of tasks and 督办件."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from qingyuan.apps.plan.models import Bulletin, Part, Plan, Supervision, UnitRole
from qingyuan.basics.clock import civil_date

TITLE, BODY, HEADING, SUBHEADING = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
# GB/T 9704-2012: A4, 版心 156×225 mm, so 37 mm above and 28 mm left; third-size type (16 pt) on 28 pt lines.
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
_LINE, _SIZE, _TITLE_SIZE = Pt(28), Pt(16), Pt(22)
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)}


def notice(supervision: Supervision, *, issuer: str, on: date) -> bytes:
    """督办通知单: what the unit is asked to do, by when, and how to answer."""
    paper = _paper()
    _line(paper, issuer, TITLE, _TITLE_SIZE, centred=True, red=True)
    _line(paper, _("督办通知单"), TITLE, _TITLE_SIZE, centred=True)
    _line(paper, supervision.display_number, BODY, centred=True)
    _line(paper, f"{supervision.unit.name}：", BODY)
    _text(paper, supervision.matter)
    _text(
        paper,
        _("请于{day}前办结，并通过系统报送办理结果报告和佐证材料。").format(day=_day(supervision.due_at)),
    )
    if supervision.sign_by:
        _text(paper, _("请于{day}前签收并明确承办人。").format(day=_day(supervision.sign_by)))
    _signature(paper, issuer, on)
    return _bytes(paper)


def bulletin(announced: Bulletin) -> bytes:
    """督办通报, with its figures as a table."""
    paper = _paper()
    _line(paper, announced.issued_by, TITLE, _TITLE_SIZE, centred=True, red=True)
    if announced.number:
        _line(paper, announced.number, BODY, centred=True)
    _line(paper, announced.title, TITLE, _TITLE_SIZE, centred=True)
    for paragraph in announced.body.splitlines():
        if paragraph.strip():
            _text(paper, paragraph)
    heads = (_("单位"), _("督办件数"), _("办结"), _("其中逾期办结"), _("被催办件数"))
    keys = ("unit", "supervised", "completed", "late", "urged")
    _table(paper, heads, ([row[key] for key in keys] for row in announced.figures))
    _signature(paper, announced.issued_by, civil_date(announced.issued_at))
    return _bytes(paper)


def plan_document(plan: Plan, parts: Sequence[Part]) -> bytes:
    """工作要点, in the corrected reading, every clause with its units."""
    paper = _paper()
    _line(paper, plan.title, TITLE, _TITLE_SIZE, centred=True)
    if plan.number:
        _line(paper, plan.number, BODY, centred=True)
    for part in parts:
        if part.title or part.label:
            _text(paper, f"{part.label}{part.title}", HEADING)
        for section in part.sections.all():
            if section.title or section.label:
                _text(paper, f"{section.label}{section.title}", SUBHEADING)
            for point in section.points.all():
                clauses = "".join(f"{clause.reading}{_duty(clause)}" for clause in point.clauses.all())
                _text(paper, f"{point.label}{clauses}")
    return _bytes(paper)


def _duty(clause: Any) -> str:
    """The responsibility bracket of a clause, as its roles stand now."""
    words = {
        UnitRole.Role.LEAD: _("牵头"),
        UnitRole.Role.PARTICIPANT: _("配合"),
        UnitRole.Role.SHARED: _("按职责分工负责"),
    }
    groups = []
    for role, verb in words.items():
        names = [
            item.unit.short_name if item.unit else item.raw
            for item in clause.roles.all()
            if item.role == role
        ]
        if names:
            groups.append("、".join(names) + verb)
    return f"（{'，'.join(groups)}）" if groups else ""


def table_document(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], *, issuer: str, on: date
) -> bytes:
    """A list as an official document: title, table on paper turned sideways, issuer and day."""
    paper = _paper(sideways=True)
    _line(paper, title, TITLE, _TITLE_SIZE, centred=True)
    _table(paper, heads, rows)
    _signature(paper, issuer, on)
    return _bytes(paper)


def _paper(*, sideways: bool = False) -> Any:
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    if sideways:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    return paper


def _run(paragraph: Any, text: str, font: str, size: Any = _SIZE, red: bool = False) -> None:
    run = paragraph.add_run(str(text).translate(_CONTROL))
    run.font.name, run.font.size = font, size
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RGBColor(0xC0, 0x00, 0x00)


def _spaced(paragraph: Any) -> Any:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = _LINE
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _line(
    paper: Any, text: str, font: str, size: Any = _SIZE, *, centred: bool = False, red: bool = False
) -> None:
    paragraph = _spaced(paper.add_paragraph())
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if size > _SIZE:
        paragraph.paragraph_format.line_spacing = Pt(36)
    _run(paragraph, text, font, size, red)


def _text(paper: Any, text: str, font: str = BODY) -> None:
    """A paragraph with its first line two characters in, whatever the size."""
    paragraph = _spaced(paper.add_paragraph())
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    _run(paragraph, " ".join(text.split()), font)


def _table(paper: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    table = paper.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _run(cell.paragraphs[0], head, HEADING, Pt(10.5))
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _run(cell.paragraphs[0], "" if value is None else str(value), BODY, Pt(10.5))


def _signature(paper: Any, issuer: str, on: date) -> None:
    for text in ("", issuer, f"{on.year}年{on.month}月{on.day}日"):
        paragraph = _spaced(paper.add_paragraph())
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(32)
        _run(paragraph, text, BODY)


def _day(at: Any) -> str:
    day = civil_date(at)
    return f"{day.year}年{day.month}月{day.day}日"


def _bytes(paper: Any) -> bytes:
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()
