"""The transfer test: exact at every line, never less for more money, the lighter law, and always with reasons."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qingyuan.domain.money_ledger import Measure, MoneyEntry, MoneyLedger, PriceBasis
from qingyuan.domain.transfer_test import (
    ADMINISTRATIVE,
    MUST_TRANSFER,
    ON_SUSPICION,
    EarlierPunishment,
    Mark,
    OffenceFinding,
    TransferFacts,
    TransferFinding,
    transfer_test,
)
from qingyuan.law import load_book
from qingyuan.law.thresholds import Line

OLD, NEW, ON = date(2025, 4, 25), date(2025, 4, 26), date(2026, 11, 20)
BOOK = load_book()
TWO_SOURCES = (Mark("甲牌", "甲公司"), Mark("乙牌", "乙公司"))
ONE_SOURCE = (Mark("甲牌", "甲公司"), Mark("甲甲牌", "甲公司"))
CENT = Decimal("0.01")


def money(
    measure: Measure,
    amount: int | str | Decimal | None,
    *,
    on: date | None = NEW,
    form: str = "goods",
    id: str = "",
) -> MoneyEntry:
    basis = PriceBasis.MARKED_PRICE if measure is Measure.UNSOLD else PriceBasis.ACTUAL_PRICE
    value = None if amount is None else Decimal(amount)
    return MoneyEntry(id or f"{measure}-{form}", measure, value, basis, on, "证据1", form=form)


def case(*entries: MoneyEntry, offence: str = "", **facts: object) -> TransferFacts:
    conduct = {"213": "counterfeit_mark", "214": "sell_counterfeit", "140": "fake_or_inferior"}
    known: dict[str, object] = {"marks": (), "earlier": ()} | facts
    chosen = frozenset({conduct[offence]}) if offence else None
    return TransferFacts(MoneyLedger(entries), conduct=chosen, **known)  # type: ignore[arg-type]


def only(finding: TransferFinding) -> OffenceFinding:
    (found,) = finding.findings
    return found


def run(facts: TransferFacts, on: date = ON) -> OffenceFinding:
    return only(transfer_test(facts, on, BOOK))


def test_a_plain_case_shows_figure_line_and_article() -> None:
    finding = transfer_test(case(money(Measure.SOLD, 52000), offence="214"), ON, BOOK)
    assert finding.route == MUST_TRANSFER
    assert str(finding.reasons[0]).startswith(
        "销售假冒注册商标的商品罪：销售金额52000元，标准50000元（一般）（依据：《"
    )
    (line,) = finding.reasons[0].citations
    assert (line.instrument, line.article) == ("ip-crime-interpretation-2025", "第五条第一款第一项")
    assert {citation.instrument for citation in finding.citations} >= {
        "order-310",
        "ip-crime-interpretation-2025",
    }
    assert only(finding).tier == "ordinary"


LINES = [
    pytest.param(offence, day, line, id=f"{offence.id}-{day}-{line.id}")
    for day in (OLD, NEW)
    for offence in BOOK.offences(day)
    for line in BOOK.threshold_lines(offence.id, day)
]


def at_line(line: Line, amount: Decimal, day: date, number: str) -> TransferFacts:
    """Facts in which the line's metric is exactly `amount`, and its condition holds."""
    form = "services" if line.form == "services" else "goods"
    made = {
        "illegal_gain": [money(Measure.GAIN, amount, on=day, form=form)],
        "turnover": [money(Measure.UNSOLD, amount, on=day, form=form)],
        "sales_amount": [money(Measure.SOLD, amount, on=day), money(Measure.COST, amount, on=day)],
        "unsold_value": [money(Measure.UNSOLD, amount, on=day)],
        "sold_plus_unsold": [
            money(Measure.SOLD, 1000, on=day),
            money(Measure.COST, 1000, on=day),
            money(Measure.UNSOLD, amount - 1000 * (line.factors or {}).get("sales_amount", 1), on=day),
        ],
    }[line.metric]
    if line.form == "both":
        made = [
            money(Measure.GAIN, 1, on=day),
            money(Measure.GAIN, amount - 1, on=day, form="services"),
        ]
    earlier = (EarlierPunishment("administrative", "criminal.213", day - timedelta(days=300)),)
    return case(
        *made,
        offence=number,
        marks=TWO_SOURCES if line.condition == "two_marks" else ONE_SOURCE[:1],
        earlier=earlier if line.condition == "repeat" else (),
    )


