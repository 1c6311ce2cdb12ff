"""Who may open the pages of cases, and which cases one sees."""

from __future__ import annotations

from django.db.models import QuerySet

from qingyuan.apps.agencies.access import CASEWORK, ENFORCERS, Door, Rule, roles, visible
from qingyuan.apps.agencies.models import Member, Role
from qingyuan.apps.cases.models import Case, CaseDocument, Evidence, Goods, MoneyEntry

STEPPERS = ENFORCERS | roles(Role.COURT_CLERK)
"""Who takes steps of the workflow; which of them may take which is the workflow's own table."""

URLS: dict[str, Rule] = {
    "cases:list": Rule(roles=CASEWORK),
    "cases:export": Rule(roles=CASEWORK),
    "cases:party-panel": Rule(roles=CASEWORK, record="party"),
    "cases:record": Rule(roles=CASEWORK, record="case"),
    "cases:evidence": Rule(roles=CASEWORK, record="evidence"),
    "cases:index": Rule(roles=CASEWORK, record="case"),
    "cases:file": Rule(roles=ENFORCERS, record="clue", writes=True),
    "cases:correct": Rule(roles=ENFORCERS, record="case", writes=True),
    "cases:step": Rule(roles=STEPPERS, record="case", writes=True),
    "cases:add": Rule(roles=ENFORCERS, record="case", writes=True),
    "cases:officers": Rule(roles=ENFORCERS, record="case", writes=True),
    "cases:document": Rule(roles=STEPPERS, record="case", writes=True),
    "cases:document-approve": Rule(roles=roles(Role.LEADER), record="case-document", writes=True),
    "cases:document-print": Rule(roles=CASEWORK, record="case-document"),
    "cases:document-docx": Rule(roles=CASEWORK, record="case-document"),
    "cases:money-strike": Rule(roles=ENFORCERS, record="money-entry", writes=True),
    "cases:money-confirm": Rule(roles=ENFORCERS, record="case", writes=True),
    "cases:transfer-test": Rule(roles=ENFORCERS, record="case", writes=True),
    "cases:statement-waive": Rule(roles=ENFORCERS, record="case", writes=True),
    "cases:preservation-end": Rule(roles=ENFORCERS, record="evidence", writes=True),
    "cases:goods-dispose": Rule(roles=ENFORCERS, record="goods", writes=True),
    "cases:attach": Rule(roles=STEPPERS, record="case", writes=True),
    "cases:bulk-assign": Rule(roles=roles(Role.LEADER), writes=True),
}


def visible_to(member: Member) -> QuerySet[Case]:
    """Return the cases a member may see."""
    return visible(Case.objects.select_related("unit", "handler"), member)


def documents_visible_to(member: Member) -> QuerySet[CaseDocument]:
    """Return the documents of the cases a member may see."""
    return CaseDocument.objects.filter(case__in=visible_to(member).values("pk")).select_related(
        "case__unit__region"
    )


def evidence_visible_to(member: Member) -> QuerySet[Evidence]:
    """Return the evidence of the cases a member may see."""
    return Evidence.objects.filter(case__in=visible_to(member).values("pk")).select_related("case__unit")


def goods_visible_to(member: Member) -> QuerySet[Goods]:
    """Return the goods of the cases a member may see."""
    return Goods.objects.filter(case__in=visible_to(member).values("pk")).select_related("case__unit")


def money_visible_to(member: Member) -> QuerySet[MoneyEntry]:
    """Return the money entries of the cases a member may see."""
    return MoneyEntry.objects.filter(case__in=visible_to(member).values("pk")).select_related("case__unit")


def handled_by(case: Case, member: Member) -> bool:
    """Tell whether the member's unit holds the case: who only sees it may not change it."""
    return case.unit.scope_id in member.scopes


def steppable_by(case: Case, member: Member) -> bool:
    """Tell whether the member may take steps: of the holding unit, or the court's clerk entering a result."""
    return handled_by(case, member) or member.has_role(Role.COURT_CLERK)


def roles_on(case: Case, member: Member) -> list[str]:
    """Return the member's roles that count on this case: outside the holding unit only that of the court's clerk.

    An officer or a leader of a court to which a case was shown is no officer of the unit that holds it.
    """
    return [role for role in member.roles if role == Role.COURT_CLERK or handled_by(case, member)]


DOORS: dict[str, Door] = {
    "case": visible_to,
    "case-document": documents_visible_to,
    "evidence": evidence_visible_to,
    "goods": goods_visible_to,
    "money-entry": money_visible_to,
}
