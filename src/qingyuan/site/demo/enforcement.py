"""Clues of 青禾区 and the cases they become: one life from the first report to the last document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from qingyuan.apps.cases import actions as cases
from qingyuan.apps.clues import actions as clues
from qingyuan.apps.clues.actions.reports import clue_of_reports
from qingyuan.apps.clues.actions.reports import facts_of as facts_of_reports
from qingyuan.apps.intake import actions as intake
from qingyuan.basics.clock import CHINA
from qingyuan.site.demo.casework import CASE_ENDINGS, Amounts, case_life
from qingyuan.site.demo.letters import Teller, incoming
from qingyuan.site.demo.names import MARKS, Firm
from qingyuan.site.demo.telling import Life

FILING = frozenset({"suspected_breach", "within_jurisdiction", "within_limitation"})
SOURCES = ("report", "report", "report", "inspection", "monitoring", "right_holder", "superior", "media")
OPEN_ENDINGS = ("received", "verifying", "paused", "extended", "assigned")
CLOSED_ENDINGS = ("refused", "refused", "merged", "transferred_out", "transferred_out_unsigned")
HANDLERS = ("market", "market", "market", "agriculture", "culture")


@dataclass(frozen=True)
class Outline:
    """What is told of one clue: its number in the chapter, the day it came in, how it ends, and its case."""

    name: str
    day: date
    unit: str
    ending: str
    case: str = ""
    transfer: str = ""
    amounts: Amounts | None = None
    source: str = ""
    """Where it came from; by chance when empty."""


def clue_life(teller: Teller, outline: Outline) -> Life:
    """Tell a clue from the letters it comes from to its ending; a filed one goes on as a case."""
    rng, diary, district = teller.rng, teller.diary, teller.district
    at = datetime.combine(diary.working_day(outline.day), time(9, 30), tzinfo=CHINA)
    at += timedelta(minutes=rng.randrange(300))
    firm = _firm(teller, outline)
    yield at
    officer = district.one(outline.unit, "officer", rng)
    clue, at = yield from _received(teller, outline, firm, officer, at)
    if outline.ending == "received":
        return
    if outline.ending == "assigned":
        at = diary.after(at, 1)
        yield at
        leader = district.one(outline.unit, "leader")
        clues.assign_clue(clue=clue, by=leader, at=at, handler=officer)
        return
    if outline.ending in ("merged", "transferred_out", "transferred_out_unsigned"):
        yield from _given_away(teller, outline, firm, officer, clue, at)
        return
    at = diary.after(at, rng.randint(1, 3))
    yield at
    clue = clues.verify_clue(clue=clue, by=officer, at=at)
    clue, at = yield from _verified(teller, outline, officer, clue, at)
    if outline.ending in ("verifying", "paused", "extended"):
        return
    leader = district.one(outline.unit, "leader")
    kind = "refusal_approval" if outline.ending == "refused" else "filing_approval"
    at = diary.after(at, rng.randint(1, 5))
    yield at
    document = clues.make_document(clue=clue, paper=paper(kind), by=officer, at=at)
    at = diary.after(at)
    yield at
    clues.approve_document(document=document, agrees=True, opinion="同意。", by=leader, at=at)
    at = diary.after(at)
    yield at
    if outline.ending == "refused":
        clues.refuse_clue(clue=clue, reason="经核查,商品来源合法,没有违法事实", by=officer, at=at)
        return
    yield from _filed(teller, outline, firm, officer, clue, at)


def _firm(teller: Teller, outline: Outline) -> Firm:
    """A firm of the unit's own line of trade."""
    own = [firm for firm in teller.firms if firm.trade.unit == outline.unit]
    return teller.rng.choice(own or list(teller.firms))


def paper(kind: str, content: str = "内容详见所附材料。(示范数据)") -> clues.Paper:
    """Return a document of a kind of the workflow."""
    return clues.Paper(kind=kind, content=content)


