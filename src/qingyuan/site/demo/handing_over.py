"""Transfers of 青禾区 to the police, as far as each is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingyuan.apps.clues.actions import Paper
from qingyuan.apps.transfers import actions
from qingyuan.site.demo.letters import Teller
from qingyuan.site.demo.telling import Life


@dataclass(frozen=True)
class Step:
    """One step of a transfer: verb, who takes it, the documents, the reason, what is stated, days after the last."""

    verb: str
    by: str
    papers: tuple[str, ...] = ()
    reason: str = ""
    stated: tuple[str, ...] = ()
    days: int = 0


REFUSAL = "现有证据不足以证明有犯罪事实"
STEPS: dict[str, Step] = {
    "approve": Step("approve", "leader", stated=("chief",), days=1),
    "refuse": Step("refuse", "leader", ("refusal_record",), "证据尚不充分,补充后再议", ("chief",), 1),
    "hand_over": Step("hand_over", "officer", ("transfer_letter", "investigation_report", "goods_list")),
    "receive": Step("receive", "police", ("receipt",), days=1),
    "forward": Step("forward", "police", ("forward_notice",), "主要犯罪地在邻县", ("competent_police",), 1),
    "ask_supplement": Step("ask_supplement", "police", ("missing_items",), "缺少价格认定材料", days=1),
    "supplement": Step("supplement", "officer", ("supplements",), days=2),
    "police_file": Step("police_file", "police", ("filing_decision",), days=2),
    "police_refuse": Step("police_refuse", "police", ("non_filing_notice",), REFUSAL, days=2),
    "reconsider": Step(
        "request_reconsideration", "officer", ("reconsideration_request",), "销售记录完整", days=2
    ),
    "file_after": Step("police_file", "police", ("reconsideration_decision",), days=2),
    "uphold": Step("uphold_refusal", "police", ("reconsideration_decision",), REFUSAL, days=2),
    "suggest": Step("suggest_supervision", "officer", ("supervision_suggestion",), "认为应当立案", days=2),
    "request_reasons": Step("request_reasons", "prosecutor", ("reasons_request",), days=3),
    "state_reasons": Step("state_reasons", "police", ("reasons_statement",), REFUSAL, days=4),
    "order_filing": Step("order_filing", "prosecutor", ("filing_order",), "不立案理由不成立", days=6),
    "end_supervision": Step(
        "end_supervision", "prosecutor", ("supervision_conclusion",), "不立案理由成立", days=6
    ),
    "accept_refusal": Step("accept_refusal", "leader", (), "不再提请复议", days=2),
    "file_ordered": Step("police_file", "police", ("filing_decision",), days=5),
    "goods": Step("hand_over_goods", "officer", ("goods_hand_over_record",), days=1),
    "to_prosecutor": Step("send_for_prosecution", "police", ("prosecution_opinion",), days=30),
    "prosecute": Step("prosecute", "prosecutor", ("indictment",), days=20),
    "judge": Step("judge", "clerk", ("judgment",), days=30),
    "return": Step("return", "police", ("return_letter",), "没有犯罪事实", days=12),
    "close": Step("close", "officer", days=3),
}
_SENT = ("approve", "hand_over")
_AT_POLICE = (*_SENT, "receive")
_FILED = (*_AT_POLICE, "police_file")
_REFUSED = (*_AT_POLICE, "police_refuse")
_UPHELD = (*_REFUSED, "reconsider", "uphold")
_SUGGESTED = (*_UPHELD, "suggest")
_ORDERED = (*_SUGGESTED, "request_reasons", "state_reasons", "order_filing")
_GOODS = (*_FILED, "goods")
_COURT = (*_GOODS, "to_prosecutor", "prosecute", "judge")
PATHS: dict[str, tuple[str, ...]] = {
    "proposed": (),
    "approved": ("approve",),
    "not_approved": ("refuse",),
    "handed_over": _SENT,
    "forwarded": (*_SENT, "forward"),
    "supplementing": (*_SENT, "ask_supplement"),
    "received": _AT_POLICE,
    "police_filed": _FILED,
    "police_not_filed": _REFUSED,
    "reconsidering": (*_REFUSED, "reconsider"),
    "refusal_upheld": _UPHELD,
    "supervision_suggested": _SUGGESTED,
    "reasons_requested": (*_SUGGESTED, "request_reasons"),
    "reasons_stated": (*_SUGGESTED, "request_reasons", "state_reasons"),
    "filing_ordered": _ORDERED,
    "goods_handed_over": _GOODS,
    "prosecution_review": (*_GOODS, "to_prosecutor"),
    "prosecuted": (*_GOODS, "to_prosecutor", "prosecute"),
    "judged": _COURT,
    "returned": (*_FILED, "return"),
    "closed": (*_COURT, "close"),
}
"""State → the steps that lead there."""
DETOURS: tuple[tuple[str, ...], ...] = (
    (*_SENT, "ask_supplement", "supplement", "police_file", "goods"),
    (*_REFUSED, "reconsider", "file_after", "goods"),
    (*_ORDERED, "file_ordered"),
    (*_REFUSED, "accept_refusal", "close"),
)
"""Further ways that end in states the table has already."""


def days_needed(path: tuple[str, ...]) -> int:
    """Return about how many days a path takes from the clue on."""
    return 68 + round(1.5 * sum(STEPS[name].days + 1 for name in path))


def path_of(transfer: str) -> tuple[str, ...]:
    """Return the steps of a transfer by the name of its state, or of a detour by its number."""
    return DETOURS[int(transfer)] if transfer.isdigit() else PATHS[transfer]


def transfer_life(teller: Teller, case: Any, officer: Any, leader: Any, at: datetime, transfer: str) -> Life:
    """Tell a transfer: proposed by the officer, then step by step as each side takes it."""
    diary, district = teller.diary, teller.district
    people = {
        "officer": officer,
        "leader": leader,
        "police": district.one("police", "police_officer"),
        "prosecutor": district.one("procuratorate", "prosecutor"),
        "clerk": district.one("court", "court_clerk"),
    }
    at = diary.after(at, 1)
    yield at
    record = actions.propose_transfer(
        case=case, police=district.units["police"], report=_paper("transfer_report"), by=officer, at=at
    )
    for name in path_of(transfer):
        step = STEPS[name]
        at = diary.after(at, step.days)
        yield at
        record = actions.take(
            transfer=record,
            verb=step.verb,
            by=people[step.by],
            at=at,
            reason=step.reason,
            papers=tuple(_paper(kind) for kind in step.papers),
            stated=step.stated,
        )


def _paper(kind: str) -> Paper:
    return Paper(kind=kind, content="内容详见所附材料。(示范数据)")
