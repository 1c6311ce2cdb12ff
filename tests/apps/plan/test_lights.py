"""Lights: both causes count, and more evidence never makes them worse."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qingyuan.apps.plan.queries.lights import Standing, read_light, worst
from qingyuan.basics.clock import CHINA

START = datetime(2026, 1, 5, 9, 0, tzinfo=CHINA)
DUE = START + timedelta(days=200)
WORK = Standing(assigned_at=START, due_at=DUE, signed=True)
ORDER = ("grey", "green", "yellow", "red")


def test_green_by_time_but_no_material_past_half_is_yellow() -> None:
    light = read_light(WORK, at=START + timedelta(days=120))
    assert (light.by_time, light.by_evidence, light.colour) == ("green", "yellow", "yellow")
    assert "剩80天" in light.text and "无材料" in light.text


def test_material_makes_it_green_again() -> None:
    light = read_light(replace(WORK, evidence=1), at=START + timedelta(days=120))
    assert light.colour == "green"


def test_not_signed_within_days_is_yellow() -> None:
    light = read_light(replace(WORK, signed=False), at=START + timedelta(days=6))
    assert (light.colour, light.evidence_cause) == ("yellow", "未签收")


def test_near_the_day_is_yellow_and_after_it_red() -> None:
    proven = replace(WORK, evidence=2)
    assert read_light(proven, at=DUE - timedelta(days=3)).colour == "yellow"
    late = read_light(proven, at=DUE + timedelta(days=2))
    assert (late.by_time, late.by_evidence, late.time_cause) == ("red", "green", "逾期2天")


def test_finished_work_is_green_and_says_whether_late() -> None:
    assert read_light(replace(WORK, closed_at=DUE), at=DUE).text == "按期办结"
    assert read_light(replace(WORK, closed_at=DUE + timedelta(days=1)), at=DUE).text == "逾期办结"


def test_worst_of_none_is_grey() -> None:
    assert worst([]) == "grey"
    assert worst(["green", "red", "yellow"]) == "red"


@given(
    term=st.integers(1, 400),
    passed=st.integers(0, 500),
    signed=st.booleans(),
    reports=st.integers(0, 5),
    evidence=st.integers(0, 5),
    percent=st.integers(0, 99),
    more=st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 1)),
)
def test_more_evidence_never_makes_the_light_worse(
    term: int,
    passed: int,
    signed: bool,
    reports: int,
    evidence: int,
    percent: int,
    more: tuple[int, int, int],
) -> None:
    work = Standing(
        assigned_at=START,
        due_at=START + timedelta(days=term),
        signed=signed,
        reports=reports,
        evidence=evidence,
        percent=percent,
    )
    better = replace(work, reports=reports + more[0], evidence=evidence + more[1], percent=percent + more[2])
    at = START + timedelta(days=passed)
    assert ORDER.index(read_light(better, at=at).colour) <= ORDER.index(read_light(work, at=at).colour)
