"""Reads the files of the book exactly as written: numbers stay exact, a key may stand once, only true is true."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from qingyuan.law.book import Document
from qingyuan.law.faults import Fault

NOT_RULES = ("schema", "examples")
"""Folders of the book that hold no items: the schemas and the worked examples."""


class _ExactLoader(yaml.CSafeLoader):
    """YAML with exact decimals, no duplicate keys, and no `yes`, `no`, `on`, `off` taken for truth values."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"键“{key.value}”在同一处写了两次，后写的会悄悄盖掉先写的", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _exact(loader: yaml.Loader, node: yaml.ScalarNode) -> Decimal:
    try:
        number = Decimal(str(node.value).replace("_", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise yaml.constructor.ConstructorError(
            None, None, f"“{node.value}”不是数，请加引号", node.start_mark
        )
    return number


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _exact)
_ExactLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _ExactLoader.yaml_implicit_resolvers.items()
}
_ExactLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def parse_yaml(text: str) -> Any:
    """The content of a YAML text; decimals as Decimal. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_ExactLoader)


def read_documents(root: Path, faults: list[Fault]) -> list[Document]:
    """Every item of every file of the book under `root`, in order of file name; faults are added to `faults`."""
    documents: list[Document] = []
    for path in book_files(root):
        name = path.relative_to(root).as_posix()
        try:
            content = parse_yaml(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            faults.append(
                Fault(
                    name,
                    "",
                    f"读不懂这个文件：{_one_line(error)}",
                    "它不是合法的 UTF-8 YAML。",
                    "按提示的行列改正。",
                )
            )
            continue
        documents.extend(_items(name, content, faults))
    return documents


def book_files(root: Path) -> list[Path]:
    """The files that hold items, sorted."""
    return sorted(
        path for path in root.glob("*/**/*.yaml") if path.relative_to(root).parts[0] not in NOT_RULES
    )


def version_of(root: Path) -> str:
    """SHA-256 (hex) over the names and contents of every item file: changes when any rule changes."""
    digest = hashlib.sha256()
    for path in book_files(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def as_json(content: Any) -> Any:
    """The content with dates as ISO text and exact numbers as JSON numbers, for schema checks only."""
    if isinstance(content, dict):
        return {str(key): as_json(item) for key, item in content.items()}
    if isinstance(content, list):
        return [as_json(item) for item in content]
    if isinstance(content, date):
        return content.isoformat()
    return float(content) if isinstance(content, Decimal) else content


def _items(name: str, content: Any, faults: list[Fault]) -> Iterator[Document]:
    folder = name.split("/")[0]
    for position, item in enumerate(content if isinstance(content, list) else [content], start=1):
        if not isinstance(item, dict) or not isinstance(item.get("id"), str):
            faults.append(
                Fault(
                    name,
                    "",
                    f"第 {position} 条没有编号（id）",
                    "没有编号的条目无法引用，也无法核对。",
                    "每个文件写一条（带 id），或者写成列表，每条都带 id。",
                )
            )
            continue
        yield Document(folder, name, item["id"], item)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
