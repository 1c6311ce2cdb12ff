"""Text of PDF plans."""

from __future__ import annotations

import io

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from .documents import Document, UnreadableDocument
from .wrapping import unwrap, without_page_numbers, without_stray_spaces

_SMALLEST_TEXT = 20
# A damaged file makes pypdf fail in any of these ways.
_DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, RecursionError)


def read_pdf(data: bytes) -> Document:
    """Text of a PDF with its paragraphs joined. Raises UnreadableDocument for locked, damaged and scanned files."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("PDF 设有打开密码。请先去掉密码，或上传 docx。")
        pages = [without_page_numbers(page.extract_text()) for page in reader.pages]
    except UnreadableDocument:
        raise
    except _DAMAGE as error:
        raise UnreadableDocument(f"PDF 文件已损坏，打不开（{error}）。请重新导出，或上传 docx。") from error
    text = "\n".join(pages)
    if len(text.strip()) < _SMALLEST_TEXT:
        raise UnreadableDocument("PDF 里没有文字，多半是扫描件。请先做文字识别（OCR），或上传 docx、txt。")
    return Document(unwrap(without_stray_spaces(text)))