@pytest.mark.parametrize(("offence", "day", "line"), LINES)
def test_each_line_is_reached_at_its_amount_and_not_a_cent_below(
    offence: object, day: date, line: Line
) -> None:
    number = str(offence.id)[-3:]  # type: ignore[attr-defined]
    for amount, reached in ((line.amount, True), (line.amount - CENT, False)):
        finding = run(at_line(line, amount, day, number), on=day)
        assert finding.chosen is not None
        result = next(item for item in finding.chosen.lines if item.line.id == line.id)
        assert result.condition.holds is True
        assert result.crossed is reached, result.text
        if reached:
            assert finding.degree >= line.degree


def test_two_marks_count_only_from_different_sources() -> None:
    sold = money(Measure.UNSOLD, 30000)
    assert run(case(sold, offence="213", marks=TWO_SOURCES)).status == "met"
    assert run(case(sold, offence="213", marks=ONE_SOURCE)).status == "not_met"
    unsure = run(case(sold, offence="213", marks=(Mark("甲牌", "甲公司"), Mark("乙牌"))))
    assert unsure.status == "needs_facts"
    assert [fact.id for fact in unsure.missing if fact.decisive] == ["marks"]
    assert "达到30000元一线" in unsure.missing[0].effects[0]


def test_under_the_old_text_two_marks_of_one_source_count_and_the_doubt_is_said() -> None:
    finding = run(case(money(Measure.UNSOLD, 30000, on=OLD), offence="213", marks=ONE_SOURCE), on=OLD)
    assert finding.status == "met"
    assert any("来源不同" in note for note in finding.notes)


@pytest.mark.parametrize(
    ("effective", "kind", "offence", "status"),
    [
        (date(2023, 4, 26), "administrative", "criminal.215", "met"),
        (date(2023, 4, 25), "administrative", "criminal.213", "not_met"),
        (date(2025, 4, 27), "criminal", "criminal.213", "not_met"),
        (date(2025, 1, 1), "criminal", "criminal.217", "not_met"),
        (None, "criminal", "criminal.213", "needs_facts"),
    ],
)
def test_repeat_needs_the_window_the_kind_and_the_offence(
    effective: date | None, kind: str, offence: str, status: str
) -> None:
    earlier = (EarlierPunishment(kind, offence, effective),)
    assert run(
        case(money(Measure.SOLD, 30000), money(Measure.COST, 30000), offence="214", earlier=earlier)
    ).status == (status)


def test_unknown_cost_says_how_much_would_decide() -> None:
    finding = run(case(money(Measure.SOLD, 45000), offence="214"))
    assert finding.status == "needs_facts"
    (cost,) = (fact for fact in finding.missing if fact.id == "cost")
    assert cost.effects[0].startswith("如（其余）价款不超过15000元，违法所得数额即达到30000元一线")


def test_near_is_four_fifths_of_a_line() -> None:
    sold, cost = money(Measure.SOLD, 40000), money(Measure.COST, 40000)
    assert run(case(sold, cost, offence="214")).status == "near"
    below = money(Measure.SOLD, "39999.99")
    assert run(case(below, cost, offence="214")).status == "not_met"
    assert run(case(sold, cost, offence="214")).share == Decimal("0.8")


def test_the_upper_tier_is_ten_times_now_and_was_five_times() -> None:
    assert run(case(money(Measure.SOLD, 500000), offence="214")).tier == "upper"
    assert run(case(money(Measure.SOLD, 250000), offence="214")).tier == "ordinary"
    assert run(case(money(Measure.SOLD, 250000, on=OLD), offence="214"), on=OLD).tier == "upper"


