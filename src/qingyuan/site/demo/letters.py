"""Letters of 青禾区: what people write, and what becomes of complaints, reports and enquiries that make no clue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from qingyuan.apps.intake import actions
from qingyuan.apps.intake.queries.sealing import Sender
from qingyuan.apps.ledger.queries import law_day
from qingyuan.apps.registry.actions import PartyFacts
from qingyuan.basics.clock import CHINA
from qingyuan.site.demo import papers
from qingyuan.site.demo.district import District
from qingyuan.site.demo.names import MARKS, PLATFORMS, Firm, address, person, phone
from qingyuan.site.demo.telling import Diary, Life
from qingyuan.site.demo.wording import PORTS, TEMPLATES

FRIDAY = 4


@dataclass(frozen=True)
class Teller:
    """What every story needs: the district, its firms, a diary, its own chance, and today's moment."""

    district: District
    firms: Sequence[Firm]
    diary: Diary
    rng: Random
    now: datetime
    seed: str
    plain: bool = False
    """Leave out the detours of chance, for stories that must end in one state."""

    def of(self, name: str) -> Teller:
        """Return the same teller with chance of its own, so that no story depends on how another went."""
        rng = Random(f"{self.seed}:{name}")
        return replace(self, diary=self.diary.by(rng), rng=rng, seed=f"{self.seed}:{name}")


def incoming(
    teller: Teller, at: datetime, number: str, kinds: tuple[str, ...], firm: Firm
) -> actions.Incoming:
    """Return a letter about a firm; most give a name and a telephone that are nobody's."""
    rng = teller.rng
    given = {
        "firm": firm.name,
        "goods": firm.trade.goods,
        "measure": firm.trade.measure,
        "price": firm.trade.price * 2,
        "mark": rng.choice(MARKS),
        "platform": rng.choice(PLATFORMS),
    }
    text = "".join(rng.choice(TEMPLATES[kind]).format(**given) for kind in kinds)
    named = rng.random() < 0.8
    words = {"report": "举报", "complaint": "投诉", "enquiry": "咨询"}
    return actions.Incoming(
        port=rng.choice(PORTS),
        text=text,
        kinds=kinds,
        received_at=at,
        title=f"{'、'.join(words[kind] for kind in kinds)}{firm.trade.goods}{'问题' if 'complaint' in kinds else ''}",
        source_number=number,
        goods=firm.trade.goods,
        platform=given["platform"] if given["platform"] in text else "",
        place=firm.address,
        respondent=party(firm, teller),
        sender=Sender(person(rng), phone(rng), address(rng)) if named else Sender(),
    )


def party(firm: Firm, teller: Teller) -> PartyFacts:
    """Return a firm as the register takes it."""
    return PartyFacts(
        name=firm.name,
        address=firm.address,
        credit_code=firm.code,
        phone=firm.phone,
        kind=firm.kind,
        region=teller.district.units["market"].region,
    )


def week(teller: Teller, start: date, chapter: str, count: int) -> list[Life]:
    """Return the lives of the letters of one week, received day by day."""
    lives: list[Life] = []
    by_day: dict[int, list[int]] = {}
    for number in range(1, count + 1):
        offset = teller.rng.choices(range(7), weights=[_weight(start, offset) for offset in range(7)])[0]
        by_day.setdefault(offset, []).append(number)
    for offset, numbers in by_day.items():
        day = start + timedelta(days=offset)
        lives.append(_day(teller.of(f"{chapter}-{offset}"), day, chapter, numbers))
    return lives


def _weight(start: date, offset: int) -> int:
    return 2 if (start + timedelta(days=offset)).weekday() > FRIDAY else 5


