"""Read transfers: the facts their steps need, their documents, the list of what was not transferred."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from qingyuan.apps.agencies.models import Member, Unit, UnitKind
from qingyuan.apps.agencies.queries import active_units
from qingyuan.apps.cases.models import Case
from qingyuan.apps.clues.queries import document_facts
from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.transfers import access
from qingyuan.apps.transfers.models import Transfer, TransferDocument, TransferState
from qingyuan.domain.transitions import Choice, available_verbs
from qingyuan.law.workflows import Workflow

STATED = {
    "chief": "我是本机关正职负责人或者主持工作的负责人",
    "tested": "本案物品经过检验或者鉴定",
    "exempted": "裁判宣告无罪或者免予刑事处罚,但应当给予行政处罚",
    "competent_police": "已查明有管辖权的公安机关",
}
"""Facts of the transfer workflow that the person acting states; all others are found in the records."""

STATES = TransferState.choices
ROUTES = Transfer.Route.choices


def workflow() -> Workflow:
    """Return the transfer's workflow."""
    return ledger.book().workflow("transfer")


def lock(transfer: Transfer) -> Transfer:
    """Lock and return a transfer with its sides."""
    return (
        Transfer.objects.select_for_update(no_key=True, of=("self",))
        .select_related("sender__region", "police", "procuratorate", "case__unit")
        .get(pk=transfer.pk)
    )


def open_transfer(case: Case) -> Transfer | None:
    """Return the case's transfer under way, if any."""
    return Transfer.objects.filter(case=case, closed_at=None).select_related("police").first()


def transfers_of(case: Case) -> QuerySet[Transfer]:
    """Return all transfers of a case, newest first."""
    return Transfer.objects.filter(case=case).select_related("police").order_by("-pk")


def documents(transfer: Transfer) -> QuerySet[TransferDocument]:
    """Return a transfer's documents, newest first."""
    return (
        TransferDocument.objects.filter(transfer=transfer)
        .select_related("attachment", "unit")
        .order_by("-pk")
    )


def police_units(case: Case) -> QuerySet[Unit]:
    """Return the police units of the case's region, to which it may be transferred."""
    return active_units(kind=UnitKind.POLICE, region=case.unit.region)


def procuratorate_of(case: Case) -> Unit | None:
    """Return the procuratorate that supervises the case's region."""
    return active_units(kind=UnitKind.PROCURATORATE, region=case.unit.region).first()


def courts_of(case: Case) -> QuerySet[Unit]:
    """Return the courts of the case's region, which see it from the indictment on."""
    return active_units(kind=UnitKind.COURT, region=case.unit.region)


def penalised(case: Case) -> bool:
    """Tell whether the case already has a decision."""
    return hasattr(case, "decision")


def step_facts(transfer: Transfer, rows: Iterable[TransferDocument] | None = None) -> dict[str, Any]:
    """Return the facts of the transfer's steps as the records show them."""
    return {
        **document_facts(documents(transfer) if rows is None else rows),
        "already_penalised": penalised(transfer.case),
        "outcome_recorded": bool(transfer.outcome),
        "open_duties": ledger.duties_of("transfer", transfer.pk).filter(state="open").exists(),
        "transfer_finding": True,
    }


def choices(transfer: Transfer, member: Member, *, at: datetime) -> tuple[Choice, ...]:
    """Return the steps this member may take now, each with what it still lacks.

    What the person will state when taking the step, and the documents that come with it, count as given here.
    """
    facts = {**step_facts(transfer), **dict.fromkeys(STATED, True)}
    return available_verbs(
        workflow(), transfer.state, access.roles_on(transfer, member), facts, on=ledger.law_day(at)
    )


def listed(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    """Return transfers with what their list shows."""
    return transfers.select_related("sender", "police", "case")


def search(transfers: QuerySet[Transfer], text: str) -> QuerySet[Transfer]:
    """Narrow transfers to those whose number, party or cause holds the text.

    A region has some hundred transfers a year: a scan of what the member sees is enough here.
    """
    return transfers.filter(Q(number__contains=text) | Q(title__contains=text))


def untransferred(cases: QuerySet[Case]) -> QuerySet[Case]:
    """应移未移: narrow cases to those closed whose facts reach a line and about whose transfer nothing was decided."""
    return cases.filter(closed_at__isnull=False, transfer_test_met=True, transfer_answer="").select_related(
        "unit"
    )
