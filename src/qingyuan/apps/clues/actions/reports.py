"""Make clues of reports from intake, and tell intake what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member, Unit
from qingyuan.apps.clues import queries
from qingyuan.apps.clues.actions.answering import REPORT
from qingyuan.apps.clues.actions.guards import require_unmoved
from qingyuan.apps.clues.actions.linking import link_matters
from qingyuan.apps.clues.actions.receiving import ClueFacts, Origin, receive_clue
from qingyuan.apps.clues.models import Clue, Source
from qingyuan.apps.intake import actions as intake
from qingyuan.apps.intake.models import Matter as Report
from qingyuan.apps.intake.models import ReporterIdentity
from qingyuan.apps.registry.models import Party
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.intelligence.similar import match_key


def origin_of(report: Report) -> Origin:
    """Return a report as a clue's matter."""
    return Origin(REPORT, str(report.pk), str(report), report.letter.title, report.received_at)


def facts_of(reports: Sequence[Report]) -> ClueFacts:
    """Return what a clue of these reports is first registered as: the earliest report's words, for a person to edit."""
    first = min(reports, key=lambda report: report.received_at)
    party = first.party
    return ClueFacts(
        title=first.letter.title,
        summary="\n\n".join(report.letter.text for report in reports),
        goods=first.goods,
        party_name=party.name if party else "",
        party_code=party.credit_code if party else "",
        party_address=party.address if party else "",
        place=first.letter.place,
        platform=first.letter.platform[:60],
    )


@transaction.atomic
def clue_of_reports(
    *, reports: Sequence[Report], facts: ClueFacts, unit: Unit, by: Member, at: datetime
) -> Clue:
    """举报转为线索: make one clue of one or several reports; each keeps its own record and answer to the reporter.

    The clock runs from the earliest report. Raises RefusedError for no report at all, and for what is not a report.
    """
    _require_reports(reports)
    clue = receive_clue(
        facts=facts,
        source=Source.REPORT,
        unit=unit,
        received_at=min(report.received_at for report in reports),
        by=by,
        at=at,
        matters=[origin_of(report) for report in reports],
        phone_marks=_phone_marks(reports),
        party=_party(reports, facts),
    )
    _take_up(reports, clue, by, at)
    return clue


@transaction.atomic
def add_reports(
    *, clue: Clue, reports: Sequence[Report], by: Member, at: datetime, seen: int | None = None
) -> Clue:
    """并入举报: add reports to an open clue; each keeps its own record and its own answer to the reporter."""
    _require_reports(reports)
    clue = queries.lock(clue)
    require_unmoved("clue", clue.pk, seen)
    marks = {*clue.phone_marks, *_phone_marks(reports)}
    if marks != set(clue.phone_marks):
        clue.phone_marks = sorted(marks)
        clue.save(update_fields=["phone_marks"])
    link_matters(clue=clue, matters=[origin_of(report) for report in reports], by=by, at=at)
    _take_up(reports, clue, by, at)
    return clue


def _require_reports(reports: Sequence[Report]) -> None:
    if not reports:
        raise RefusedError([Reason(_("没有选择举报。请先勾选要转为线索的举报。"))])
    others = [str(report) for report in reports if report.kind != REPORT]
    if others:
        text = _("只有举报可以转为线索;{others}不是举报。诉转案请先在投诉中拆分出举报。")
        raise RefusedError([Reason(text.format(others="、".join(others)))])


def _party(reports: Sequence[Report], facts: ClueFacts) -> Party | None:
    """The registered party of a report that the facts still name; a name edited since is looked up at filing."""
    wanted = match_key(facts.party_name)
    named = (report.party for report in reports if report.party is not None)
    return next((party for party in named if wanted and match_key(party.name) == wanted), None)


def _phone_marks(reports: Sequence[Report]) -> list[str]:
    """The keyed hashes of the reporters' telephones: comparable, not readable."""
    letters = [report.letter_id for report in reports]
    marks = ReporterIdentity.objects.filter(letter__in=letters).values_list("phone_mac", flat=True)
    return [mark for mark in marks if mark]


def _take_up(reports: Sequence[Report], clue: Clue, by: Member, at: datetime) -> None:
    """Tell intake; a report that came out of another clue has been taken up before."""
    for report in reports:
        if report.state != "clue":
            intake.mark_taken_up(matter=report, clue=clue.number, by=by, at=at)
