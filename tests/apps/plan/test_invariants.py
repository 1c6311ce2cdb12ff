"""What the database itself holds, and the real plan through the web's own way in."""

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from qingyuan.apps.agencies.actions import add_unit
from qingyuan.apps.agencies.models import UnitKind
from qingyuan.apps.ledger.actions import SYSTEM
from qingyuan.apps.plan import actions
from qingyuan.apps.plan.models import Doubt, Plan, Point, Supervision, Task, UnitRole
from qingyuan.apps.plan.queries import lineage, pages, trees
from tests.factories.agencies import SET_UP, District
from tests.factories.plan import DRAFTED, adopted_plan, assigned_supervision, drafted_plan, enrol, task_of

SHARED = Path(__file__).resolve().parents[4] / "shared" / "plans"
REAL = next(iter(SHARED.glob("000_*.txt")), None) if SHARED.is_dir() else None
OTHERS = {
    "publicity": ("区委宣传部", UnitKind.PUBLICITY),
    "cyberspace": ("区委网信办", UnitKind.CYBERSPACE),
    "culture": ("区文旅局", UnitKind.CULTURE_TOURISM),
    "industry": ("区工信局", UnitKind.INDUSTRY),
    "commerce": ("区商务局", UnitKind.COMMERCE),
    "health": ("区卫健委", UnitKind.HEALTH),
    "forestry": ("区林草局", UnitKind.FORESTRY),
    "ecology": ("生态环境分局", UnitKind.ECOLOGY),
    "finance": ("区财政局", UnitKind.FINANCE),
    "tax": ("区税务局", UnitKind.TAX),
    "justice": ("区司法局", UnitKind.JUSTICE),
    "development": ("区发改局", UnitKind.DEVELOPMENT_REFORM),
    "politics": ("区委政法委", UnitKind.POLITICS_LAW),
}


def violates(name: str, change: object) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()  # type: ignore[operator]


def test_a_task_is_closed_exactly_when_it_is_over(qinghe: District) -> None:
    task = task_of(adopted_plan(qinghe), "market")
    rows = Task.objects.filter(pk=task.pk)
    violates("task_closed_when_over", lambda: rows.update(state="completed"))
    violates("task_closed_when_over", lambda: rows.update(closed_at=DRAFTED))
    violates("task_percent_to_100", lambda: rows.update(percent=101))


def test_one_plan_a_year_is_in_force(qinghe: District) -> None:
    adopted_plan(qinghe)
    other = drafted_plan(qinghe, text="2026年工作要点\n一、总则\n1.做好工作。（区市场监管局负责）\n")
    violates("plan_adopted_once_a_year", lambda: Plan.objects.filter(pk=other.pk).update(state="adopted"))


def test_a_set_of_units_has_no_unit_and_a_unit_stands_once(qinghe: District) -> None:
    plan = adopted_plan(qinghe)
    role = UnitRole.objects.filter(clause__point__section__part__plan=plan, unit=qinghe.police).first()
    rows = UnitRole.objects.filter(pk=role.pk)
    violates("unit_role_set_has_no_unit", lambda: rows.update(collective=True))
    violates("unit_role_once_in_clause", lambda: rows.update(unit=qinghe.market))
    point = Point.objects.filter(section__part__plan=plan)
    violates("point_change_has_previous", lambda: point.update(change="kept"))


def test_numbers_of_supervisions_run_within_the_year(qinghe: District) -> None:
    numbers = [assigned_supervision(qinghe, at=DRAFTED).display_number for _n in range(3)]
    assert numbers == ["督〔2026〕1号", "督〔2026〕2号", "督〔2026〕3号"]
    next_year = assigned_supervision(qinghe, at=DRAFTED.replace(year=2027), due_on=date(2027, 6, 1))
    assert next_year.display_number == "督〔2027〕1号"
    rows = Supervision.objects.filter(number=2)
    violates("supervision_number_once", lambda: rows.update(number=1))


def test_the_marked_source_is_the_source(qinghe: District) -> None:
    plan = drafted_plan(qinghe)
    pieces = pages.marked_source(plan.text, trees.tree(plan), trees.doubts_of(plan))
    assert "".join(piece.text for piece in pieces) == plan.text
    firsts = [piece.clause for piece in pieces if piece.first]
    assert len(firsts) == len(set(firsts)) == 5


def test_lineage_pairs_equal_texts_first_and_each_once() -> None:
    before = {1: "加强网站备案管理。", 2: "开展农资打假专项治理行动。", 3: "办理案件"}
    found = lineage.trace(
        {11: "加强网站备案管理，", 12: "开展农资打假专项整治行动。", 13: "全新的工作"}, before
    )
    assert {key: (item.previous, item.same) for key, item in found.items()} == {11: (1, True), 12: (2, False)}


@pytest.mark.skipif(REAL is None, reason="../shared/plans is not here")
def test_the_real_plan_from_upload_to_tasks(qinghe: District) -> None:
    for code, (name, kind) in OTHERS.items():
        unit = add_unit(
            code=code, name=name, short_name=name, kind=kind, region=qinghe.region, by=SYSTEM, at=SET_UP
        )
        qinghe.units[code] = unit
    for unit, alias in ((qinghe.police, "白银公安分局"), (qinghe.office, "区打击侵权假冒工作领导小组办公室")):
        unit.aliases = [alias]
        unit.save()
    enrol(qinghe)
    by = {"by": qinghe.coordinator, "at": DRAFTED}
    plan = actions.draft_plan(content=REAL.read_bytes(), name="plan.txt", **by)
    assert trees.plan_counts(plan) == {"parts": 6, "sections": 26, "points": 53, "clauses": 56}
    assert not trees.unresolved_roles(plan).exists()
    slips = Doubt.objects.filter(plan=plan, code="unit_slip").values_list(
        "unit_role__raw", "unit_role__unit__code"
    )
    assert set(slips) == {("区文旅游局", "culture"), ("区工信息局", "industry")}
    for doubt in Doubt.objects.filter(plan=plan):
        actions.resolve_doubt(doubt=doubt, choice="accepted", **by)
    actions.set_schedule(plan=plan, due_on=date(2026, 12, 31), **by)
    actions.finish_review(plan=plan, **by)
    actions.adopt_plan(plan=plan, **by)
    assert set(Task.objects.values_list("clause", flat=True)) == set(
        trees.standing_clauses(plan).values_list("pk", flat=True)
    )
    assert Task.objects.values("clause").distinct().count() == 56