def test_the_lighter_of_old_and_new_governs() -> None:
    upper_then = run(case(money(Measure.SOLD, 250000, on=OLD), offence="214"))
    assert upper_then.tier == "ordinary"
    assert upper_then.chosen is not None and upper_then.chosen.regime.id == "ip-2025"
    assert "从轻" in upper_then.choice.text
    assert [result.regime.id for result in upper_then.compared] == ["ip-2004", "ip-2025"]

    gain_only_now = run(
        case(money(Measure.SOLD, 40000, on=OLD), money(Measure.COST, 0, on=OLD), offence="214")
    )
    assert gain_only_now.chosen is not None and gain_only_now.chosen.regime.id == "ip-2004"
    assert gain_only_now.status == "near"


def test_unsold_goods_before_the_change_stay_an_attempt() -> None:
    finding = run(case(money(Measure.UNSOLD, 150000, on=OLD), offence="214"))
    assert (finding.status, finding.attempt) == ("met", True)
    assert any("未见原文" in note for note in finding.notes)
    assert not run(case(money(Measure.UNSOLD, 150000, on=NEW), offence="214")).attempt


def test_acts_on_both_sides_of_the_change_are_flagged() -> None:
    finding = run(
        case(
            money(Measure.SOLD, 1, on=OLD, id="a"), money(Measure.SOLD, 60000, on=NEW, id="b"), offence="214"
        )
    )
    assert any("跨越新旧规定" in note for note in finding.notes)


def test_services_before_the_change_have_no_amount_and_say_so() -> None:
    finding = run(case(money(Measure.SOLD, 90000, on=OLD, form="services"), offence="213"), on=OLD)
    assert finding.status == "needs_facts"
    assert "没有数额标准" in finding.missing[0].label


def test_an_act_older_than_every_standard_is_not_measured_by_a_later_one() -> None:
    finding = run(case(money(Measure.SOLD, 90000, on=date(2003, 1, 1)), offence="214"))
    assert finding.chosen is None
    assert finding.status == "needs_facts"
    assert "不得适用后来的标准" in finding.choice.text


def test_an_unknown_day_is_asked_for_and_a_future_one_refused() -> None:
    undated = run(case(money(Measure.SOLD, 60000, on=None), offence="214"))
    assert undated.status == "met"
    assert undated.missing[0].id == "act_date"
    with pytest.raises(ValueError, match="晚于审查日期"):
        run(case(money(Measure.SOLD, 60000, on=ON + timedelta(days=1)), offence="214"))


def test_an_element_that_is_not_there_excludes_and_an_open_one_is_named() -> None:
    entry = money(Measure.SOLD, 60000)
    excluded = run(case(entry, offence="214", elements={"knowing": False}))
    assert excluded.status == "not_met"
    assert excluded.degree == 0
    assert "明知" in excluded.excluded[0]
    open_one = run(case(entry, offence="214", elements={"registered_mark": True}))
    assert [fact.id for fact in open_one.missing if fact.id in ("knowing", "registered_mark")] == ["knowing"]


def test_reasonable_suspicion_opens_the_way_below_the_line_for_ip_only_and_only_since_2020() -> None:
    small = case(
        money(Measure.SOLD, 10000, on=date(2020, 1, 1)), money(Measure.COST, 1, on=None), offence="214"
    )
    suspected = replace(small, reasonable_suspicion=True)
    assert transfer_test(small, ON, BOOK).route == ADMINISTRATIVE
    assert "合理嫌疑" in transfer_test(small, ON, BOOK).reasons[-1].text
    finding = transfer_test(suspected, ON, BOOK)
    assert (finding.route, finding.review_needed) == (ON_SUSPICION, True)
    assert "第三条第二款" in str(finding.reasons[-1])
    assert transfer_test(suspected, date(2020, 8, 6), BOOK).route == ADMINISTRATIVE
    assert transfer_test(suspected, date(2020, 8, 7), BOOK).route == ON_SUSPICION
    goods = replace(suspected, conduct=frozenset({"fake_or_inferior"}))
    assert transfer_test(goods, ON, BOOK).route == ADMINISTRATIVE


