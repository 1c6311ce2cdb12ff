"""Enter what a case is about: marks, goods, evidence, earlier punishments, documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.cases import queries
from qingyuan.apps.cases.actions.stepping import lock_open, note, refuse, take
from qingyuan.apps.cases.models import Case, CaseDocument, EarlierPunishment, Evidence, Goods, Mark
from qingyuan.apps.clues.actions import Paper, draft_document, judge_document
from qingyuan.apps.files.models import Attachment
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.actions import Subject, meet_duties, open_duty, record

PRESERVATION = "case.evidence-preservation"


@dataclass(frozen=True)
class MarkFacts:
    """A mark or other right the case touches."""

    name: str
    owner: str
    right: str = Mark.Right.TRADEMARK
    registration: str = ""
    mark_class: str = ""
    relation: str = Mark.Relation.UNKNOWN
    same_goods: bool | None = None
    source: str = ""


@dataclass(frozen=True)
class GoodsFacts:
    """Goods or labels of the case."""

    name: str
    quantity: Decimal
    quantity_unit: str
    kind: str = Goods.Kind.GOODS
    mark: Mark | None = None
    specification: str = ""
    place: str = ""
    source: str = ""
    disposal: str = Goods.Disposal.NOT_HELD


@dataclass(frozen=True)
class EvidenceFacts:
    """One item of evidence; `preserved` for 先行登记保存."""

    kind: str
    name: str
    origin: str
    obtained_at: datetime
    obtained_by: str
    attachment: Attachment | None = None
    preserved: bool = False


@dataclass(frozen=True)
class PunishmentFacts:
    """An earlier punishment of the party."""

    kind: str
    decided_on: date
    authority: str
    cause: str
    decision_number: str = ""
    offences: str = ""


@transaction.atomic
def enter_mark(*, case: Case, facts: MarkFacts, by: Member, at: datetime, seen: int | None = None) -> Mark:
    """登记涉案标识."""
    case = _changing(case, by, seen)
    mark = Mark.objects.create(case=case, entered_by=by.name, entered_at=at, **vars(facts))
    note("case.mark-entered", case, by=by, at=at, facts={"mark": mark.name, "owner": mark.owner})
    return mark


@transaction.atomic
def enter_goods(*, case: Case, facts: GoodsFacts, by: Member, at: datetime, seen: int | None = None) -> Goods:
    """登记涉案物品."""
    case = _changing(case, by, seen)
    if facts.mark is not None and facts.mark.case_id != case.pk:
        raise refuse(_("所选标识不属于本案,请重新选择。"))
    goods = Goods.objects.create(case=case, entered_by=by.name, entered_at=at, **vars(facts))
    quantity = f"{goods.quantity:f}{goods.quantity_unit}"
    note("case.goods-entered", case, by=by, at=at, facts={"goods": goods.name, "quantity": quantity})
    return goods


@transaction.atomic
def dispose_goods(*, goods: Goods, disposal: str, note_text: str, by: Member, at: datetime) -> Goods:
    """登记物品去向: say what became of goods that were held; a case does not close while any are."""
    case = lock_open(goods.case, by)
    goods = Goods.objects.select_for_update(no_key=True).get(pk=goods.pk)
    before = goods.get_disposal_display()
    goods.disposal, goods.disposal_note = Goods.Disposal(disposal), note_text.strip()
    goods.save(update_fields=["disposal", "disposal_note"])
    facts = {"goods": goods.name, "was": str(before), "is": str(goods.get_disposal_display())}
    note("case.goods-disposed", case, by=by, at=at, facts=facts)
    return goods


@transaction.atomic
def enter_punishment(
    *, case: Case, facts: PunishmentFacts, by: Member, at: datetime, seen: int | None = None
) -> EarlierPunishment:
    """登记以往处罚: note an earlier punishment of the party; the register counts as looked up."""
    case = _changing(case, by, seen)
    case.earlier_checked_at = at
    case.save(update_fields=["earlier_checked_at"])
    row = EarlierPunishment.objects.create(case=case, entered_by=by.name, entered_at=at, **vars(facts))
    shown = {"authority": row.authority, "cause": row.cause, "decided_on": row.decided_on.isoformat()}
    note("case.punishment-entered", case, by=by, at=at, facts=shown)
    return row


def _changing(case: Case, by: Member, seen: int | None) -> Case:
    """Lock the case and set the transfer test back: it spoke of the facts as they were."""
    case = lock_open(case, by, seen)
    if case.transfer_test_at:
        case.transfer_test_at = None
        case.save(update_fields=["transfer_test_at"])
    return case


@transaction.atomic
def add_evidence(
    *, case: Case, facts: EvidenceFacts, by: Member, at: datetime, seen: int | None = None
) -> Evidence:
    """补充证据: enter an item; kept in advance (先行登记保存), its own clock starts."""
    if not facts.origin.strip():
        raise refuse(_("证据必须写明来源和取得方式。"))
    case, _event = take(
        "add_evidence",
        case,
        by=by,
        at=at,
        seen=seen,
        found={"evidence_item": True},
        shown={"evidence": facts.name},
    )
    given = {name: value for name, value in vars(facts).items() if name != "preserved"}
    item = Evidence.objects.create(
        case=case,
        **given,
        preservation=Evidence.Preservation.KEPT if facts.preserved else Evidence.Preservation.NONE,
        preserved_at=facts.obtained_at if facts.preserved else None,
    )
    if facts.preserved:
        _watch_preservation(item, by, at)
    return item


def _watch_preservation(item: Evidence, by: Member, at: datetime) -> None:
    subject = Subject.of("evidence", item.pk)
    facts = {"evidence": item.name, "case": item.case.number}
    event = record("evidence.preserved", subject=subject, by=by.actor, at=at, facts=facts)
    open_duty(
        PRESERVATION,
        subject=subject,
        unit=item.case.unit.code,
        event=event,
        book=ledger.book(),
        calendar=ledger.calendar(),
        title=f"{item.case.number} {item.name}",
        member=item.case.handler_id,
        start=item.preserved_at,
    )


@transaction.atomic
def end_preservation(*, item: Evidence, outcome: str, by: Member, at: datetime) -> Evidence:
    """先行登记保存处理: say what was done with evidence kept in advance; its duty is met."""
    lock_open(item.case, by)
    item = Evidence.objects.select_for_update(no_key=True).get(pk=item.pk)
    if item.preservation != Evidence.Preservation.KEPT:
        raise refuse(_("“{name}”不在先行登记保存中。请刷新页面查看。").format(name=item.name))
    if outcome in (Evidence.Preservation.NONE, Evidence.Preservation.KEPT):
        raise refuse(_("请选择处理结果:解除、转为扣押、送检、取证后返还或者没收。"))
    item.preservation, item.preservation_ended_at = Evidence.Preservation(outcome), at
    item.save(update_fields=["preservation", "preservation_ended_at"])
    subject = Subject.of("evidence", item.pk)
    facts = {"evidence": item.name, "outcome": str(item.get_preservation_display())}
    event = record("evidence.preservation-ended", subject=subject, by=by.actor, at=at, facts=facts)
    meet_duties(PRESERVATION, subject=subject, event=event)
    return item


@transaction.atomic
def make_document(
    *, case: Case, paper: Paper, by: Member, at: datetime, seen: int | None = None
) -> CaseDocument:
    """制作文书: add a document to an open case."""
    case = lock_open(case, by, seen, clerks=True)
    document = draft_document(CaseDocument, queries.workflow(), paper, by=by, at=at, case=case)
    facts = {"document": document.title, "number": document.number, "approved": bool(document.approved_at)}
    note("case.document-made", case, by=by, at=at, facts=facts)
    return document


@transaction.atomic
def approve_document(
    *, document: CaseDocument, agrees: bool, opinion: str = "", by: Member, at: datetime
) -> CaseDocument:
    """审批: agree to an approval form of a case, or refuse it with a reason."""
    case = lock_open(document.case, by)
    document = CaseDocument.objects.select_for_update(no_key=True).get(pk=document.pk)
    judge_document(document, agrees=agrees, opinion=opinion, by=by, at=at)
    verb = "case.document-approved" if agrees else "case.document-refused"
    note(verb, case, by=by, at=at, facts={"document": document.title, "opinion": document.opinion})
    return document
