"""`qingyuan law` answers, explains, lists and checks; what it cannot answer it says on standard error with code 1."""

import json
import shutil
from pathlib import Path

import pytest

from qingyuan.law import load_book
from qingyuan.law.loader import PACKAGED
from qingyuan.site.command import main


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["law", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_value_in_words_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "value", "complaint.mediation", "--on", "2025-01-01")
    assert code == 0
    assert "值：60日（自然日）" in out
    assert "国务院令778号" in out
    code, out, _ = _run(capsys, "value", "penalty.surcharge", "--on", "2026-01-01", "--json")
    assert (code, json.loads(out)["value"]) == (0, "0.03")


def test_list_value_and_grounds_are_shown_item_by_item(capsys: pytest.CaptureFixture[str]) -> None:
    assert "  - 涉案物品清单" in _run(capsys, "value", "transfer.materials", "--on", "2026-01-01")[1]
    code, out, _ = _run(capsys, "value", "complaint.refusal", "--on", "2026-04-15")
    assert code == 0
    assert len(out.splitlines()) == 7
    items = json.loads(_run(capsys, "value", "complaint.refusal", "--on", "2026-04-14", "--json")[1])
    assert [item["id"] for item in items][-1] == "other-law"


def test_due_with_pause_and_extension(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("due", "case.decision", "--start", "2026-03-02", "--pause", "2026-04-01..2026-04-10", "--extend")
    code, out, _ = _run(capsys, *words)
    assert code == 0
    assert "到期：2026年7月10日（周五）24时。" in out
    facts = json.loads(_run(capsys, *words, "--json")[1])
    assert facts["due_at"] == "2026-07-10T23:59:59+08:00"
    assert facts["counted"] == 120
    assert len(facts["skipped"]) == 10


def test_due_uses_the_rule_of_the_start_day_and_an_office_calendar(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "放假.yaml"
    path.write_text(
        "id: holidays\nannounced: []\ndays: [{date: 2027-03-03, working: false, name: 临时放假}]\n",
        encoding="utf-8",
    )
    words = ("due", "complaint.acceptance", "--start", "2027-03-01T09:00")
    assert "到期：2027年3月10日（周三）24时。" in _run(capsys, *words)[1]
    out = _run(capsys, *words, "--calendar", str(path))[1]
    assert "到期：2027年3月11日（周四）24时。" in out
    assert "临时放假" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("value", "report.filing-notice", "--on", "2026-05-01"), "取消了五个工作日"),
        (("value", "complaint.mediatio", "--on", "2026-05-01"), "是不是“complaint.mediation”"),
        (("due", "transfer.officers", "--start", "2026-05-01"), "不是期限"),
        (("due", "transfer.approval", "--start", "2026-05-01", "--extend"), "没有规定可以延长"),
        (
            ("due", "transfer.approval", "--start", "2026-05-01", "--pause", "2026-05-02..2026-05-03"),
            "扣除事由",
        ),
    ],
)
def test_what_cannot_be_answered(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    code, out, err = _run(capsys, *words)
    assert (code, out) == (1, "")
    assert message in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("value", "complaint.mediation", "--on", "昨天"), "不是日期"),
        (("due", "case.decision", "--start", "早上"), "不是时间"),
        (("due", "case.decision", "--start", "2026-05-01", "--pause", "2026-05-02"), "不是起止"),
    ],
)
def test_what_cannot_be_read(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["law", *words])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_rules_lists_every_rule_and_only_those_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    everything = _run(capsys, "rules")[1]
    assert [line.split("\t")[0] for line in everything.splitlines()] == sorted(load_book().rules)
    assert "report.filing-notice\t" in everything
    assert "report.filing-notice\t" not in _run(capsys, "rules", "--on", "2026-05-01")[1]
    assert "complaint.mediation\t45 working_day" in _run(capsys, "rules", "--on", "2024-01-01")[1]


def test_check_passes_the_packaged_book_and_lists_every_fault_of_a_bad_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = _run(capsys, "check")
    assert code == 0
    assert "没有错误" in out
    root = Path(shutil.copytree(PACKAGED, tmp_path / "book"))
    path = root / "deadlines" / "transfers.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 3\n", "value: 0\n"), encoding="utf-8")
    code, _, err = _run(capsys, "--book", str(root), "check")
    assert code == 1
    assert "有 6 处错误" in err
    assert err.count("太小") == 6
