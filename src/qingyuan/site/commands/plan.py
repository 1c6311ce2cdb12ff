"""`qingyuan plan read FILE`: read a plan and print its points, units and roles."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from qingyuan.intelligence.plan_reading import (
    DirectoryError,
    UnitDirectory,
    UnreadableDocument,
    as_data,
    as_tree,
    extract,
    read_directory,
    read_plan,
)

_READ, _UNREADABLE = 0, 1


def register(subparsers: Any) -> None:
    """Add `plan read` to the console command's subcommands."""
    plan = subparsers.add_parser("plan", help="工作要点：读出部分、节、要点、分项、责任单位和专项行动")
    verbs = plan.add_subparsers(dest="verb", required=True, metavar="动作")
    read = verbs.add_parser("read", help="读一份计划（txt、md、html、docx、pdf）")
    read.add_argument("file", metavar="FILE", help="计划文件")
    read.add_argument("--json", action="store_true", help="输出 JSON，否则输出便于阅读的树")
    read.add_argument(
        "--units", metavar="FILE", help="单位名录（YAML）：units: [{name, short_name, aliases}]"
    )
    read.set_defaults(run=run_read)


def run_read(arguments: argparse.Namespace) -> int:
    """Print the reading of a file; 0 when read, 1 when the file or the directory of units is unusable."""
    try:
        directory = _directory(arguments.units) if arguments.units else None
        data = _bytes(arguments.file, "计划文件")
        reading = read_plan(extract(data, Path(arguments.file).name), directory=directory)
    except (UnreadableDocument, DirectoryError) as error:
        print(f"读不了“{arguments.file}”：{error}", file=sys.stderr)
        return _UNREADABLE
    data_text = json.dumps(as_data(reading), ensure_ascii=False, indent=2) + "\n" if arguments.json else None
    text = data_text or as_tree(reading)
    # Bytes, because a terminal's encoding need not hold Chinese.
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
    return _READ


def _directory(name: str) -> UnitDirectory:
    data = _bytes(name, "单位名录")
    try:
        return read_directory(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DirectoryError(f"单位名录“{name}”不是 UTF-8 编码的文字。请另存为 UTF-8。") from error


def _bytes(name: str, what: str) -> bytes:
    path = Path(name)
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument(f"{what}不存在。请检查路径，当前目录是 {Path.cwd()}。") from error
    except IsADirectoryError as error:
        raise UnreadableDocument(f"{what}是一个文件夹。请给出其中的一个文件。") from error
    except OSError as error:
        raise UnreadableDocument(f"{what}读取失败：{error.strerror}。请检查权限。") from error
