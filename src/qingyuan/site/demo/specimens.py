"""One matter in every state: letters of one day whose stories stop where the state is reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from qingyuan.apps.intake import actions
from qingyuan.basics.clock import CHINA
from qingyuan.site.demo.letters import Teller, complaint, enquiry, incoming, officer_of, report, together
from qingyuan.site.demo.telling import Life

SPECIMEN = "青禾-示例"
SPECIMENS: tuple[tuple[str, str, int], ...] = (
    ("complaint", "waiting", 0), ("complaint", "settled", 1), ("complaint", "settled", 2),
    ("complaint", "settled", 3), ("complaint", "terminated", 3), ("complaint", "refused", 1),
    ("complaint", "forwarded", 1), ("complaint", "withdrawn", 2), ("complaint", "settled", 4),
    ("report", "waiting", 0), ("report", "not_filed", 1), ("report", "not_filed", 2),
    ("report", "referred", 1), ("report", "not_filed", 4), ("report", "merged", 1),
    ("enquiry", "", 0), ("enquiry", "", 1),
)  # fmt: skip
"""Kind, ending and number of steps: one matter in every state that does not come from a clue."""


def specimens(teller: Teller, start: date) -> Life:
    """Tell one letter for every state of a matter, each stopped at its state."""
    at = datetime.combine(start, time(9), tzinfo=CHINA)
    yield at
    wanted = [
        replace(
            incoming(teller, at, f"{SPECIMEN}-{number:04d}", (kind,), teller.firms[number % 8]),
            unit=teller.district.units["market"],
        )
        for number, (kind, _ending, _steps) in enumerate(SPECIMENS, start=1)
    ]
    received = actions.receive_many(wanted, by=teller.district.coordinator, at=at)
    matters = [each.matters[0] for each in received]
    first = next(matter for matter in matters if matter.kind == "report")
    lives = [
        first_steps(
            _specimen(replace(teller.of(f"specimen-{number}"), plain=True), matter, at, ending, first), steps
        )
        for number, (matter, (_kind, ending, steps)) in enumerate(zip(matters, SPECIMENS, strict=True))
    ]
    yield from together(lives)


def _specimen(teller: Teller, matter: Any, at: datetime, ending: str, first: Any) -> Life:
    if matter.kind == "enquiry":
        yield from enquiry(teller, matter, at)
    elif matter.kind == "complaint":
        yield from complaint(teller, matter, at, ending)
    elif ending == "merged":
        yield (at := teller.diary.after(at))
        actions.join(
            matter=matter,
            to=first,
            reason="同一举报人就同一事实重复举报",
            by=officer_of(teller, matter),
            at=at,
        )
    else:
        yield from report(teller, matter, at, ending)


def first_steps(life: Life, steps: int) -> Life:
    """Return the first `steps` steps of a life."""
    for _number in range(steps):
        at = next(life, None)
        if at is None:
            return
        yield at
    if steps:
        next(life, None)
