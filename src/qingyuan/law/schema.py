"""Checks each item of the book against the JSON Schema beside it, and says what is wrong in Chinese."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from qingyuan.law.book import Document
from qingyuan.law.faults import Fault
from qingyuan.law.files import as_json

_MESSAGES = {
    "required": "缺少必填项",
    "additionalProperties": "有不认识的项",
    "unevaluatedProperties": "有不认识的项",
    "type": "类型不对",
    "enum": "不在允许的取值之内",
    "pattern": "写法不对",
    "minItems": "至少要有一条",
    "minLength": "不能为空",
    "minimum": "太小",
}


class Schemas:
    """The JSON Schemas of one book, each compiled once."""

    def __init__(self, folder: Path) -> None:
        """Raises FileNotFoundError when the book has no schema folder."""
        if not folder.is_dir():
            raise FileNotFoundError(f"法规库缺少 {folder.name}/ 目录：没有模式就无法核对条目。")
        contents = {
            path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))
        }
        shared = _named("common.json", contents.get("common", {}))
        self._validators = {
            name: Draft202012Validator(_inlined(content, {**shared, **_named("", content)}))
            for name, content in contents.items()
            if name != "common"
        }

    def faults(self, document: Document) -> list[Fault]:
        """What the schema finds wrong with one item: nothing, or its most telling fault."""
        validator = self._validators.get(schema_of(document))
        if validator is None:
            return []
        content = as_json(document.data)
        if validator.is_valid(content):
            return []
        error = best_match(validator.iter_errors(content))
        return [_fault(document, error)] if error is not None else []


def _inlined(content: Any, named: Mapping[str, Any], within: tuple[str, ...] = ()) -> Any:
    """The schema with every reference replaced by what it names, except one that would contain itself: looking
    references up for each item took more than half of the time it takes to load the book.
    """
    if isinstance(content, list):
        return [_inlined(item, named, within) for item in content]
    if not isinstance(content, dict):
        return content
    reference = content.get("$ref")
    if isinstance(reference, str) and reference in named and reference not in within:
        return _inlined(named[reference], named, (*within, reference))
    return {key: _inlined(item, named, within) for key, item in content.items()}


def _named(prefix: str, content: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{prefix}#/$defs/{name}": item for name, item in content.get("$defs", {}).items()}


def schema_of(document: Document) -> str:
    """The name of the schema an item must satisfy: by its kind for a dated rule, else by its folder and id."""
    if "kind" in document.data and "values" in document.data:
        kind = document.data["kind"]
        return kind if kind in ("deadline", "grounds") else "value"
    if document.folder == "calendar":
        return document.id if document.id in ("settings", "holidays") else "counting"
    return document.folder


def _fault(document: Document, error: ValidationError) -> Fault:
    where = "/".join(str(step) for step in error.absolute_path) or "条目本身"
    message = _MESSAGES.get(str(error.validator), "不符合模式")
    return Fault(
        document.file,
        document.id,
        f"{where}：{message}（{error.message}）",
        f"条目必须符合 schema/{schema_of(document)}.json，否则程序会读错。",
        "对照 docs/law/how-a-rule-is-coded.md 里的样例改正。",
    )
