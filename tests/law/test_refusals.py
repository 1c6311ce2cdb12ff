"""A book with a planted fault is refused, and the message says which file and rule, what, why and how to mend it."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qingyuan.law import load_book
from qingyuan.law.faults import BookError
from qingyuan.law.loader import PACKAGED, read_book

COMPLAINTS = "deadlines/complaints.yaml"
TRANSFERS = "deadlines/transfers.yaml"
REPORTS = "deadlines/reports.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    # The workflows and offences have their own tests; without them each copy reads in half the time.
    others = shutil.ignore_patterns("workflows", "offences", "thresholds")
    return Path(shutil.copytree(PACKAGED, tmp_path / "法规 库", ignore=others))


def _edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the planted fault needs {old!r} in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _faults(root: Path) -> list[str]:
    with pytest.raises(BookError) as refused:
        read_book(root)
    return [str(fault) for fault in refused.value.faults]


FIRST_CITE = "      cite: [{instrument: samr-complaints-2020, article: 第十四条}]\n"

PLANTED: list[tuple[str, str, str, str, str, str]] = [
    ("uncited", COMPLAINTS, FIRST_CITE, "", "complaint.acceptance", "缺少必填项.*cite"),
    ("cited by nothing", COMPLAINTS, FIRST_CITE, "      cite: []\n", "complaint.acceptance", "至少要有一条"),
    (
        "undated",
        COMPLAINTS,
        "    - from: 2020-01-01\n      to: 2024-06-30\n      value: 7",
        "    - to: 2024-06-30\n      value: 7",
        "complaint.acceptance",
        "缺少必填项.*from",
    ),
    (
        "gap",
        COMPLAINTS,
        "to: 2024-06-30",
        "to: 2024-06-20",
        "complaint.acceptance",
        "空档：2024-06-21 至 2024-06-30",
    ),
    ("overlap", COMPLAINTS, "to: 2024-06-30", "to: 2024-07-10", "complaint.acceptance", "生效日期重叠"),
    ("reversed dates", COMPLAINTS, "to: 2024-06-30", "to: 2019-06-30", "complaint.acceptance", "日期颠倒"),
    (
        "abolished without a reason",
        REPORTS,
        "  gaps:\n",
        "  note: x\n  gaps:\n    - from: 2027-01-01\n      reason: 以后的事\n  _drop:\n",
        "report.filing-notice",
        "不认识的项",
    ),
    (
        "unknown instrument",
        COMPLAINTS,
        "instrument: samr-complaints-2020",
        "instrument: samr-complaints-2002",
        "complaint.acceptance",
        "不认识的法律文件“samr-complaints-2002”",
    ),
    (
        "unknown unit",
        COMPLAINTS,
        "unit: working_day",
        "unit: workday",
        "complaint.acceptance",
        "不认识的单位“workday”",
    ),
    (
        "unknown counting",
        COMPLAINTS,
        "counting: CAL-05",
        "counting: CAL-55",
        "complaint.acceptance",
        "不认识的期间计算规则“CAL-55”",
    ),
    (
        "duplicate id",
        COMPLAINTS,
        "id: complaint.mediation",
        "id: complaint.acceptance",
        "complaint.acceptance",
        "编号重复：deadlines/complaints.yaml",
    ),
    (
        "duplicate id in another file",
        TRANSFERS,
        "id: transfer.approval",
        "id: case.decision",
        "case.decision",
        "编号重复：deadlines/cases.yaml",
    ),
    ("schema: negative length", COMPLAINTS, "value: 45", "value: -45", "complaint.mediation", "太小"),
    (
        "schema: unknown key",
        COMPLAINTS,
        "  starts: 收到投诉",
        "  begins: 收到投诉",
        "complaint.acceptance",
        "不认识的项|缺少必填项",
    ),
    (
        "schema: article not as the law writes it",
        COMPLAINTS,
        "article: 第十四条",
        "article: 14条",
        "complaint.acceptance",
        "写法不对",
    ),
    (
        "not yet in force",
        COMPLAINTS,
        "    - from: 2026-04-15\n      value: 7\n",
        "    - from: 2026-04-14\n      value: 7\n",
        "complaint.acceptance",
        "生效日期重叠",
    ),
    (
        "instrument repealed",
        "instruments/procedure.yaml",
        "{from: 2020-01-01, to: 2026-04-14}",
        "{from: 2020-01-01, to: 2025-12-31}",
        "complaint.acceptance",
        "并非在 2024-07-01 至 2026-04-14 全程有效",
    ),
    (
        "versions overlap",
        "instruments/procedure.yaml",
        "{from: 2001-07-09, to: 2020-08-06}",
        "{from: 2001-07-09, to: 2020-08-31}",
        "order-310",
        "重叠",
    ),
    (
        "unit against the counting article",
        "deadlines/penalties.yaml",
        "  unit: day",
        "  unit: calendar_day",
        "penalty.evidence-preservation",
        "7日写成了自然日，与 CAL-01 不合",
    ),
    (
        "key twice",
        COMPLAINTS,
        "  unit: working_day\n",
        "  unit: working_day\n  unit: calendar_day\n",
        "",
        "“unit”在同一处写了两次",
    ),
    ("not YAML", COMPLAINTS, "  kind: deadline", "  kind: [deadline", "", "读不懂这个文件"),
    ("no id", COMPLAINTS, "- id: complaint.acceptance\n  label", "- label", "", "没有编号"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "message"),
    [item[1:] for item in PLANTED],
    ids=[item[0] for item in PLANTED],
)
def test_planted_fault_is_refused_with_its_place_and_remedy(
    copy: Path, file: str, old: str, new: str, rule: str, message: str
) -> None:
    _edit(copy, file, old, new)
    told = [fault for fault in _faults(copy) if re.search(message, fault)]
    assert told, f"no fault says {message!r}"
    assert file in told[0] or file.startswith("instruments/")
    assert f"[{rule}]" in told[0] or not rule
    assert "原因：" in told[0]
    assert "改法：" in told[0]


def test_rule_that_stops_without_a_declared_reason_is_refused(copy: Path) -> None:
    path = copy / REPORTS
    text = path.read_text(encoding="utf-8")
    head, _, _ = text.partition("  gaps:\n")
    path.write_text(head + "  checked:\n", encoding="utf-8")
    assert any(
        "report.filing-notice" in fault and "2026-04-14 以后 没有值" in fault for fault in _faults(copy)
    )


def test_every_fault_is_told_at_once(copy: Path) -> None:
    _edit(copy, COMPLAINTS, "unit: working_day", "unit: workday")
    _edit(copy, TRANSFERS, "instrument: order-310", "instrument: order-301")
    text = "\n".join(_faults(copy))
    assert "workday" in text
    assert "order-301" in text


def test_unsound_instrument_is_told_once_not_at_every_rule_that_cites_it(copy: Path) -> None:
    _edit(
        copy,
        "instruments/procedure.yaml",
        "- id: order-310\n  title: 行政执法机关移送涉嫌犯罪案件的规定\n",
        "- id: order-310\n",
    )
    faults = _faults(copy)
    assert len(faults) == 1
    assert "order-310" in faults[0]


def test_adding_a_rule_is_adding_data(copy: Path) -> None:
    (copy / "deadlines" / "local.yaml").write_text(
        """