def _day(teller: Teller, day: date, chapter: str, numbers: list[int]) -> Life:
    """Receive a day's letters in one go at its end, then tell what becomes of each."""
    at = datetime.combine(day, time(18, 30), tzinfo=CHINA)
    yield at
    wanted = [_letter(teller, day, f"{chapter}-{number:04d}") for number in numbers]
    received = actions.receive_many(wanted, by=teller.district.coordinator, at=at)
    lives = [
        _matter(teller.of(f"{each.letter.source_number}-{matter.kind}"), matter, at)
        for each in received
        for matter in each.matters
    ]
    yield from together(lives)


def together(lives: list[Life]) -> Life:
    """Tell several lives as one, in order of time."""
    waiting = [[at, number, life] for number, life in enumerate(lives) if (at := next(life, None))]
    while waiting:
        waiting.sort(key=lambda each: (each[0], each[1]))
        yield waiting[0][0]
        at = next(waiting[0][2], None)
        if at is None:
            waiting.pop(0)
        else:
            waiting[0][0] = at


def _letter(teller: Teller, day: date, number: str) -> actions.Incoming:
    rng = teller.rng
    kinds = rng.choices(
        (("complaint",), ("report",), ("complaint", "report"), ("enquiry",)), weights=(52, 28, 8, 12)
    )[0]
    at = datetime.combine(day, time(8), tzinfo=CHINA) + timedelta(minutes=rng.randrange(600))
    return incoming(teller, at, number, kinds, rng.choice(teller.firms))


def _matter(teller: Teller, matter: Any, at: datetime) -> Life:
    if matter.unit is None:
        if teller.rng.random() < 0.1:
            return
        at = teller.diary.after(at, 1)
        yield at
        office = teller.district
        matter = actions.assign(
            matter=matter, unit=office.units["market"], by=office.coordinator, at=at, reason="按职责分派"
        )
    yield from {"complaint": complaint, "report": report, "enquiry": enquiry}[matter.kind](teller, matter, at)


def enquiry(teller: Teller, matter: Any, at: datetime) -> Life:
    """Tell an enquiry: answered within some days."""
    at = teller.diary.after(at, teller.rng.randint(1, 4))
    yield at
    notice = "可在国家商标局网站查询注册情况;请保存购物凭证、照片和实物,向市场监管部门举报。"
    actions.answer(matter=matter, notice=notice, by=officer_of(teller, matter), at=at)


def complaint(teller: Teller, matter: Any, at: datetime, ending: str = "") -> Life:
    """Tell a complaint: refused, forwarded, withdrawn, settled or ended without agreement; a few wait too long."""
    rng, diary, by = teller.rng, teller.diary, officer_of(teller, matter)
    ending = (
        ending
        or rng.choices(
            ("settled", "terminated", "refused", "forwarded", "withdrawn", "waiting"),
            weights=(50, 22, 12, 5, 8, 3),
        )[0]
    )
    if ending == "waiting":
        return
    at = diary.after(at, rng.randint(1, 7))
    yield at
    if ending == "refused":
        actions.refuse_complaint(
            matter=matter,
            ground="not-consumer",
            notice="经审查,你不是为生活消费需要购买商品,依法不予受理;可以向人民法院提起诉讼。",
            by=by,
            at=at,
        )
        return
    if ending == "forwarded":
        commerce = teller.district.units["commerce"]
        taken = actions.forward(matter=matter, unit=commerce, reason="属于商务领域合同纠纷", by=by, at=at)
        yield from complaint(teller, taken, at, "settled")
        return
    matter = actions.accept(matter=matter, by=by, at=at)
    at = diary.after(at, rng.randint(2, 9))
    yield at
    if ending == "withdrawn":
        actions.withdraw(matter=matter, paper=_paper("withdrawal", "撤回投诉记录"), by=by, at=at)
        return
    matter = actions.start_mediation(matter=matter, by=by, at=at)
    yield from _mediation(teller, matter, at, by, settled=ending == "settled")


