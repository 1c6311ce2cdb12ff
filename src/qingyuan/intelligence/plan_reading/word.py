"""Text of Word plans (docx), with headings, task tables and automatic numbering."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from .documents import Document, UnreadableDocument
from .markup import TextWriter
from .numbering import WordNumbering
from .tables import table_lines

_LARGEST_UNPACKED = 200 * 1024 * 1024
_SPREADSHEET = "xl/workbook.xml"
_DOCUMENT = "word/document.xml"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(data: bytes) -> Document:
    """Text of a docx. Raises UnreadableDocument for damaged, oversized and other zip files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableDocument(
            "docx 文件已损坏，打不开。请在 Word 或 WPS 里打开后另存为 docx 再上传。"
        ) from error
    if _DOCUMENT not in names:
        kind = "表格（xlsx）" if _SPREADSHEET in names else "压缩包"
        raise UnreadableDocument(f"这是{kind}，不是 docx 文档。请上传计划正文：txt、md、html、docx 或 pdf。")
    if unpacked > _LARGEST_UNPACKED:
        raise UnreadableDocument(
            f"docx 解开后有 {unpacked // 1048576} MB，超过 200 MB。请删去图片后另存再上传。"
        )
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UnreadableDocument(
            f"docx 文件内容不完整（{error}）。请在 Word 或 WPS 里另存为 docx 再上传。"
        ) from error
    writer = TextWriter()
    numbering = WordNumbering(document)
    for block in _blocks(document.element.body):
        if block.tag == qn("w:tbl"):
            for line in table_lines(_rows(block)):
                writer.line(line)
        else:
            _write_paragraph(block, document, numbering, writer)
    return writer.document()


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls."""
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            if content is not None:
                yield from _blocks(content)


def _write_paragraph(block: Any, document: Any, numbering: WordNumbering, writer: TextWriter) -> None:
    style = _style(block, document)
    label = numbering.label(block, style)
    lines = _paragraph_text(block).split("\n")
    level = _heading_level(style)
    for index, line in enumerate(lines):
        words = line.strip()
        if words:
            writer.line(label + words if index == 0 else words, level)


def _paragraph_text(block: Any) -> str:
    """Text of a paragraph with tracked insertions and without tracked deletions."""
    pieces: list[str] = []
    for node in block.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")):
        if any(parent.tag == _FALLBACK for parent in node.iterancestors()):
            continue
        if node.tag == qn("w:t"):
            pieces.append(node.text or "")
        elif node.getparent().tag == qn("w:r"):
            pieces.append(" " if node.tag == qn("w:tab") else "\n")
    return "".join(pieces)


def _rows(table: Any) -> list[list[str]]:
    rows = []
    for row in table.iter(qn("w:tr")):
        cells = [
            "\n".join(_paragraph_text(paragraph) for paragraph in cell.iter(qn("w:p")))
            for cell in row.iter(qn("w:tc"))
        ]
        rows.append(cells)
    return rows


def _style(block: Any, document: Any) -> Any:
    identity = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if identity is None:
        return None
    name = identity.get(qn("w:val"))
    return next((style for style in document.styles.element if style.get(qn("w:styleId")) == name), None)


def _heading_level(style: Any) -> int | None:
    """Level of a heading style, whatever language it is named in: by its outline level, or its name."""
    if style is None:
        return None
    outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if outline is not None and outline.get(qn("w:val"), "").isdecimal() and int(outline.get(qn("w:val"))) < 9:
        return int(outline.get(qn("w:val"))) + 1
    name = style.find(qn("w:name"))
    words = name.get(qn("w:val"), "").lower() if name is not None else ""
    if words == "title":
        return 0
    return int(words[-1]) if words.startswith("heading") and words[-1:].isdecimal() else None
