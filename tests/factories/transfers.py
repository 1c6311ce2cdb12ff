"""Builds transfers of 青禾区 at every stage, through the real actions of both sides and the procuratorate."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from qingyuan.apps.cases.models import Case
from qingyuan.apps.transfers import actions
from qingyuan.apps.transfers.models import Transfer
from tests.factories.agencies import District
from tests.factories.cases import FILED, completed_case, money_facts
from tests.factories.clues import paper

PROPOSED = FILED + timedelta(days=5)

LINE_OF_SALES = Decimal("90000.00")
"""Sold goods well over the line of criminal law 214."""


def serious_case(district: District, *, at: datetime = FILED, amount: Decimal = LINE_OF_SALES) -> Case:
    """Return a case whose sales reach the line of selling counterfeit goods."""
    return completed_case(district, at=at, money=money_facts(amount=amount))


def proposed(district: District, *, at: datetime = PROPOSED, case: Case | None = None) -> Transfer:
    """Return a transfer waiting for the head of the unit."""
    return actions.propose_transfer(
        case=case or serious_case(district),
        police=district.units["police"],
        report=paper("transfer_report"),
        by=district.members["officer"],
        at=at,
    )


def step(
    transfer: Transfer, verb: str, by: Any, *kinds: str, at: datetime, reason: str = "", stated: Any = ()
) -> Transfer:
    """Take one step with documents of the given kinds."""
    return actions.take(
        transfer=transfer,
        verb=verb,
        by=by,
        at=at,
        reason=reason,
        papers=tuple(paper(kind) for kind in kinds),
        stated=stated,
    )


def approved(district: District, *, at: datetime = PROPOSED) -> Transfer:
    """Return an approved transfer."""
    return step(proposed(district, at=at), "approve", district.members["leader"], at=at, stated={"chief"})


HAND_OVER_PAPERS = ("transfer_letter", "investigation_report", "goods_list")


def handed_over(district: District, *, at: datetime = PROPOSED) -> Transfer:
    """Return a transfer that lies with the police."""
    return step(approved(district, at=at), "hand_over", district.members["officer"], *HAND_OVER_PAPERS, at=at)


def received(district: District, *, at: datetime = PROPOSED) -> Transfer:
    """Return a transfer the police have signed for."""
    return step(handed_over(district, at=at), "receive", district.members["police_officer"], "receipt", at=at)


def police_refused(district: District, *, at: datetime = PROPOSED) -> Transfer:
    """Return a transfer the police have refused to file."""
    return step(
        received(district, at=at),
        "police_refuse",
        district.members["police_officer"],
        "non_filing_notice",
        at=at,
        reason="现有证据不足以证明有犯罪事实",
    )
