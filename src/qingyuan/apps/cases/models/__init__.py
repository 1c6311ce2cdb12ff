"""Administrative cases: the case, what it is about, its money, its decision."""

from qingyuan.apps.cases.models.case import TERMINAL, Case, CaseDocument, CaseOfficer, CaseState
from qingyuan.apps.cases.models.contents import EarlierPunishment, Evidence, Goods, Mark
from qingyuan.apps.cases.models.decision import Decision
from qingyuan.apps.cases.models.money import MoneyEntry

__all__ = [
    "TERMINAL",
    "Case",
    "CaseDocument",
    "CaseOfficer",
    "CaseState",
    "Decision",
    "EarlierPunishment",
    "Evidence",
    "Goods",
    "Mark",
    "MoneyEntry",
]