def test_near_ip_cases_go_on_suspicion_unless_an_officer_says_there_is_none() -> None:
    near = case(money(Measure.SOLD, 45000), money(Measure.COST, 45000), offence="214")
    assert transfer_test(near, ON, BOOK).route == ON_SUSPICION
    assert transfer_test(replace(near, reasonable_suspicion=False), ON, BOOK).route == ADMINISTRATIVE


def test_an_administrative_only_reason_is_reviewed_when_the_line_is_reached() -> None:
    facts = case(money(Measure.SOLD, 60000), offence="214", administrative_only=("当事人已死亡",))
    finding = transfer_test(facts, ON, BOOK)
    assert (finding.route, finding.review_needed, finding.met) == (ADMINISTRATIVE, True, True)
    assert "当事人已死亡" in finding.reasons[0].text
    assert "正职负责人复核" in finding.reasons[-1].text


def test_mixed_sum_of_fake_goods_weighs_sales_three_times() -> None:
    at = case(money(Measure.SOLD, 20000), money(Measure.UNSOLD, 90000), offence="140")
    below = case(money(Measure.SOLD, 20000), money(Measure.UNSOLD, "89999.99"), offence="140")
    assert run(at).status == "met" and run(at).attempt
    assert run(below).status == "near"


def test_the_answer_is_plain_json_with_money_as_text() -> None:
    finding = transfer_test(case(money(Measure.SOLD, "52000.50"), offence="214"), ON, BOOK)
    stored = json.loads(json.dumps(finding.as_dict(), ensure_ascii=False))
    assert stored == finding.as_dict()
    sales = next(line for line in stored["findings"][0]["compared"][0]["lines"] if line["id"] == "sales")
    assert (sales["total"]["at_least"], sales["amount"]) == ("52000.5", "50000")
    assert sales["source"]["facts"] == ["CR25-214-02"]


amounts = st.integers(0, 3_000_000).map(lambda cents: Decimal(cents) / 4)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[MoneyEntry, ...]:
    size = draw(st.integers(1, 6))
    return tuple(
        MoneyEntry(
            f"e{number}",
            draw(st.sampled_from([Measure.SOLD, Measure.UNSOLD, Measure.GAIN, Measure.COST])),
            draw(st.none() | amounts),
            draw(st.sampled_from(list(PriceBasis))),
            draw(st.sampled_from([OLD, NEW, date(2015, 5, 5)])),
            "证据",
            goods=draw(st.sampled_from(["", "鞋", "包"])),
            form=draw(st.sampled_from(["goods", "services"])),
        )
        for number in range(size)
    )


facts_made = st.builds(
    TransferFacts,
    ledger=ledgers().map(MoneyLedger),
    marks=st.sampled_from([None, (), TWO_SOURCES, ONE_SOURCE]),
    earlier=st.sampled_from([None, (), (EarlierPunishment("criminal", "criminal.214", date(2024, 1, 1)),)]),
)


@settings(max_examples=150, deadline=None)
@given(facts_made, st.data())
def test_raising_money_never_undoes_a_transfer(facts: TransferFacts, data: st.DataObject) -> None:
    entries = facts.ledger.entries
    raisable = [
        number
        for number, entry in enumerate(entries)
        if entry.measure is not Measure.COST and entry.amount is not None
    ]
    assume(raisable)
    chosen = data.draw(st.sampled_from(raisable))
    entry = entries[chosen]
    assert entry.amount is not None
    raised = replace(entry, amount=entry.amount + data.draw(amounts))
    after = replace(facts, ledger=MoneyLedger((*entries[:chosen], raised, *entries[chosen + 1 :])))
    for low, high in zip(
        transfer_test(facts, ON, BOOK).findings, transfer_test(after, ON, BOOK).findings, strict=True
    ):
        assert (high.degree, not high.attempt) >= (low.degree, not low.attempt)


@settings(max_examples=100, deadline=None)
@given(facts_made, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(facts: TransferFacts, random: object) -> None:
    shuffled = list(facts.ledger.entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = replace(facts, ledger=MoneyLedger(tuple(shuffled)))
    assert transfer_test(facts, ON, BOOK).as_dict() == transfer_test(again, ON, BOOK).as_dict()
