"""Decide, serve, perform, enforce."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.cases import queries
from qingyuan.apps.cases.actions.stepping import refuse, subject_of, take
from qingyuan.apps.cases.actions.steps import STATEMENT
from qingyuan.apps.cases.models import Case, CaseState, Decision
from qingyuan.apps.clues.actions import Paper, next_number
from qingyuan.apps.ledger.actions import meet_duties
from qingyuan.basics.money import format_yuan


@dataclass(frozen=True)
class DecisionFacts:
    """What is decided; amounts in yuan."""

    kind: str
    content: str
    basis: str
    penalties: tuple[str, ...] = ()
    fine: Decimal = Decimal(0)
    gain_confiscated: Decimal = Decimal(0)
    goods_confiscated: bool = False
    party_absent: bool = False


@transaction.atomic
def decide_case(
    *,
    case: Case,
    facts: DecisionFacts,
    by: Member,
    at: datetime,
    stated: Collection[str] = (),
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Decision:
    """作出决定: number the decision, write it, meet the clock of the decision.

    Raises RefusedError before the party's term is over, with a hearing asked for and not held, and where the
    transfer test is met and nobody has decided on the transfer.
    """
    _require_consistent(facts)
    number = next_number(queries.lock(case).unit, "罚", at=at)
    paper = Paper(kind="decision", content=facts.content, number=number)
    case, event = take(
        "decide",
        case,
        by=by,
        at=at,
        stated=stated,
        papers=[*papers, paper],
        found={"party_absent": facts.party_absent},
        seen=seen,
        shown={
            "number": number,
            "fine": str(facts.fine),
            "gain_confiscated": str(facts.gain_confiscated),
            "goods_confiscated": facts.goods_confiscated,
        },
    )
    meet_duties(STATEMENT, subject=subject_of(case), event=event)
    return Decision.objects.create(
        case=case,
        number=number,
        kind=facts.kind,
        penalties=list(facts.penalties),
        fine=facts.fine,
        gain_confiscated=facts.gain_confiscated,
        goods_confiscated=facts.goods_confiscated,
        content=facts.content,
        basis=facts.basis,
        party_absent=facts.party_absent,
        decided_at=at,
        decided_by=by.name,
    )


def _require_consistent(facts: DecisionFacts) -> None:
    chosen = set(facts.penalties)
    if facts.kind == Decision.Kind.NO_PENALTY:
        if chosen or facts.fine or facts.gain_confiscated or facts.goods_confiscated:
            raise refuse(_("不予行政处罚的决定不能有罚款、没收或者其他处罚种类。请核对决定种类。"))
        return
    if not chosen:
        raise refuse(_("给予行政处罚的决定至少要选择一种处罚。"))
    pairs = (
        (Decision.Penalty.FINE, bool(facts.fine), _("罚款")),
        (Decision.Penalty.GAIN, bool(facts.gain_confiscated), _("没收违法所得")),
        (Decision.Penalty.GOODS, facts.goods_confiscated, _("没收非法财物")),
    )
    for penalty, filled, label in pairs:
        if (penalty in chosen) != filled:
            text = _("“{label}”的处罚种类与填写的内容不一致:选了种类就要填写,填写了就要选种类。")
            raise refuse(text.format(label=label))


@transaction.atomic
def serve_decision(
    *,
    case: Case,
    service: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Case:
    """送达: note how the decision reached the party; the term of payment runs from now."""
    case, _event = take(
        "serve",
        case,
        by=by,
        at=at,
        papers=papers,
        seen=seen,
        shown={"service": str(Decision.Service(service).label)},
    )
    Decision.objects.filter(case=case).update(served_at=at, service=service)
    return case


@transaction.atomic
def perform_decision(
    *,
    case: Case,
    paid: Decimal,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Case:
    """登记履行: note what was paid; a voluntary performance must be whole, a court's enforcement may end with less."""
    decision = Decision.objects.select_for_update(no_key=True).filter(case=case).first()
    if decision is None:
        raise refuse(_("案件还没有决定,没有可以履行的内容。"))
    owed = decision.fine + decision.gain_confiscated
    if paid > owed or (paid < owed and queries.lock(case).state != CaseState.ENFORCING):
        text = _("应缴{owed},填写的是{paid}。全部缴清后再登记履行;逾期不缴请申请强制执行。")
        raise refuse(text.format(owed=format_yuan(owed), paid=format_yuan(paid)))
    case, _event = take("perform", case, by=by, at=at, papers=papers, seen=seen, shown={"paid": str(paid)})
    decision.paid, decision.performed_at = paid, at
    decision.save(update_fields=["paid", "performed_at"])
    return case


@transaction.atomic
def enforce_decision(
    *, case: Case, by: Member, at: datetime, papers: Sequence[Paper] = (), seen: int | None = None
) -> Case:
    """申请人民法院强制执行: after the demand, with the application."""
    return take("enforce", case, by=by, at=at, papers=papers, seen=seen)[0]
