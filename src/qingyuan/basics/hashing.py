"""Hashes that anybody can recompute: canonical JSON, SHA-256, Merkle root."""

import hashlib
import json
from collections.abc import Sequence

_LEAF = b"\x00"
_NODE = b"\x01"


def sha256(data: bytes) -> bytes:
    """The 32 bytes of the SHA-256 digest of `data`."""
    return hashlib.sha256(data).digest()


def sha256_hex(data: bytes) -> str:
    """The SHA-256 digest of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def canonical_json(value: object) -> bytes:
    """The one byte string that stands for `value`: keys sorted by code point, UTF-8, no spaces.

    Only JSON's own types are taken (dict with text keys, list, tuple as list, str, int, bool, None). Raises
    TypeError for anything else, above all floats: two machines may print the same float differently. Write
    money and times as text. Raises ValueError for text that UTF-8 or PostgreSQL cannot hold.
    """
    _require_json(value, "$")
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root of the Merkle tree of RFC 6962 §2.1 over `leaves` in their order; 32 bytes.

    Leaves and inner nodes are hashed with different first bytes, so no inner node can pass for a leaf. The root
    of no leaves is the hash of the empty string.
    """
    if not leaves:
        return sha256(b"")
    level = [sha256(_LEAF + leaf) for leaf in leaves]
    while len(level) > 1:
        # An odd last node moves up as it is, which gives RFC 6962's split at the largest power of two.
        paired = [sha256(_NODE + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def _require_json(value: object, where: str) -> None:
    if isinstance(value, str):
        _require_text(value, where)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{where}: 键必须是文字，这里是 {type(key).__name__}。")
            _require_text(key, where)
            _require_json(item, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value):
            _require_json(item, f"{where}[{position}]")
    elif value is not None and not isinstance(value, int):
        raise TypeError(
            f"{where}: {type(value).__name__} 不能写入规范 JSON。金额、比例和时间请先写成文字，"
            "否则不同机器算出的哈希可能不同。"
        )


def _require_text(text: str, where: str) -> None:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(f"{where}: 文字含有不能保存的字符（空字符或残缺的代理对）。请先清洗来源数据。")
