"""Builds clues of 青禾区 in every state, through the real actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from qingyuan.apps.clues import actions
from qingyuan.apps.clues.models import Clue, Source
from qingyuan.basics.clock import CHINA
from tests.factories.agencies import District

RECEIVED = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
"""A Monday; no holiday within six weeks but 清明."""

FILING = frozenset({"suspected_breach", "within_jurisdiction", "within_limitation"})
SUMMARY = "群众反映该店销售标有“青禾牌”商标的白酒,包装印刷粗糙,价格明显低于市场价,涉嫌侵犯注册商标专用权。"


def clue_facts(**given: Any) -> actions.ClueFacts:
    """Return the facts of a clue about one shop; `given` replaces any."""
    facts: dict[str, Any] = {
        "title": "青禾路便利店销售侵权白酒",
        "summary": SUMMARY,
        "goods": "白酒",
        "mark_name": "青禾牌",
        "party_name": "青禾区某便利店",
        "place": "青禾区青禾路1号",
    }
    return actions.ClueFacts(**{**facts, **given})


def paper(kind: str, content: str = "内容见附件清单。") -> actions.Paper:
    """Return a document of that kind."""
    return actions.Paper(kind=kind, content=content)


def received_clue(district: District, *, at: datetime = RECEIVED, **given: Any) -> Clue:
    """Return a clue just registered for the market regulator."""
    own = {name: given.pop(name) for name in ("matters", "phone_marks", "source") if name in given}
    return actions.receive_clue(
        facts=clue_facts(**given),
        source=own.pop("source", Source.INSPECTION),
        unit=district.market,
        received_at=at,
        by=district.officer,
        at=at,
        **own,
    )


def verifying_clue(district: District, *, at: datetime = RECEIVED, **given: Any) -> Clue:
    """Return a clue being verified by the officer."""
    clue = received_clue(district, at=at, **given)
    return actions.verify_clue(clue=clue, by=district.officer, at=at + timedelta(hours=1))


def approved(district: District, clue: Clue, kind: str, *, at: datetime) -> None:
    """Have the officer make an approval form of the clue and the leader agree to it."""
    document = actions.make_document(clue=clue, paper=paper(kind), by=district.officer, at=at)
    actions.approve_document(
        document=document, agrees=True, opinion="同意。", by=district.leader, at=at + timedelta(minutes=10)
    )


def fileable_clue(district: District, *, at: datetime = RECEIVED, **given: Any) -> Clue:
    """Return a verified clue with its 立案审批表 approved."""
    clue = verifying_clue(district, at=at, **given)
    approved(district, clue, "filing_approval", at=at + timedelta(hours=2))
    return clue
