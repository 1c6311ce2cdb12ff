"""The worked examples of the book come out as reasoned by hand, and stand on both sides of every change of law."""

from datetime import date, datetime, time
from typing import Any

import pytest

from qingyuan.basics.clock import CHINA, civil_date, end_of_day, in_china, start_of_day
from qingyuan.domain.deadlines import compute_due
from qingyuan.law import load_book
from qingyuan.law.calendar import load_calendar
from qingyuan.law.faults import NotInForceError
from qingyuan.law.files import parse_yaml
from qingyuan.law.loader import PACKAGED

OWN_FOLDERS = ("deadlines", "grounds", "powers", "publicity")


def _examples(name: str) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = parse_yaml((PACKAGED / "examples" / name).read_text(encoding="utf-8"))
    return content


def _at(written: Any) -> datetime:
    if isinstance(written, str):
        return datetime.fromisoformat(written).replace(tzinfo=CHINA)
    return datetime.combine(written, time(10), tzinfo=CHINA)


DEADLINES = _examples("deadlines.yaml")
VALUES = _examples("values.yaml")


@pytest.mark.parametrize("example", DEADLINES, ids=lambda item: f"{item['rule']}@{item['start']}")
def test_deadline_falls_on_the_day_reasoned_by_hand(example: dict[str, Any]) -> None:
    start = _at(example["start"])
    due = compute_due(
        load_book().deadline(example["rule"], on=civil_date(start)),
        start,
        calendar=load_calendar(),
        pauses=tuple((start_of_day(first), end_of_day(last)) for first, last in example.get("pause", ())),
        extensions=example.get("extend", 0),
    )
    expected = example["due"]
    if isinstance(expected, date):
        assert due.last_day == expected
        assert in_china(due.due_at).time() == time(23, 59, 59)
    else:
        assert due.due_at == _at(expected)


@pytest.mark.parametrize("example", VALUES, ids=lambda item: f"{item['rule']}@{item['on']}")
def test_value_is_what_the_law_said_that_day(example: dict[str, Any]) -> None:
    book, on = load_book(), example["on"]
    if "none" in example:
        with pytest.raises(NotInForceError):
            book.value(example["rule"], on=on)
    elif "grounds" in example:
        assert [item.id for item in book.grounds(example["rule"], on=on)] == example["grounds"]
    else:
        assert book.value(example["rule"], on=on).value == example["value"]


def test_every_change_of_law_has_an_example_on_the_day_before_and_the_day_itself() -> None:
    shown = {(item["rule"], item["start"]) for item in DEADLINES} | {
        (item["rule"], item["on"]) for item in VALUES
    }
    missing = []
    for rule in load_book().rules.values():
        if rule.file.split("/")[0] not in OWN_FOLDERS:
            continue
        for period, _ in rule.timeline.entries[:-1] if not rule.gaps else rule.timeline.entries:
            last = period.last
            if last is None:
                continue
            following = date.fromordinal(last.toordinal() + 1)
            missing += [(rule.id, day) for day in (last, following) if (rule.id, day) not in shown]
    assert not missing, f"write an example for each: {missing}"
