"""Builds cases of 青禾区 in every state, through the real actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from qingyuan.apps.cases import actions
from qingyuan.apps.cases.models import Case, Decision
from qingyuan.basics.clock import CHINA
from tests.factories.agencies import District
from tests.factories.clues import FILING, RECEIVED, fileable_clue, paper

FILED = datetime(2026, 3, 9, 9, 0, tzinfo=CHINA)


def case_facts(**given: Any) -> actions.CaseFacts:
    """Return the facts of a case about one shop; `given` replaces any."""
    facts: dict[str, Any] = {
        "cause": "涉嫌销售侵犯注册商标专用权的商品",
        "party_name": "青禾区某便利店",
        "facts": "当事人购进并销售标有“青禾牌”商标的白酒,不能提供合法来源。",
        "party_kind": "individual_business",
        "party_address": "青禾区青禾路1号",
        "conduct": ("sell_counterfeit",),
    }
    return actions.CaseFacts(**{**facts, **given})


def money_facts(**given: Any) -> actions.MoneyFacts:
    """Return one amount: what was sold, from the account book."""
    facts: dict[str, Any] = {
        "measure": "sold",
        "valuation": "account_book",
        "act_on": date(2026, 2, 1),
        "amount": Decimal("1200.00"),
        "note": "销售台账",
    }
    return actions.MoneyFacts(**{**facts, **given})


def filed_case(district: District, *, at: datetime = FILED, **given: Any) -> Case:
    """Return a case just filed, with two officers."""
    clue = fileable_clue(district, at=min(RECEIVED, at - timedelta(days=5)))
    return actions.file_case(
        clue=clue,
        facts=case_facts(**given),
        officers=[district.officer, district.colleague],
        stated=FILING,
        by=district.officer,
        at=at,
    )


def investigated_case(district: District, *, at: datetime = FILED, **given: Any) -> Case:
    """Return a case under investigation."""
    case = filed_case(district, at=at, **given)
    return actions.investigate(case=case, by=district.officer, at=at + timedelta(hours=1))


def completed_case(
    district: District, *, at: datetime = FILED, money: actions.MoneyFacts | None = None, **given: Any
) -> Case:
    """Return a case whose investigation is complete, below every criminal standard unless `money` says more."""
    case = investigated_case(district, at=at, **given)
    later = at + timedelta(days=3)
    actions.enter_money(case=case, facts=money or money_facts(), by=district.officer, at=later)
    actions.confirm_money(case=case, by=district.officer, at=later)
    actions.test_transfer(
        case=case,
        elements={"knowing": True, "registered_mark": True},
        suspicion=False,
        earlier_checked=True,
        by=district.officer,
        at=later,
    )
    papers = [paper("investigation_report")]
    return actions.complete_investigation(case=case, papers=papers, by=district.officer, at=later)


def reviewed_case(district: District, *, at: datetime = FILED, **given: Any) -> Case:
    """Return a case that passed its review."""
    case = completed_case(district, at=at, **given)
    return actions.review_case(
        case=case, papers=[paper("review_opinion")], by=district.leader, at=at + timedelta(days=5)
    )


def notified_case(district: District, *, at: datetime = FILED, **given: Any) -> Case:
    """Return a case whose party has been told, on the sixth day."""
    case = reviewed_case(district, at=at, **given)
    return actions.notify_party(
        case=case, papers=[paper("penalty_notice")], by=district.officer, at=at + timedelta(days=6)
    )


def decision_facts(**given: Any) -> actions.DecisionFacts:
    """Return a decision: a fine and the goods."""
    facts: dict[str, Any] = {
        "kind": Decision.Kind.PENALTY,
        "content": "责令立即停止侵权行为,罚款人民币3000元。",
        "basis": "《中华人民共和国商标法》第六十条第二款",
        "penalties": (Decision.Penalty.FINE,),
        "fine": Decimal("3000.00"),
    }
    return actions.DecisionFacts(**{**facts, **given})


def decided_case(
    district: District, *, at: datetime = FILED, decision: actions.DecisionFacts | None = None, **given: Any
) -> Case:
    """Return a decided case, three weeks after filing."""
    case = notified_case(district, at=at, **given)
    actions.decide_case(
        case=case, facts=decision or decision_facts(), by=district.leader, at=at + timedelta(days=21)
    )
    case.refresh_from_db()
    return case


def served_case(district: District, *, at: datetime = FILED, **given: Any) -> Case:
    """Return a case whose decision has been served."""
    case = decided_case(district, at=at, **given)
    return actions.serve_decision(
        case=case,
        service=Decision.Service.DIRECT,
        papers=[paper("service_receipt")],
        by=district.officer,
        at=at + timedelta(days=22),
    )


def performed_case(district: District, *, at: datetime = FILED, **given: Any) -> Case:
    """Return a case whose fine has been paid."""
    case = served_case(district, at=at, **given)
    return actions.perform_decision(
        case=case,
        paid=case.decision.fine,
        papers=[paper("payment_receipt")],
        by=district.officer,
        at=at + timedelta(days=30),
    )


def closed_case(district: District, *, at: datetime = FILED, **given: Any) -> Case:
    """Return a closed case."""
    case = performed_case(district, at=at, **given)
    return actions.close_case(
        case=case, papers=[paper("closing_report")], by=district.leader, at=at + timedelta(days=32)
    )
