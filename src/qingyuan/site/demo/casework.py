"""Cases of 青禾区: investigated, reckoned, decided, served, performed, closed, or handed to the police."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from qingyuan.apps.cases import actions
from qingyuan.apps.clues.actions import Paper
from qingyuan.basics.clock import civil_date
from qingyuan.site.demo.handing_over import transfer_life
from qingyuan.site.demo.letters import Teller
from qingyuan.site.demo.names import MARKS, Firm
from qingyuan.site.demo.telling import Life

CASE_ENDINGS = (
    "filed", "investigating", "paused", "suspended", "dropped", "referred_out", "evidence_complete", "reviewed",
    "notified", "hearing", "decided", "served", "enforcing", "performed", "closed", "closed", "closed", "closed",
)  # fmt: skip
OFFICER, LEADER = "officer", "leader"


@dataclass(frozen=True)
class Amounts:
    """The money of a case: conduct, sold and unsold in yuan, and an amount found only after the transfer test."""

    conduct: str = "sell_counterfeit"
    sold: int = 6200
    unsold: int = 3400
    found_later: int = 0

    @property
    def cause(self) -> str:
        """The cause of action, as the law names it."""
        return {
            "sell_counterfeit": "涉嫌销售侵犯注册商标专用权的商品",
            "counterfeit_mark": "涉嫌未经许可在同种商品上使用相同商标",
            "fake_or_inferior": "涉嫌以假充真、以次充好",
        }[self.conduct]

    @property
    def elements(self) -> dict[str, bool]:
        """What the offence needs besides amounts."""
        return {
            "sell_counterfeit": {"knowing": True, "registered_mark": True},
            "counterfeit_mark": {"identical_mark": True, "registered_mark": True},
            "fake_or_inferior": {"fake_or_inferior": True},
        }[self.conduct]


def paper(kind: str, number: str = "") -> Paper:
    """Return a document of a kind of the workflow."""
    return Paper(kind=kind, content="内容详见所附材料。(示范数据)", number=number)


def case_life(
    teller: Teller,
    case: Any,
    firm: Firm,
    officer: Any,
    at: datetime,
    *,
    ending: str,
    transfer: str,
    amounts: Amounts,
) -> Life:
    """Tell a case from its filing to its ending; with `transfer`, to the police and that far."""
    if ending == "filed":
        return
    rng, diary = teller.rng, teller.diary
    leader = teller.district.one(case.unit.code, "leader")
    at = diary.after(at, rng.randint(0, 3))
    yield at
    case = actions.investigate(case=case, by=officer, at=at)
    at = diary.after(at)
    yield at
    _enter_goods(case, firm, officer, at, teller)
    if ending == "investigating":
        return
    if ending in ("dropped", "referred_out", "suspended", "paused"):
        yield from _stopped(teller, case, officer, leader, at, ending)
        return
    case, at = yield from _reckoned(teller, case, firm, officer, at, amounts)
    if transfer:
        yield from transfer_life(teller, case, officer, leader, at, transfer)
    else:
        yield from _completed(teller, case, officer, leader, at, ending, amounts)


def _completed(
    teller: Teller, case: Any, officer: Any, leader: Any, at: datetime, ending: str, amounts: Amounts
) -> Life:
    diary = teller.diary
    at = diary.after(at, teller.rng.randint(1, 4))
    yield at
    case = actions.complete_investigation(
        case=case, papers=[paper("investigation_report")], by=officer, at=at
    )
    if ending == "evidence_complete":
        return
    if amounts.found_later:
        at = diary.after(at, 1)
        yield at
        _enter(case, "sold", amounts.found_later, "account_book", officer, at, "审核中发现的另一本账")
        actions.confirm_money(case=case, by=officer, at=at)
    yield from _decided(teller, case, officer, leader, at, ending)


def _enter_goods(case: Any, firm: Firm, officer: Any, at: datetime, teller: Teller) -> None:
    rng = teller.rng
    mark = actions.enter_mark(
        case=case,
        facts=actions.MarkFacts(
            name=rng.choice(MARKS),
            owner="云岭市檐下客品牌管理有限公司(虚构)",
            registration=f"0{rng.randrange(10**7):07d}",
            mark_class=f"第{rng.randint(1, 45)}类",
            relation="identical",
            same_goods=True,
            source="商标注册证",
        ),
        by=officer,
        at=at,
    )
    actions.enter_goods(
        case=case,
        facts=actions.GoodsFacts(
            name=firm.trade.goods,
            quantity=Decimal(rng.randint(12, 300)),
            quantity_unit=firm.trade.measure,
            mark=mark,
            place=firm.address,
            source="自称从外地批发市场购进",
        ),
        by=officer,
        at=at,
    )
    actions.add_evidence(
        case=case,
        facts=actions.EvidenceFacts(
            kind="record", name="现场笔录", origin="现场检查制作", obtained_at=at, obtained_by=officer.name
        ),
        by=officer,
        at=at,
    )


def _stopped(teller: Teller, case: Any, officer: Any, leader: Any, at: datetime, ending: str) -> Life:
    at = teller.diary.after(at, teller.rng.randint(2, 12))
    yield at
    if ending == "paused":
        actions.pause_case(
            case=case,
            ground="testing",
            reason="委托鉴定",
            papers=[paper("pause_document")],
            by=officer,
            at=at,
        )
    elif ending == "suspended":
        actions.suspend_case(
            case=case, reason="当事人下落不明", papers=[paper("suspension_approval")], by=leader, at=at
        )
    elif ending == "dropped":
        actions.drop_case(
            case=case, reason="违法事实不能成立", papers=[paper("drop_approval")], by=leader, at=at
        )
    else:
        actions.refer_out(
            case=case,
            to="云岭市市场监督管理局",
            reason="涉案地在市级直管园区",
            papers=[paper("referral_letter")],
            by=leader,
            at=at,
        )


def _enter(
    case: Any, measure: str, amount: int, valuation: str, officer: Any, at: datetime, note: str
) -> None:
    if amount:
        facts = actions.MoneyFacts(
            measure=measure,
            valuation=valuation,
            act_on=civil_date(case.filed_at - timedelta(days=9)),
            amount=Decimal(amount),
            note=note,
        )
        actions.enter_money(case=case, facts=facts, by=officer, at=at)


def _reckoned(
    teller: Teller, case: Any, firm: Firm, officer: Any, at: datetime, amounts: Amounts
) -> Iterator[Any]:
    """Enter and confirm the money and hold it against the criminal lines; some need the clock extended first."""
    rng, diary = teller.rng, teller.diary
    at = diary.after(at, rng.randint(2, 9))
    yield at
    _enter(case, "sold", amounts.sold, "account_book", officer, at, "销售台账")
    _enter(case, "unsold", amounts.unsold, "marked_price", officer, at, "现场库存按标价计算")
    if rng.random() < 0.3:
        _enter(case, "gain", amounts.sold // 4, "statement", officer, at, "当事人陈述与进货凭证相互印证")
    at = diary.after(at, rng.randint(1, 4))
    yield at
    case = actions.confirm_money(case=case, by=officer, at=at)
    actions.test_transfer(
        case=case, elements=amounts.elements, suspicion=False, earlier_checked=True, by=officer, at=at
    )
    if rng.random() < 0.12:
        at = diary.after(at, 2)
        yield at
        leader = teller.district.one(case.unit.code, "leader")
        actions.extend_case(
            case=case, reason="案情复杂", papers=[paper("extension_approval")], by=leader, at=at
        )
    return case, at


def _decided(teller: Teller, case: Any, officer: Any, leader: Any, at: datetime, ending: str) -> Life:
    rng, diary = teller.rng, teller.diary
    at = diary.after(at, rng.randint(1, 5))
    yield at
    case = actions.review_case(case=case, papers=[paper("review_opinion")], by=leader, at=at)
    if ending == "reviewed":
        return
    at = diary.after(at, 1)
    yield at
    case = actions.notify_party(case=case, papers=[paper("penalty_notice")], by=officer, at=at)
    if ending == "notified":
        return
    extra = ()
    at = diary.after(at, 3)
    yield at
    if ending == "hearing" or rng.random() < 0.08:
        case = actions.hold_hearing(
            case=case, papers=[paper("hearing_request"), paper("hearing_notice")], by=officer, at=at
        )
        extra = (paper("hearing_report"),)
        if ending == "hearing":
            return
        at = diary.after(at, 10)
        yield at
    else:
        case = actions.waive_statement(case=case, by=officer, at=at)
        at = diary.after(at, 2)
        yield at
    yield from _performed(teller, case, officer, leader, at, ending, extra)


def _performed(
    teller: Teller, case: Any, officer: Any, leader: Any, at: datetime, ending: str, extra: tuple[Paper, ...]
) -> Life:
    rng, diary = teller.rng, teller.diary
    fine = Decimal(rng.randrange(20, 400) * 100)
    facts = actions.DecisionFacts(
        kind="penalty",
        content=f"责令立即停止侵权行为,罚款人民币{fine}元。",
        basis="《中华人民共和国商标法》第六十条第二款",
        penalties=("fine",),
        fine=fine,
    )
    actions.decide_case(case=case, facts=facts, papers=list(extra), by=leader, at=at)
    if ending == "decided":
        return
    at = diary.after(at, rng.randint(1, 5))
    yield at
    case = actions.serve_decision(
        case=case, service="direct", papers=[paper("service_receipt")], by=officer, at=at
    )
    if ending == "served":
        return
    if ending == "enforcing":
        at = diary.after(at, 120)
        yield at
        papers = [paper("demand_letter"), paper("enforcement_application")]
        actions.enforce_decision(case=case, papers=papers, by=leader, at=at)
        return
    at = diary.after(at, rng.randint(3, 14))
    yield at
    case = actions.perform_decision(
        case=case, paid=fine, papers=[paper("payment_receipt")], by=officer, at=at
    )
    if ending == "performed":
        return
    at = diary.after(at, rng.randint(2, 20))
    yield at
    actions.close_case(case=case, papers=[paper("closing_report")], by=leader, at=at)
