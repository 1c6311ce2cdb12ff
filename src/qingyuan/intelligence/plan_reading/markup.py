"""Text of Markdown and HTML plans, with their headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html

from .documents import Document, Heading, UnreadableDocument
from .labels import candidate_labels
from .tables import is_task_table, table_lines
from .wrapping import is_field_line

_HEADING_LINE = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")
_BULLET = re.compile(r"^\s*(?:[-*+]\s+|>\s?)+")
_ENDS_PARAGRAPH = re.compile(r"[。；：:！？）)】〕]$")
_SKIPPED_TAGS = {"script", "style", "head", "noscript", "template", "svg", "select", "button", "iframe"}
_BLOCK_TAGS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "br", "caption",
}  # fmt: skip


@dataclass(slots=True)
class TextWriter:
    """Collects lines and headings, keeping count of offsets."""

    lines: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    _length: int = 0

    def line(self, text: str, level: int | None = None) -> None:
        """Add a line; `level` marks it as a heading."""
        if level is not None and text:
            self.headings.append(Heading(self._length, self._length + len(text), level))
        self.lines.append(text)
        self._length += len(text) + 1

    def document(self) -> Document:
        """What was collected."""
        return Document("\n".join(self.lines), tuple(self.headings))


def read_markdown(text: str) -> Document:
    """Markdown: headings, emphasis, escapes, wrapped paragraphs and task tables."""
    walk = _MarkdownWalk()
    for line in text.splitlines():
        walk.take(line)
    walk.flush()
    return walk.writer.document()


@dataclass(slots=True)
class _MarkdownWalk:
    """Joins wrapped lines and gathers table rows until something else begins."""

    writer: TextWriter = field(default_factory=TextWriter)
    paragraph: str = ""
    table: list[list[str]] = field(default_factory=list)

    def take(self, line: str) -> None:
        """Read one line."""
        if line.strip().startswith("|") and line.count("|") > 1:
            self._take_row(line)
            return
        match = _HEADING_LINE.match(line)
        words = _plain(_BULLET.sub("", line)).strip()
        if match:
            self.flush()
            self.writer.line(_plain(match[2]), len(match[1]))
        elif self._continues(words):
            self.paragraph += words
        else:
            self.flush()
            self.paragraph = words

    def flush(self) -> None:
        """Write the paragraph or table gathered so far."""
        if self.paragraph:
            self.writer.line(self.paragraph)
        for row in table_lines(self.table):
            self.writer.line(row)
        self.paragraph = ""
        self.table = []

    def _take_row(self, line: str) -> None:
        if self.paragraph:
            self.flush()
        if not _TABLE_RULE.match(line):
            self.table.append([_plain(cell).strip() for cell in line.strip().strip("|").split("|")])

    def _continues(self, words: str) -> bool:
        if not (self.paragraph and words) or _ENDS_PARAGRAPH.search(self.paragraph):
            return False
        return not (_begins_with_label(words) or is_field_line(words))


def read_html(text: str) -> Document:
    """HTML: blocks become lines, headings are kept, ordered lists get numbers, task tables are read by row."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(
            f"网页里没有可读的内容（{error}）。请从浏览器另存为网页，或复制成 txt。"
        ) from error
    return _HtmlWalk().walk(root)


@dataclass(slots=True)
class _HtmlWalk:
    writer: TextWriter = field(default_factory=TextWriter)
    buffer: list[str] = field(default_factory=list)
    level: int | None = None

    def walk(self, root: html.HtmlElement) -> Document:
        """The whole page as a document."""
        context = etree.iterwalk(root, events=("start", "end"))
        for event, element in context:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in _SKIPPED_TAGS or self._task_table(element, tag):
                    context.skip_subtree()
                    continue
                self._start(element, tag)
            else:
                self._end(element, tag)
        self._break()
        return self.writer.document()

    def _start(self, element: html.HtmlElement, tag: str) -> None:
        if tag in _BLOCK_TAGS:
            self._break()
        if re.fullmatch("h[1-6]", tag):
            self.level = int(tag[1])
        if tag == "li" and element.getparent() is not None and element.getparent().tag == "ol":
            self._number(element)
        self.buffer.append(element.text or "")

    def _end(self, element: html.HtmlElement, tag: str) -> None:
        if tag in _BLOCK_TAGS:
            self._break()
        if re.fullmatch("h[1-6]", tag):
            self.level = None
        self.buffer.append(element.tail or "")

    def _number(self, element: html.HtmlElement) -> None:
        if not _begins_with_label("".join(element.itertext()).strip()):
            siblings = [item for item in element.getparent() if item.tag == "li"]
            self.buffer.append(f"{siblings.index(element) + 1}.")

    def _task_table(self, element: html.HtmlElement, tag: str) -> bool:
        """Write a table that has a duty column; a table for layout is walked into instead."""
        if tag != "table" or element.find(".//table") is not None:
            return False
        rows = [[_cell_text(cell) for cell in row.iter("td", "th")] for row in element.iter("tr")]
        if not is_task_table(rows):
            return False
        self._break()
        for line in table_lines(rows):
            self.writer.line(line)
        return True

    def _break(self) -> None:
        words = re.sub(r"[ \t\r\n\f\v\xa0]+", " ", "".join(self.buffer)).strip()
        self.buffer.clear()
        if words:
            self.writer.line(words, self.level)


def _cell_text(cell: html.HtmlElement) -> str:
    for item in cell.iter("br", "p", "div"):
        item.tail = "\n" + (item.tail or "")
    return re.sub(r"[ \t\r\xa0]+", " ", str(cell.text_content())).strip()


def _begins_with_label(words: str) -> bool:
    labels = candidate_labels(words)
    return bool(labels) and labels[0].start == 0 and labels[0].strong


def _plain(text: str) -> str:
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text))
