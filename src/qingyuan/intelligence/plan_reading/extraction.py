"""Which reader a file needs: told by its content first, by its name second."""

from __future__ import annotations

import re

from .documents import Document, UnreadableDocument, decode
from .markup import read_html, read_markdown
from .pdf import read_pdf
from .word import read_docx
from .wrapping import unwrap

_LARGEST = 50 * 1024 * 1024
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_HTML = re.compile(
    r"^\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype html|html)|<(?:head|body|meta|div|p|table)\b)",
    re.I,
)
_RICH_TEXT = b"{\\rtf"


def extract(data: bytes, name: str = "") -> Document:
    """Text and headings of a plan's file. `name` is the file's name, used only where content does not tell.

    Raises UnreadableDocument, in words for the person who uploaded it.
    """
    if not data.strip():
        raise UnreadableDocument("文件是空的，没有可读的内容。请检查是否传错了文件。")
    if len(data) > _LARGEST:
        raise UnreadableDocument(
            f"文件有 {len(data) // 1048576} MB，超过 50 MB。请删去图片，或只上传计划正文。"
        )
    if data.startswith(_OLD_WORD):
        raise UnreadableDocument("这是旧版 Word（doc）或 WPS 文件。请在 Word 或 WPS 里另存为 docx 再上传。")
    if data.startswith(_RICH_TEXT):
        raise UnreadableDocument("这是 RTF 文件。请在 Word 或 WPS 里另存为 docx 再上传。")
    if b"%PDF-" in data[:1024]:
        return read_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return read_docx(data)
    return _from_text(decode(data), name)


def _from_text(text: str, name: str) -> Document:
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.strip():
        raise UnreadableDocument("文件里只有空白，没有可读的内容。请检查是否传错了文件。")
    ending = name.rpartition(".")[2].lower()
    if _HTML.match(text) or ending in ("html", "htm"):
        document = read_html(text)
        if not document.text.strip():
            raise UnreadableDocument("网页里没有可读的文字。请从浏览器另存为网页，或复制成 txt。")
        return document
    if ending in ("md", "markdown"):
        return read_markdown(text)
    return Document(unwrap(text))
