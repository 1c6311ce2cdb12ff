"""Tell intake what became of the reports in a clue, so that their reporters are answered."""

from __future__ import annotations

from datetime import datetime

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.clues.models import Clue
from qingyuan.apps.intake import actions as intake
from qingyuan.apps.intake.models import Matter as Report

REPORT = "report"
"""Kind under which intake's reports are linked as matters."""


def reports_of(clue: Clue) -> list[Report]:
    """Return the reports now in a clue."""
    ids = clue.matters.filter(kind=REPORT, unlinked_at=None).values_list("record_id", flat=True)
    return list(
        Report.objects.filter(pk__in=[int(pk) for pk in ids]).select_related("letter", "party", "unit")
    )


def tell_filed(clue: Clue, case_number: str, *, by: Member, at: datetime) -> None:
    """Tell intake that the clue's reports led to a case, so that their reporters are answered."""
    for report in _own(clue, by):
        intake.mark_filed(matter=report, case_number=case_number, by=by, at=at)


def tell_not_filed(clue: Clue, reason: str, *, by: Member, at: datetime) -> None:
    """Tell intake that the clue's reports led to no case."""
    for report in _own(clue, by):
        intake.mark_not_filed(matter=report, reason=reason, by=by, at=at)


def _own(clue: Clue, by: Member) -> list[Report]:
    """The clue's reports in the hands of the deciding unit; another unit answers its own reporters itself."""
    return [report for report in reports_of(clue) if report.unit_id == by.unit_id]
