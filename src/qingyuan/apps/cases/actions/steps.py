"""The steps of a case before and after the decision, one function each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.cases import queries
from qingyuan.apps.cases.actions.stepping import lock_open, note, refuse, subject_of, take
from qingyuan.apps.cases.models import Case
from qingyuan.apps.clues.actions import Paper
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.actions import extend_duty, open_duty, void_duties

STATEMENT = "case.statement"
"""The party's term to state, defend and ask for a hearing; watched by the unit, ended by the decision."""


def _plain(verb: str, case: Case, *, by: Member, at: datetime, **given: Any) -> Case:
    return take(verb, case, by=by, at=at, **given)[0]


@transaction.atomic
def investigate(*, case: Case, by: Member, at: datetime, seen: int | None = None) -> Case:
    """开展调查: needs as many officers as the lawbook asks for."""
    return _plain("investigate", case, by=by, at=at, seen=seen)


@transaction.atomic
def pause_case(
    *,
    case: Case,
    ground: str,
    reason: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Case:
    """扣除期间: stop the clock of the decision on a lawful ground (an id of the rule's own list)."""
    grounds = dict(queries.pause_grounds(ledger.law_day(case.filed_at)))
    if ground not in grounds:
        text = _("“{ground}”不是法定的扣除事由。可以扣除的有:{grounds}。")
        raise refuse(text.format(ground=ground, grounds="、".join(grounds.values())))
    return _plain(
        "pause",
        case,
        by=by,
        at=at,
        reason=reason,
        papers=papers,
        seen=seen,
        found={"pause_ground": True},
        shown={"ground": grounds[ground]},
    )


@transaction.atomic
def resume_case(*, case: Case, by: Member, at: datetime, seen: int | None = None) -> Case:
    """恢复计时: let the clock run again; what was not counted moves the due day."""
    return _plain("resume", case, by=by, at=at, seen=seen)


@transaction.atomic
def extend_case(
    *,
    case: Case,
    reason: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Case:
    """延长办案期限: grant the extension the rule allows; what goes beyond it is `extend_case_further`."""
    return _plain("extend", case, by=by, at=at, reason=reason, papers=papers, seen=seen)


@transaction.atomic
def extend_case_further(
    *,
    case: Case,
    days: int,
    reason: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Case:
    """集体讨论决定继续延期: lengthen the term by the days the persons in charge fixed together, on their record.

    Possible once the extension itself is used. Raises RefusedError for no days, without the record of the
    discussion, and while the rule's own extension is still to be had.
    """
    if days < 1:
        raise refuse(_("继续延期必须同时确定期限,请填写延长的天数。"))
    case = _plain(
        "extend_further",
        case,
        by=by,
        at=at,
        reason=reason,
        papers=papers,
        seen=seen,
        shown={"further": days},
    )
    try:
        extend_duty(
            "case.decision",
            subject=subject_of(case),
            book=ledger.book(),
            calendar=ledger.calendar(),
            further=days,
        )
    except ValueError as fault:
        raise refuse(str(fault)) from fault
    return case


@transaction.atomic
def suspend_case(
    *,
    case: Case,
    reason: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Case:
    """中止调查: stop the investigation and its clock."""
    return _plain("suspend", case, by=by, at=at, reason=reason, papers=papers, seen=seen)


@transaction.atomic
def continue_case(
    *, case: Case, stated: Collection[str], by: Member, at: datetime, seen: int | None = None
) -> Case:
    """恢复调查: go on when what stood in the way is gone."""
    return _plain("continue", case, by=by, at=at, stated=stated, seen=seen)


@transaction.atomic
def drop_case(
    *,
    case: Case,
    reason: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Case:
    """终止调查或者撤销立案: end the case without a decision."""
    return _plain("drop", case, by=by, at=at, reason=reason, papers=papers, seen=seen)


@transaction.atomic
def refer_out(
    *,
    case: Case,
    to: str,
    reason: str,
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Case:
    """移送其他机关: hand the case to another administrative authority (`to`: its name)."""
    return _plain(
        "refer_out",
        case,
        by=by,
        at=at,
        reason=reason,
        papers=papers,
        seen=seen,
        found={"competent_unit": bool(to.strip())},
        shown={"to": to},
    )


@transaction.atomic
def complete_investigation(
    *, case: Case, by: Member, at: datetime, papers: Sequence[Paper] = (), seen: int | None = None
) -> Case:
    """调查终结: needs the confirmed money ledger and the transfer test of the facts as they stand."""
    return _plain("complete_investigation", case, by=by, at=at, papers=papers, seen=seen)


@transaction.atomic
def review_case(
    *,
    case: Case,
    by: Member,
    at: datetime,
    stated: Collection[str] = (),
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Case:
    """审核通过."""
    return _plain("review", case, by=by, at=at, stated=stated, papers=papers, seen=seen)


@transaction.atomic
def return_case(*, case: Case, reason: str, by: Member, at: datetime, seen: int | None = None) -> Case:
    """退回补充调查: what was filed for the review does not count for the next one."""
    return _plain("return", case, by=by, at=at, reason=reason, seen=seen, change=_start_afresh(at))


@transaction.atomic
def notify_party(
    *, case: Case, by: Member, at: datetime, papers: Sequence[Paper] = (), seen: int | None = None
) -> Case:
    """行政处罚告知: tell the party, and watch the term to state, defend and ask for a hearing from that day."""

    def told(case: Case) -> None:
        case.notified_at, case.statement_waived_at = at, None

    case, event = take("notify", case, by=by, at=at, papers=papers, seen=seen, change=told)
    open_duty(
        STATEMENT,
        subject=subject_of(case),
        unit=case.unit.code,
        event=event,
        book=ledger.book(),
        calendar=ledger.calendar(),
        title=f"{case.number} {case.cause}",
        member=case.handler_id,
    )
    return case


@transaction.atomic
def waive_statement(*, case: Case, by: Member, at: datetime, seen: int | None = None) -> Case:
    """放弃陈述、申辩和听证: note that the party has said in writing that it waives; its term ends."""
    case = lock_open(case, by, seen)
    if case.notified_at is None or case.statement_waived_at:
        raise refuse(_("只有告知以后、期限之内才能登记放弃陈述申辩。请先办理行政处罚告知。"))
    case.statement_waived_at = at
    case.save(update_fields=["statement_waived_at"])
    event = note("case.statement-waived", case, by=by, at=at, facts={})
    void_duties(STATEMENT, subject=subject_of(case), event=event)
    return case


@transaction.atomic
def hold_hearing(
    *, case: Case, by: Member, at: datetime, papers: Sequence[Paper] = (), seen: int | None = None
) -> Case:
    """组织听证: on the party's request, with notice."""
    case, event = take("hold_hearing", case, by=by, at=at, papers=papers, seen=seen)
    void_duties(STATEMENT, subject=subject_of(case), event=event)
    return case


@transaction.atomic
def reopen_case(*, case: Case, reason: str, by: Member, at: datetime, seen: int | None = None) -> Case:
    """采纳陈述申辩,补充调查: go back to the investigation; the party will be told anew."""
    case, event = take("reopen", case, by=by, at=at, reason=reason, seen=seen, change=_start_afresh(at))
    void_duties(STATEMENT, subject=subject_of(case), event=event)
    return case


def _start_afresh(at: datetime) -> Any:
    def forget(case: Case) -> None:
        case.notified_at = case.statement_waived_at = case.transfer_test_at = None
        case.documents.filter(used_at=None).update(used_at=at)

    return forget


@transaction.atomic
def transfer_case(*, case: Case, by: Member, at: datetime, seen: int | None = None) -> Case:
    """移送公安机关: called by the department of transfers when the hand-over has been approved and done."""
    case, event = take("transfer", case, by=by, at=at, seen=seen, found={"transfer_handed_over": True})
    void_duties(STATEMENT, subject=subject_of(case), event=event)
    return case


@transaction.atomic
def take_case_back(
    *, case: Case, by: Member, at: datetime, papers: Sequence[Paper] = (), seen: int | None = None
) -> Case:
    """继续行政处理: go on after the police did not file or gave the case back."""
    return _plain("take_back", case, by=by, at=at, papers=papers, seen=seen, change=_start_afresh(at))


@transaction.atomic
def close_transferred(
    *, case: Case, by: Member, at: datetime, papers: Sequence[Paper] = (), seen: int | None = None
) -> Case:
    """移送结案: close a case the police have filed."""
    return _plain("close_transferred", case, by=by, at=at, papers=papers, seen=seen)


@transaction.atomic
def close_case(
    *, case: Case, by: Member, at: datetime, papers: Sequence[Paper] = (), seen: int | None = None
) -> Case:
    """结案: refused while anything is owed, with each open duty named."""
    return _plain("close", case, by=by, at=at, papers=papers, seen=seen)