id: local.reply
label: 本地答复期限
kind: deadline
unit: working_day
counting: CAL-05
starts: 收到来信
values:
  - from: 2026-01-01
    value: 3
    cite: [{instrument: samr-procedure, article: 第八十条}]
    fact: []
    evidence: memory
checked: {on: 2026-02-01, by: 法制机构, against: 总局网站公布文本}
""",
        encoding="utf-8",
    )
    book = read_book(copy)
    rule = book.deadline("local.reply", on=date(2026, 5, 1))
    assert (rule.length, rule.unit.value, rule.signed) == (3, "working_day", True)
    assert book.version != load_book().version


def test_packaged_book_is_sound_and_read_once() -> None:
    assert load_book() is load_book()


def _silent_day(value: str) -> Callable[[Path], None]:
    return lambda root: _edit(
        root, "calendar/settings.yaml", "silent_day: calendar_day", f"silent_day: {value}"
    )


def test_setting_decides_what_an_undefined_day_means(copy: Path) -> None:
    _silent_day("working_day")(copy)
    rule = read_book(copy).deadline("transfer.approval", on=date(2026, 1, 1))
    assert rule.unit.value == "working_day"
    assert [unit.value for unit in rule.alternatives] == ["calendar_day"]
    assert load_book().deadline("transfer.approval", on=date(2026, 1, 1)).unit.value == "calendar_day"


def test_setting_of_one_rule_leaves_the_others(copy: Path) -> None:
    _edit(
        copy, "calendar/settings.yaml", "silent_day_of: {}", "silent_day_of: {transfer.approval: working_day}"
    )
    book = read_book(copy)
    assert book.deadline("transfer.approval", on=date(2026, 1, 1)).unit.value == "working_day"
    assert book.deadline("transfer.police-decision", on=date(2026, 1, 1)).unit.value == "calendar_day"
