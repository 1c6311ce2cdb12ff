"""What the book answers, and what it says when it cannot."""

from datetime import date
from decimal import Decimal

import pytest

from qingyuan.law import load_book
from qingyuan.law.dated import Period, Timeline
from qingyuan.law.faults import LawError, NotInForceError, UnknownRuleError
from qingyuan.law.rules import Evidence, Unit

ON = date(2026, 5, 1)


def test_value_carries_its_source_and_its_evidence() -> None:
    value = load_book().value("transfer.officers", on=ON)
    assert (value.value, value.unit, value.op, value.kind) == (2, "people", ">=", "duty")
    assert [cite.text for cite in value.citations] == [
        "《行政执法机关移送涉嫌犯罪案件的规定》(国务院令第310号)第五条"
    ]
    assert value.facts == ("TR-002",)
    assert value.evidence is Evidence.READ
    assert not value.signed


def test_amounts_and_ratios_are_exact() -> None:
    book = load_book()
    assert book.value("penalty.surcharge", on=ON).value == Decimal("0.03")
    amount = book.value("hearing.threshold-person", on=ON).value
    assert amount == 10_000
    assert isinstance(amount, Decimal)


def test_deadline_answers_as_a_value_too() -> None:
    value = load_book().value("complaint.mediation", on=date(2024, 6, 30))
    assert (value.value, value.unit, value.kind) == (45, "working_day", "deadline")


@pytest.mark.parametrize(
    ("on", "term", "instruments"),
    [
        (date(2024, 6, 30), "45个工作日", ["samr-complaints-2020"]),
        (date(2024, 7, 1), "60日（自然日）", ["consumer-protection-regulation"]),
        (date(2026, 4, 14), "60日（自然日）", ["consumer-protection-regulation"]),
        (date(2026, 4, 15), "60日（自然日）", ["samr-complaints-2026", "consumer-protection-regulation"]),
    ],
)
def test_mediation_follows_the_instrument_in_force(on: date, term: str, instruments: list[str]) -> None:
    rule = load_book().deadline("complaint.mediation", on=on)
    assert rule.term == term
    assert [cite.instrument for cite in rule.citations] == instruments


def test_length_of_a_day_follows_the_statutes_own_counting_article() -> None:
    book = load_book()
    assert book.deadline("penalty.hearing-request", on=ON).unit is Unit.WORKING_DAY
    assert book.deadline("penalty.decision", on=ON).unit is Unit.CALENDAR_DAY
    assert book.deadline("reconsideration.reply", on=ON).unit is Unit.WORKING_DAY
    assert book.deadline("reconsideration.request", on=ON).unit is Unit.CALENDAR_DAY
    silent = book.deadline("transfer.approval", on=ON)
    assert (silent.unit, silent.setting, silent.alternatives) == (
        Unit.CALENDAR_DAY,
        "silent_day",
        (Unit.WORKING_DAY,),
    )


def test_abolished_rule_says_why_and_since_when() -> None:
    with pytest.raises(
        NotInForceError, match=r"令121号取消了五个工作日的告知期限.*第三十六条.*至 2026-04-14"
    ):
        load_book().deadline("report.filing-notice", on=date(2026, 4, 15))


def test_unknown_id_offers_the_nearest() -> None:
    with pytest.raises(UnknownRuleError, match=r"没有“complaint\.mediatoin”.*complaint\.mediation"):
        load_book().value("complaint.mediatoin", on=ON)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda book: book.deadline("transfer.officers", on=ON), "不是期限"),
        (lambda book: book.grounds("transfer.approval", on=ON), "不是法定情形清单"),
        (lambda book: book.value("complaint.refusal", on=ON), "法定情形清单"),
    ],
    ids=["deadline of a duty", "grounds of a deadline", "value of grounds"],
)
def test_question_of_the_wrong_kind_names_the_right_one(ask, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LawError, match=message):
        ask(load_book())


def test_ground_cites_its_own_item() -> None:
    grounds = {item.id: item for item in load_book().grounds("complaint.refusal", on=ON)}
    assert (
        grounds["false-identity"].citation.text == "《市场监督管理投诉举报处理办法》(令121号)第十六条第六项"
    )
    assert "false-identity" not in {
        item.id for item in load_book().grounds("complaint.refusal", on=date(2026, 4, 14))
    }


def test_citations_of_workflows_and_others_are_titled_by_the_day() -> None:
    book = load_book()
    (cite,) = book.cite({"instrument": "order-310", "article": "第八条"}, on=ON)
    assert cite.text == "《行政执法机关移送涉嫌犯罪案件的规定》(国务院令第310号)第八条"
    with pytest.raises(NotInForceError):
        book.instrument("samr-complaints-2026", on=date(2026, 4, 14))
    with pytest.raises(UnknownRuleError):
        book.instrument("order-311")
    assert book.documents("no-such-folder") == ()
    with pytest.raises(UnknownRuleError):
        book.document("workflows", "no-such-workflow")


def test_every_fact_of_transfer_to_the_police_is_in_the_book() -> None:
    carried = {
        fact
        for rule in load_book().rules.values()
        for entry in rule.timeline
        if not isinstance(entry, tuple)
        for fact in entry.facts
    }
    wanted = {f"TR-{number:03}" for number in (*range(1, 18), *range(20, 28))}
    assert wanted <= carried


def test_timeline_refuses_two_versions_on_one_day() -> None:
    with pytest.raises(ValueError, match="重叠"):
        Timeline([(Period(date(2020, 1, 1)), "a"), (Period(date(2021, 1, 1)), "b")])
    with pytest.raises(ValueError, match="颠倒"):
        Period(date(2021, 1, 1), date(2020, 1, 1))


def test_timeline_answers_on_both_edges() -> None:
    line = Timeline([(Period(date(2021, 1, 1)), "new"), (Period(date(2019, 1, 1), date(2020, 6, 30)), "old")])
    assert line.on(date(2018, 12, 31)) is None
    assert line.on(date(2019, 1, 1)) == "old"
    assert line.on(date(2020, 6, 30)) == "old"
    assert line.on(date(2020, 7, 1)) is None
    assert line.on(date(2021, 1, 1)) == "new"
