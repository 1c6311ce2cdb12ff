"""What an uploaded file really is, by its content; its name is only a claim."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from qingyuan.domain.decision import Reason, RefusedError

HEAD = 8192
"""Bytes of the beginning that tell a type; a zip container is looked into as a whole."""


@dataclass(frozen=True, slots=True)
class MediaType:
    """A kind of file that is taken in: its media type, the endings it may bear, and whether a browser shows it."""

    name: str
    endings: tuple[str, ...]
    inline: bool = False


PDF = MediaType("application/pdf", ("pdf",), inline=True)
PNG = MediaType("image/png", ("png",), inline=True)
JPEG = MediaType("image/jpeg", ("jpg", "jpeg"), inline=True)
GIF = MediaType("image/gif", ("gif",), inline=True)
WEBP = MediaType("image/webp", ("webp",), inline=True)
MP4 = MediaType("video/mp4", ("mp4", "m4v", "mov"))
MP3 = MediaType("audio/mpeg", ("mp3",))
WAV = MediaType("audio/wav", ("wav",))
DOCX = MediaType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = MediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
PPTX = MediaType("application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",))
ODS = MediaType("application/vnd.oasis.opendocument.spreadsheet", ("ods",))
OLE = MediaType("application/x-ole-storage", ("doc", "xls", "ppt", "wps", "et"))
OFD = MediaType("application/ofd", ("ofd",))
ZIP = MediaType("application/zip", ("zip",))
TEXT = MediaType("text/plain", ("txt", "csv", "md", "html", "htm", "json", "jsonl", "eml"))

_SIGNATURES: tuple[tuple[int, bytes, MediaType], ...] = (
    (0, b"%PDF-", PDF),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"GIF8", GIF),
    (8, b"WEBP", WEBP),
    (4, b"ftyp", MP4),
    (0, b"ID3", MP3),
    (8, b"WAVE", WAV),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)
_CONTAINED: tuple[tuple[str, MediaType], ...] = (
    ("word/", DOCX),
    ("xl/", XLSX),
    ("ppt/", PPTX),
    ("OFD.xml", OFD),
    ("content.xml", ODS),
)


def media_type_of(content: bytes, name: str) -> MediaType:
    """Return what the file is.

    Raises RefusedError, saying what to do, when it is empty, of a kind that is not taken in, or not what its
    name says: a program renamed to .jpg is refused, and so is a real picture named .pdf.
    """
    if not content:
        raise _refused(f"“{name}”是空文件,没有内容可以保存。请检查原文件后重新上传。")
    found = _by_signature(content) or _by_container(content) or (TEXT if _is_text(content) else None)
    if found is None:
        taken = "PDF、图片、音视频、Word、Excel、WPS、OFD、ZIP 和文本"
        raise _refused(f"“{name}”的类型无法识别或不予接收。可上传:{taken}。")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in found.endings:
        known = "、".join(f".{each}" for each in found.endings)
        raise _refused(
            f"“{name}”的内容与扩展名不符:内容是 {found.name},扩展名应为 {known}。请改正文件名后重新上传。"
        )
    return found


def _refused(text: str) -> RefusedError:
    return RefusedError([Reason(text)])


def _by_signature(content: bytes) -> MediaType | None:
    for offset, signature, media_type in _SIGNATURES:
        if content[offset : offset + len(signature)] == signature:
            return media_type
    return None


def _by_container(content: bytes) -> MediaType | None:
    if not content.startswith(b"PK"):
        return None
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return None
    for prefix, media_type in _CONTAINED:
        if any(name.startswith(prefix) for name in names):
            return media_type
    return ZIP


def _is_text(content: bytes) -> bool:
    if b"\x00" in content[:HEAD]:
        return content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
