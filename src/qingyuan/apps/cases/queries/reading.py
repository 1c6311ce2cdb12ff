"""Find and list cases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.cases.models import Case, CaseState, Evidence
from qingyuan.apps.cases.queries.facts import decision_of
from qingyuan.apps.ledger import queries as ledger
from qingyuan.basics.bigrams import bigrams
from qingyuan.intelligence.similar import match_key


def search(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Narrow cases to those whose number, cause, party or goods hold the text (two characters or more)."""
    windows = bigrams(text)
    return cases.filter(bigrams__contains=windows) if windows else cases.filter(number=text)


def earlier_cases(cases: QuerySet[Case], case: Case) -> QuerySet[Case]:
    """Return the other cases of the same party among those the member may see, newest first."""
    key = match_key(case.party_name)
    return cases.filter(party_key=key).exclude(pk=case.pk).order_by("-filed_at") if key else cases.none()


def case_of_clue(clue_pk: int) -> Case | None:
    """Return the case a clue became."""
    return Case.objects.filter(clue=clue_pk).first()


def evidence(case: Case) -> QuerySet[Evidence]:
    """Return a case's evidence in the order obtained."""
    return Evidence.objects.filter(case=case).select_related("attachment").order_by("obtained_at", "pk")


def officers(case: Case) -> list[Member]:
    """Return the officers of a case by name."""
    return list(case.officers.order_by("name"))


def pause_grounds(on: object) -> list[tuple[str, str]]:
    """Return the lawful grounds on which the term of a case stands still: id and words."""
    rule = ledger.book().deadline("case.decision", on=on)
    return [(pause.event, pause.label) for pause in rule.pauses]


def owed(case: Case) -> Decimal:
    """Return what the decision obliges the party to pay, in yuan."""
    decision = decision_of(case)
    return decision.fine + decision.gain_confiscated if decision else Decimal(0)


def state_choices() -> list[tuple[str, Any]]:
    """Return the states with their words."""
    return list(CaseState.choices)
