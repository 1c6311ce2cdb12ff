"""The demonstration plan of the fictional district 青禾区: read whole, with the three doubts put into it."""

from pathlib import Path

import qingyuan.site
from qingyuan.intelligence.plan_reading import extract, read_plan

PLAN = Path(qingyuan.site.__file__).parent / "samples" / "qinghe-plan-2026.txt"


def test_demo_plan() -> None:
    reading = read_plan(extract(PLAN.read_bytes(), PLAN.name))
    clauses = list(reading.clauses())
    assert (len(reading.parts), len(list(reading.sections())), len(list(reading.points())), len(clauses)) == (
        4,
        18,
        42,
        44,
    )
    assert [point.number for point in reading.points()] == list(range(1, 43))
    assert all(clause.bracket is not None and clause.units for clause in clauses)
    assert [(doubt.code, doubt.point) for doubt in reading.doubts] == [
        ("unit_slip", "第13点"),
        ("campaign_year", "第17点"),
        ("open_list", "第37点"),
    ]
    names = {unit.unit for clause in clauses for unit in clause.units if not unit.collective}
    assert len(names) == 24