def _received(teller: Teller, outline: Outline, firm: Firm, officer: Any, at: datetime) -> Iterator[Any]:
    """Register the clue: of reports that just came in, or of what the unit found itself."""
    rng, diary = teller.rng, teller.diary
    source = outline.source or rng.choice(SOURCES)
    if source != "report":
        facts = _facts(teller, firm)
        unit = teller.district.units[outline.unit]
        clue = clues.receive_clue(facts=facts, source=source, unit=unit, received_at=at, by=officer, at=at)
        return clue, at
    count = rng.choice((1, 1, 1, 2, 3))
    unit = teller.district.units[outline.unit]
    wanted = [
        replace(incoming(teller, at, f"青禾-{outline.name}-{number:04d}", ("report",), firm), unit=unit)
        for number in range(1, count + 1)
    ]
    received = intake.receive_many(wanted, by=teller.district.coordinator, at=at)
    reports = [each.matters[0] for each in received]
    at = diary.after(at, rng.randint(0, 2))
    yield at
    facts = facts_of_reports(reports)
    clue = clue_of_reports(
        reports=reports, facts=replace(facts, title=_title(firm)), unit=unit, by=officer, at=at
    )
    return clue, at


def _title(firm: Firm) -> str:
    return f"{firm.name}涉嫌销售假冒{firm.trade.goods}"


def _facts(teller: Teller, firm: Firm) -> clues.ClueFacts:
    mark = teller.rng.choice(MARKS)
    return clues.ClueFacts(
        title=_title(firm),
        summary=f"检查发现{firm.name}货架上的{firm.trade.goods}标有“{mark}”,经营者不能提供进货凭证,涉嫌侵犯注册商标专用权。",
        goods=firm.trade.goods,
        mark_name=mark,
        party_name=firm.name,
        party_code=firm.code,
        party_address=firm.address,
        place=firm.address,
    )


def _given_away(teller: Teller, outline: Outline, firm: Firm, officer: Any, clue: Any, at: datetime) -> Life:
    diary, district = teller.diary, teller.district
    at = diary.after(at, 1)
    yield at
    if outline.ending == "merged":
        into = clues.receive_clue(
            facts=_facts(teller, firm), source="inspection", unit=clue.unit, received_at=at, by=officer, at=at
        )
        at = diary.after(at, 1)
        yield at
        clues.merge_clue(clue=clue, into=into, reason="同一当事人同一批商品", by=officer, at=at)
        return
    to = "culture" if outline.unit == "market" else "market"
    clues.transfer_out(
        clue=clue,
        to=district.units[to],
        reason="属于该单位管辖",
        papers=[paper("transfer_letter")],
        by=officer,
        at=at,
    )
    if outline.ending == "transferred_out":
        at = diary.after(at, 2)
        yield at
        clues.give_receipt(clue=clue, receipt_number="收1号", by=district.one(to, "officer"), at=at)


def _verified(teller: Teller, outline: Outline, officer: Any, clue: Any, at: datetime) -> Iterator[Any]:
    """Tell what happens between the start and the end of a verification: a pause, an extension."""
    rng, diary = teller.rng, teller.diary
    if outline.ending == "paused" or (outline.ending == "filed" and rng.random() < 0.1):
        at = diary.after(at, 2)
        yield at
        clue = clues.pause_verification(
            clue=clue, reason="送权利人辨认", papers=[paper("commission")], by=officer, at=at
        )
        if outline.ending == "paused":
            return clue, at
        at = diary.after(at, rng.randint(5, 12))
        yield at
        clue = clues.resume_verification(clue=clue, papers=[paper("conclusion")], by=officer, at=at)
    if outline.ending == "extended" or rng.random() < 0.08:
        at = diary.after(at, rng.randint(2, 6))
        yield at
        leader = teller.district.one(outline.unit, "leader")
        clue = clues.extend_verification(
            clue=clue, reason="案情复杂,需要外地协查", papers=[paper("extension_approval")], by=leader, at=at
        )
    return clue, at


def _filed(teller: Teller, outline: Outline, firm: Firm, officer: Any, clue: Any, at: datetime) -> Life:
    colleagues = [one for one in teller.district.staff[outline.unit, "officer"] if one.pk != officer.pk]
    amounts = outline.amounts or Amounts()
    facts = cases.CaseFacts(
        cause=amounts.cause,
        party_name=firm.name,
        facts=f"当事人购进并销售标有他人注册商标的{firm.trade.goods},不能提供合法来源。",
        party_kind=firm.kind,
        party_code=firm.code,
        party_address=firm.address,
        party_head=firm.head,
        conduct=(amounts.conduct,),
    )
    case = cases.file_case(
        clue=clue, facts=facts, officers=[officer, colleagues[0]], stated=FILING, by=officer, at=at
    )
    ending = outline.case or teller.rng.choice(CASE_ENDINGS)
    yield from case_life(
        teller, case, firm, officer, at, ending=ending, transfer=outline.transfer, amounts=amounts
    )
