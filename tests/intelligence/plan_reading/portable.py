"""A small PDF writer for Chinese lines, so that the tests need no font and no typesetter."""

from __future__ import annotations

from collections.abc import Sequence

_LINES_A_PAGE = 40


def pdf_of(lines: Sequence[str]) -> bytes:
    """A PDF that shows the lines, with page numbers; text is recoverable through its ToUnicode map."""
    pages = [lines[start : start + _LINES_A_PAGE] for start in range(0, len(lines), _LINES_A_PAGE)] or [[]]
    first = 6
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /STSong-Light"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
        5: _stream(_to_unicode(set("".join(lines)) | set("— 0123456789"))),
    }
    for index, page in enumerate(pages):
        objects[first + 2 * index] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * index + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        objects[first + 2 * index + 1] = _stream(_content([*page, f"— {index + 1} —"]))
    return _assembled(objects)


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex()


def _content(lines: Sequence[str]) -> bytes:
    shown = "\n".join(f"<{_hex(line)}> Tj T*" for line in lines)
    return f"BT /F1 10 Tf 14 TL 60 800 Td\n{shown}\nET".encode()


def _to_unicode(characters: set[str]) -> bytes:
    ordered = sorted(characters)
    blocks = []
    for start in range(0, len(ordered), 100):
        block = ordered[start : start + 100]
        rows = "\n".join(f"<{_hex(char)}> <{_hex(char)}>" for char in block)
        blocks.append(f"{len(block)} beginbfchar\n{rows}\nendbfchar")
    body = "\n".join(blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _assembled(objects: dict[int, bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = {}
    for number in sorted(objects):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets[number]
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, table)
    return bytes(out)