def _mediation(teller: Teller, matter: Any, at: datetime, by: Any, *, settled: bool) -> Life:
    rng, diary = teller.rng, teller.diary
    if not teller.plain and rng.random() < 0.06:
        at = diary.after(at, 3)
        yield at
        _step(matter, "pause", by, at, ("test_commission", "检验委托书"), reason="商品委托检验")
        at = diary.after(at, rng.randint(8, 20))
        yield at
        _step(matter, "resume", by, at, ("test_result", "检验报告"))
    at = diary.after(at, rng.randint(4, 30))
    yield at
    if settled:
        matter = actions.settle(matter=matter, paper=_paper("settlement", "调解书"), by=by, at=at)
    else:
        listed = {ground.id for ground in actions.grounds_of("complaint", "terminate", law_day(at))}
        ground = "no-agreement" if "no-agreement" in listed else ""
        matter = actions.terminate(matter=matter, ground=ground, reason="双方未能达成一致", by=by, at=at)
    at = diary.after(at, rng.randint(1, 4))
    yield at
    if settled:
        actions.close(matter=matter, by=by, at=at)
    else:
        paper = _paper("termination_notice", "终止调解告知书")
        actions.notify_termination(matter=matter, paper=paper, by=by, at=at)


def report(teller: Teller, matter: Any, at: datetime, ending: str = "") -> Life:
    """Tell a report that makes no clue: not filed and told so, referred elsewhere, or waiting too long."""
    rng, diary, by = teller.rng, teller.diary, officer_of(teller, matter)
    ending = ending or rng.choices(("not_filed", "referred", "waiting"), weights=(85, 10, 5))[0]
    at = diary.after(at, rng.randint(1, 5))
    yield at
    if ending == "referred":
        answers = actions.Answers(
            held=frozenset({"reporter_told"}),
            unit=teller.district.units["commerce"],
            reason="不属于本机关职责",
        )
        actions.take(matter=matter, verb="refer", answers=answers, by=by, at=at)
        return
    matter = actions.verify(matter=matter, by=by, at=at)
    if ending == "waiting":
        return
    yield from _verification(teller, matter, at, by)


def _verification(teller: Teller, matter: Any, at: datetime, by: Any) -> Life:
    rng, diary = teller.rng, teller.diary
    if not teller.plain and rng.random() < 0.08:
        at = diary.after(at, rng.randint(3, 10))
        yield at
        leader = teller.district.one(matter.unit.code, "leader")
        _step(
            matter,
            "extend",
            leader,
            at,
            ("extension_approval", "延长核查期限审批表"),
            reason="需要向外地协查",
        )
    elif not teller.plain and rng.random() < 0.08:
        at = diary.after(at, 2)
        yield at
        _step(matter, "pause", by, at, ("commission", "辨认通知书"), reason="送权利人辨认")
        at = diary.after(at, rng.randint(5, 15))
        yield at
        _step(matter, "resume", by, at, ("conclusion", "辨认意见"))
    at = diary.after(at, rng.randint(3, 14))
    yield at
    matter = actions.mark_not_filed(
        matter=matter, reason="经核查,商品有合法来源,未发现违法事实", by=by, at=at
    )
    at = diary.after(at, rng.randint(1, 4))
    yield at
    _step(matter, "notify", by, at, ("filing_notice", "举报立案情况告知书"))
    at = diary.after(at, 1)
    yield at
    actions.close(matter=matter, by=by, at=at)


def _step(
    matter: Any, verb: str, by: Any, at: datetime, paper: tuple[str, str] | None = None, *, reason: str = ""
) -> Any:
    given = (_paper(*paper),) if paper else ()
    answers = actions.Answers(papers=given, reason=reason)
    return actions.take(matter=matter, verb=verb, answers=answers, by=by, at=at)


def _paper(requirement: str, title: str) -> actions.Paper:
    return actions.Paper(requirement, f"{title}.txt", papers.text(title))


def officer_of(teller: Teller, matter: Any) -> Any:
    """Return an officer of the unit that handles a matter."""
    return teller.district.one(matter.unit.code, "officer", Random(f"{teller.rng.random()}"))
