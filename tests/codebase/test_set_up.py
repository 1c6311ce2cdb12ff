"""The doorway and its steps, as far as they can be tried without installing anything."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tools.setup import frontend, step

CHECKOUT = Path(__file__).resolve().parents[2]


def _run(*words: str, path: str | None = None) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | ({"PATH": path, "PYTHON": ""} if path else {})
    shell = shutil.which("sh")
    assert shell is not None
    command = [shell, str(CHECKOUT / "run"), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_help_lists_every_word() -> None:
    done = _run("help")
    assert done.returncode == 0
    words = "demo qingyuan test test-all check fix bench setup lock messages".split()  # noqa: SIM905
    assert [word for word in words if f"\n  {word} " not in done.stdout] == []


def test_an_unknown_word_is_named_and_refused() -> None:
    done = _run("tset")
    assert done.returncode == 2
    assert "tset" in done.stderr


def test_without_a_python_it_says_which_is_needed(tmp_path: Path) -> None:
    for tool in ("dirname", "cat", "cksum"):
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / tool).symlink_to(found)
    copy = tmp_path / "有 空格"
    copy.mkdir()
    shutil.copy(CHECKOUT / "run", copy)
    shell = shutil.which("sh")
    assert shell is not None
    done = subprocess.run(
        [shell, str(copy / "run"), "demo"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "3.11" in done.stderr


@pytest.mark.parametrize(
    "ending",
    [
        b"\n//# sourceMappingURL=a.min.js.map",
        b"\n/*# sourceMappingURL=a.css.map */",
        b"//@ sourceMappingURL=x.map\n\n",
    ],
)
def test_a_source_map_comment_is_taken_off_the_end(ending: bytes) -> None:
    assert frontend.SOURCE_MAP.sub(b"\n", b"code();" + ending) == b"code();\n"


def test_code_that_only_mentions_a_source_map_is_kept() -> None:
    code = b'var a = "//# sourceMappingURL=x"; more();'
    assert frontend.SOURCE_MAP.sub(b"\n", code) == code


def test_every_listed_file_has_a_checksum_and_is_what_it_says() -> None:
    committed = frontend._committed()
    assert committed.keys() == frontend._assets().keys()
    for name, digest in committed.items():
        assert hashlib.sha256((frontend.VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_a_step_is_repeated_when_a_file_or_the_place_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step, "CHECKOUT", tmp_path)
    monkeypatch.setattr(step, "STAMPS", tmp_path / "stamps")
    file = tmp_path / "input"
    file.write_text("1")
    first = step.key([file])
    step.mark_done("it", first)
    assert step.is_done("it", step.key([file]))
    file.write_text("2")
    assert not step.is_done("it", step.key([file]))
    other = tmp_path / "copied"
    other.mkdir()
    (other / "input").write_text("1")
    monkeypatch.setattr(step, "CHECKOUT", other)
    assert step.key([other / "input"]) != first


def test_a_failed_program_is_reported_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step, "LOG", tmp_path / "log")
    with pytest.raises(step.SetupError, match=r"(?s)取包.*退出码 7.*last words"):
        step.run("取包", ["sh", "-c", "echo last words; exit 7"])
    with pytest.raises(step.SetupError, match="不能运行"):
        step.run("取包", [tmp_path / "absent"])
