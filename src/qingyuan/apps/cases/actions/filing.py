"""File cases, correct them, and say who works on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.access import audience
from qingyuan.apps.agencies.models import Member, Role
from qingyuan.apps.cases import queries
from qingyuan.apps.cases.actions.stepping import lock_open, note, refuse, subject_of
from qingyuan.apps.cases.models import Case, CaseDocument, CaseOfficer
from qingyuan.apps.clues.actions import Paper, file_clue, identify_party, next_number
from qingyuan.apps.clues.models import Clue
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.actions import reassign_duties, take_step
from qingyuan.apps.registry.actions import PartyFacts, find_or_register
from qingyuan.basics.bigrams import bigrams
from qingyuan.domain.transitions import decide_transition
from qingyuan.intelligence.similar import match_key


@dataclass(frozen=True)
class CaseFacts:
    """What is registered of a case."""

    cause: str
    party_name: str
    facts: str
    party_kind: str = "legal_person"
    party_code: str = ""
    party_address: str = ""
    party_head: str = ""
    conduct: tuple[str, ...] = ()

    @classmethod
    def of(cls, case: Case) -> CaseFacts:
        """Return the facts as a case has them."""
        values = {field.name: getattr(case, field.name) for field in fields(cls)}
        return cls(**{**values, "conduct": tuple(case.conduct)})


@transaction.atomic
def file_case(
    *,
    clue: Clue,
    facts: CaseFacts,
    officers: Sequence[Member],
    stated: Collection[str],
    by: Member,
    at: datetime,
    papers: Sequence[Paper] = (),
    seen: int | None = None,
) -> Case:
    """立案: make a verified clue a case of its unit, with its number, officers and the clock of the decision.

    `stated` are the filing conditions the person states (`clues.queries.STATED`). The approved 立案审批表 of the clue
    goes into the case's file. Raises RefusedError with what the clue still lacks.
    """
    unit = clue.unit
    number = next_number(unit, "案", at=at)
    clue = file_clue(clue=clue, case_number=number, stated=stated, by=by, at=at, papers=papers, seen=seen)
    flow = queries.workflow()
    decision = decide_transition(
        flow, None, "file", by.roles, {"filing_approval": True}, on=ledger.law_day(at)
    ).require()
    case = Case(
        number=number,
        unit=unit,
        clue=clue,
        handler=officers[0] if officers else by,
        filed_at=at,
        seen_by=sorted({*audience(unit, supervised=True), *clue.seen_by}),
        confidentiality=clue.confidentiality,
    )
    _fill(case, facts, by=by, at=at)
    case.save()
    identify_party(clue=clue.pk, party=case.party)
    _set_officers(case, officers)
    _copy_approval(clue, case, at)
    take_step(
        decision,
        subject=subject_of(case),
        by=by.actor,
        at=at,
        bearers={"holder": unit.code},
        title=f"{number} {case.cause}",
        member=case.handler_id,
        facts={
            "number": number,
            "clue": clue.number,
            "cause": case.cause,
            "party": case.party_name,
            "officers": [officer.name for officer in officers],
        },
    )
    return case


def _copy_approval(clue: Clue, case: Case, at: datetime) -> None:
    """Put the approval that carried the filing into the case's file; it has been used by the filing itself."""
    approval = clue.documents.filter(kind="filing_approval", used_at__isnull=False).order_by("-pk").first()
    if approval is None:
        return
    names = [
        field.attname for field in CaseDocument._meta.concrete_fields if field.name not in ("id", "case")
    ]
    CaseDocument.objects.create(case=case, **{name: getattr(approval, name) for name in names})


def _fill(case: Case, facts: CaseFacts, *, by: Member, at: datetime) -> None:
    for field in fields(CaseFacts):
        value = getattr(facts, field.name)
        setattr(case, field.name, value.strip() if isinstance(value, str) else list(value))
    case.party_key = match_key(case.party_name)[:120]
    case.bigrams = bigrams(case.number, case.cause, case.party_name, case.party_code, case.party_address)
    case.party = find_or_register(
        facts=PartyFacts(
            name=case.party_name,
            address=case.party_address,
            credit_code=case.party_code,
            kind=case.party_kind,
            region=case.unit.region,
        ),
        by=by.actor,
        at=at,
    )


def _set_officers(case: Case, officers: Sequence[Member]) -> None:
    strangers = [officer.name for officer in officers if officer.unit_id != case.unit_id]
    if strangers:
        text = _("{names}不在{unit},不能承办本案。请选择本单位的执法人员。")
        raise refuse(text.format(names="、".join(strangers), unit=case.unit.short_name))
    CaseOfficer.objects.filter(case=case).exclude(member__in=officers).delete()
    CaseOfficer.objects.bulk_create(
        [CaseOfficer(case=case, member=officer) for officer in dict.fromkeys(officers)], ignore_conflicts=True
    )


@transaction.atomic
def correct_case(*, case: Case, facts: CaseFacts, by: Member, at: datetime, seen: int | None = None) -> Case:
    """更正: change what is registered of an open case; the event keeps what each field said before."""
    case = lock_open(case, by, seen)
    before = CaseFacts.of(case)
    changed = {
        field.name: [getattr(before, field.name), getattr(facts, field.name)]
        for field in fields(CaseFacts)
        if getattr(before, field.name) != getattr(facts, field.name)
    }
    if not changed:
        return case
    _fill(case, facts, by=by, at=at)
    case.transfer_test_at = None
    case.save()
    if case.clue_id:
        identify_party(clue=case.clue_id, party=case.party)
    note("case.corrected", case, by=by, at=at, facts={"changed": changed})
    return case


@transaction.atomic
def assign_officers(
    *, case: Case, officers: Sequence[Member], by: Member, at: datetime, seen: int | None = None
) -> Case:
    """调整承办人员: say who works on an open case; the first named answers for its duties."""
    case = lock_open(case, by, seen)
    if not officers:
        raise refuse(_("请至少选择一名承办人员。"))
    _set_officers(case, officers)
    case.handler = officers[0]
    case.save(update_fields=["handler"])
    reassign_duties(subject_of(case), unit=case.unit.code, member=officers[0].pk)
    note("case.assigned", case, by=by, at=at, facts={"officers": [officer.name for officer in officers]})
    return case


@transaction.atomic
def assign_cases(*, cases: Sequence[Case], officers: Sequence[Member], by: Member, at: datetime) -> int:
    """批量指派: give many open cases the same officers, all or none; return how many."""
    if not by.has_role(Role.LEADER):
        raise refuse(_("批量指派由单位负责人办理。请转交负责人。"))
    for case in sorted(cases, key=lambda each: each.pk):
        assign_officers(case=case, officers=officers, by=by, at=at)
    return len(cases)
