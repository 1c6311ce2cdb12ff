"""Small files that stand for what people would attach: a text, a picture. Each is made once and kept once."""

from __future__ import annotations

import struct
import zlib
from functools import cache

COLOURS = ((184, 74, 62), (62, 120, 184), (70, 140, 90), (160, 130, 60))
SIDE = 48


@cache
def text(title: str) -> bytes:
    """Return a short text file."""
    return f"{title}\n\n示范数据：本文件由程序生成，所涉单位、人员和事实均为虚构。\n".encode()


@cache
def picture(number: int) -> bytes:
    """Return a small PNG of stripes."""
    red, green, blue = COLOURS[number % len(COLOURS)]
    rows = bytearray()
    for y in range(SIDE):
        rows.append(0)
        for x in range(SIDE):
            light = 40 if (x + y + number * 5) // 8 % 2 else 0
            rows += bytes((min(red + light, 255), min(green + light, 255), min(blue + light, 255)))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
