"""From the bytes of an uploaded plan (txt, md, html, docx, pdf) to its text.

The format is told by the content first and by the name second; the encoding of plain text is detected.
Every failure is an UnreadableDocument whose message says what is wrong and what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LARGEST_CONTROL_SHARE = 0.001


class UnreadableDocument(ValueError):
    """The file cannot be read as a plan; the message says why and what to do next."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at [start, end) of the text; level 1 is the outermost."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """Text of a document with its headings, where the format knows them."""

    text: str
    headings: tuple[Heading, ...] = ()


def decode(data: bytes) -> str:
    """Text of bytes in UTF-8, UTF-16, GB 18030 (GBK, GB 2312) or Big5, told apart by content.

    Raises UnreadableDocument for bytes that are no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, errors="replace"))
    declared = _DECLARED.search(data[:2048])
    names = [declared[1].decode("ascii")] if declared else []
    for encoding in [*names, "utf-8", *_utf_16_guess(data), "gb18030"]:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _is_binary(text):
            return text
    best = from_bytes(data).best()
    if best is None:
        raise UnreadableDocument(
            "文件不是文字：认不出它的编码。请用 UTF-8 或 GBK 另存为 txt，或上传 docx、pdf。"
        )
    return _checked(str(best))


def _utf_16_guess(data: bytes) -> list[str]:
    """UTF-16 without a mark shows as many zero bytes on one side."""
    sample = data[:4096]
    if not sample or sample.count(0) * 20 < len(sample):
        return []
    return ["utf-16-le"] if sample[1::2].count(0) >= sample[0::2].count(0) else ["utf-16-be"]


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) > len(text) * _LARGEST_CONTROL_SHARE


def _checked(text: str) -> str:
    if _is_binary(text):
        raise UnreadableDocument(
            "文件不是文字（含大量控制字符），可能是程序或图片。请上传 txt、md、html、docx 或 pdf。"
        )
    return text
