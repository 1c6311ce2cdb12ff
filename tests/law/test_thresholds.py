"""The thresholds of the book: every line cited, every number as the research facts have it."""

import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from qingyuan.law import load_book
from qingyuan.law.faults import BookError, UnknownRuleError
from qingyuan.law.thresholds import offence_from, transfer_rules

FACTS = Path(__file__).resolve().parents[3] / "shared" / "law" / "facts.yaml"
OLD, NEW = date(2025, 4, 25), date(2025, 4, 26)


def amounts(offence: str, on: date) -> dict[str, Decimal]:
    return {line.id: line.amount for line in load_book().threshold_lines(offence, on)}


def test_the_standards_change_between_two_days() -> None:
    assert amounts("criminal.213", OLD)["turnover-upper"] == 250000
    assert amounts("criminal.213", NEW)["turnover-upper"] == 500000
    assert "gain" not in amounts("criminal.214", OLD)
    assert amounts("criminal.214", NEW)["sold-and-unsold-repeat-upper"] == 900000
    assert amounts("criminal.140", OLD) == amounts("criminal.140", NEW)


def test_unsold_goods_were_an_attempt_and_no_longer_are() -> None:
    def unsold(on: date) -> bool:
        lines = load_book().threshold_lines("criminal.214", on)
        return next(line.attempt for line in lines if line.id == "unsold")

    assert unsold(OLD)
    assert not unsold(NEW)


def test_a_line_of_its_own_time_does_not_reach_further_back() -> None:
    assert "unsold" not in amounts("criminal.214", date(2011, 1, 9))
    assert "unsold" in amounts("criminal.214", date(2011, 1, 10))


def test_no_standard_before_the_first_and_no_unknown_offence() -> None:
    book = load_book()
    assert [offence.id for offence in book.offences(date(2004, 12, 21))] == []
    assert [offence.id for offence in book.offences(NEW)] == ["criminal.140", "criminal.213", "criminal.214"]
    assert book.threshold_lines("criminal.213", date(2004, 12, 21)) == ()
    with pytest.raises(UnknownRuleError, match=r"有：criminal\.140"):
        book.threshold_lines("criminal.999", NEW)


def test_every_cited_instrument_was_in_force_while_the_line_held() -> None:
    book = load_book()
    for offence in book.all_offences:
        for regime in offence.regimes:
            for line in regime.lines:
                versions = book.instruments[line.source.citation.instrument].entries
                assert versions[0][0].first <= line.period.first, line.id
                assert line.source.facts, line.id
                last = versions[-1][0].last
                assert last is None or (line.period.last is not None and line.period.last <= last), line.id


def test_overlapping_regimes_are_refused() -> None:
    book = load_book()
    document = book.document("thresholds", "criminal.214")
    data = copy.deepcopy(dict(document.data))
    data["regimes"][0]["to"] = date(2025, 4, 26)
    with pytest.raises(BookError, match="重叠"):
        offence_from(replace(document, data=data), book)


def test_near_is_a_setting_of_the_office_with_its_decision() -> None:
    rules = transfer_rules(load_book())
    assert rules.near_share == Decimal("0.8")
    assert rules.near_practice == "ADR-0011"
    assert rules.routes["transfer_on_reasonable_suspicion"].effective_from == date(2020, 8, 7)


@pytest.mark.skipif(not FACTS.exists(), reason="../shared is not beside this checkout")
def test_every_number_is_the_number_of_its_fact() -> None:
    records = yaml.load(FACTS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["facts"]
    facts = {record["id"]: record for record in records}
    for offence in load_book().all_offences:
        for regime in offence.regimes:
            for line in regime.lines:
                for id in line.source.facts:
                    fact = facts[id]
                    assert date.fromisoformat(fact["effective_from"]) <= line.period.first or id.startswith(
                        "CL-"
                    )
                    if line.id.endswith("-upper") and fact["unit"] == "multiple":
                        ordinary = next(item for item in regime.lines if f"{item.id}-upper" == line.id)
                        assert line.amount == ordinary.amount * fact["value"]
                    elif id != "CR25-213-10" or line.condition == "ordinary":
                        assert (line.amount, line.op) == (fact["value"], fact["op"]), (offence.id, line.id)
