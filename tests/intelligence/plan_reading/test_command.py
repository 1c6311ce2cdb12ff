"""`qingyuan plan read`: what it prints, its exit codes and its errors."""

import argparse
import json
from pathlib import Path

import pytest

from qingyuan.site.commands import plan

TEXT = "2026年工作要点\n一、打假。开展“铁拳”行动。（区市场监管局牵头，区公安局配合）\n"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    plan.register(parser.add_subparsers())
    arguments = parser.parse_args(["plan", "read", *words])
    return int(arguments.run(arguments))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "要点 2026.txt"
    path.write_text(TEXT, encoding="gb18030")
    return path


def test_json(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(str(file), "--json") == 0
    data = json.loads(capfd.readouterr().out)
    assert set(data) >= {"title", "parts", "warnings"}
    (part,) = data["parts"]
    (section,) = part["sections"]
    assert (part["label"], part["title"], section["label"], section["title"]) == ("", "", "", "")
    (point,) = section["points"]
    (clause,) = point["clauses"]
    assert (point["number"], point["label"]) == (1, "一、")
    assert clause["bracket"] == "（区市场监管局牵头，区公安局配合）"
    assert clause["campaigns"] == ["铁拳"]
    shape = [(unit["raw"], unit["unit"], unit["role"], unit["collective"]) for unit in clause["units"]]
    assert shape == [
        ("区市场监管局", "区市场监管局", "lead", False),
        ("区公安局", "区公安局", "participant", False),
    ]


def test_tree(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(str(file)) == 0
    out = capfd.readouterr().out
    assert out.startswith("2026年工作要点\n")
    assert "牵头：区市场监管局" in out and "配合：区公安局" in out and "专项行动：铁拳" in out
    assert "要点 1，分项 1，责任 2" in out


def test_units_directory(file: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    units = tmp_path / "units.yaml"
    units.write_text("units: [{name: 区市场监督管理局, aliases: [区市场监管局]}]", encoding="utf-8")
    assert run(str(file), "--units", str(units)) == 0
    out = capfd.readouterr().out
    assert "牵头：区市场监督管理局" in out
    assert "单位名录中没有“区公安局”" in out


def test_errors_teach(file: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    program = tmp_path / "program"
    program.write_bytes(bytes(range(256)) * 20)
    directory = tmp_path / "units.yaml"
    directory.write_bytes("units: 无".encode("gbk"))
    for words, expected in (
        ([str(tmp_path / "none.txt")], "不存在"),
        ([str(tmp_path)], "文件夹"),
        ([str(empty)], "空的"),
        ([str(program)], "不是文字"),
        ([str(file), "--units", str(tmp_path / "none.yaml")], "单位名录不存在"),
        ([str(file), "--units", str(directory)], "UTF-8"),
    ):
        assert run(*words, "--json") == 1
        captured = capfd.readouterr()
        assert captured.out == ""
        assert expected in captured.err and "请" in captured.err
