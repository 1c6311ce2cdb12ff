"""The demonstration district: nobody real, every state, a sound ledger, and a second run that changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import authenticate

from qingyuan.apps.cases.queries.transfer import closed_cases_facts
from qingyuan.apps.ledger.queries import book
from qingyuan.basics.clock import CHINA
from qingyuan.basics.credit_code import credit_code_fault
from qingyuan.domain.transfer_test import transfer_test
from qingyuan.site.demo import chronicle, summary
from qingyuan.site.demo.district import LOGINS, PASSWORD
from qingyuan.site.demo.handing_over import DETOURS, PATHS, STEPS
from qingyuan.site.demo.names import firms
from qingyuan.site.demo.outlines import outlines
from qingyuan.site.demo.telling import Life, tell
from tests.factories.agencies import district

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=CHINA)
SMALL = chronicle.Setting(NOW, size=60, seed="试验")
KINDS = {
    "投诉": "complaint",
    "举报": "report",
    "咨询": "enquiry",
    "线索": "clue",
    "案件": "case",
    "移送": "transfer",
}


def counted() -> dict[str, int]:
    return summary.counts() | {label: sum(held.values()) for label, held in summary.states().items()}


def test_firms_are_nobodys() -> None:
    made = firms(200, "试验")
    assert len({firm.name for firm in made}) == 200
    assert all(firm.phone.startswith("1990000") for firm in made)
    codes = [firm.code for firm in made if firm.code]
    assert codes and len(set(codes)) == len(codes)
    assert all(credit_code_fault(code) == "" and code.startswith("00620499") for code in codes)


def test_same_seed_and_day_tell_the_same() -> None:
    assert firms(50, "甲") == firms(50, "甲") != firms(50, "乙")
    one, same, other = (outlines(today=NOW.date(), size=60, seed=seed) for seed in ("甲", "甲", "乙"))
    assert one == same != other


def test_lives_are_told_in_order_of_time_and_stop_at_the_present() -> None:
    taken: list[tuple[str, int]] = []

    def life(name: str, *days: int) -> Life:
        for day in days:
            yield NOW + timedelta(days=day)
            taken.append((name, day))

    steps = tell([life("a", -9, -3, 1), life("b", -5, -4)], until=NOW)
    assert taken == [("a", -9), ("b", -5), ("b", -4), ("a", -3)]
    assert steps == 4


def test_transfer_paths_follow_the_lawbook() -> None:
    flow = book().workflow("transfer")
    for path in (*PATHS.values(), *DETOURS):
        state = "proposed"
        for name in path:
            edge = flow.edge(state, STEPS[name].verb)
            assert edge is not None, (path, state, name)
            state = edge.target
    assert set(flow.states) == set(PATHS)


@pytest.mark.django_db
def test_demo_refuses_a_database_in_use() -> None:
    district()
    with pytest.raises(chronicle.DemoError, match="QINGYUAN_DATA"):
        chronicle.begin(SMALL)


@pytest.mark.django_db
def test_an_interrupted_chapter_is_loaded_again_and_a_loaded_one_is_left_alone() -> None:
    chronicle.begin(SMALL)
    before = counted()

    def stop(_at: datetime) -> None:
        stop.left -= 1  # type: ignore[attr-defined]
        if stop.left < 0:  # type: ignore[attr-defined]
            raise KeyboardInterrupt

    stop.left = 2  # type: ignore[attr-defined]
    with pytest.raises(KeyboardInterrupt):
        chronicle.load(next(chronicle.chapters(SMALL, stop)))
    assert counted() == before

    later = chronicle.begin(chronicle.Setting(NOW + timedelta(days=3), size=900))
    assert later == SMALL
    wanted = [chapter for chapter in chronicle.chapters(SMALL) if chapter.stage][:2]
    plan = next(chronicle.chapters(SMALL))
    assert all(chronicle.load(chapter) for chapter in (plan, *wanted))
    after = counted()
    assert after["任务"] > 200 and after["来件"] >= 2
    assert [chronicle.load(chapter) for chapter in (plan, *wanted)] == [0, 0, 0]
    assert counted() == after
    assert summary.first_fault() == ""


@pytest.mark.django_db
def test_members_of_every_role_can_sign_in(rf: Any) -> None:
    chronicle.begin(SMALL)
    members = apps.get_model("agencies", "Member").objects.in_bulk(field_name="username")
    for username, unit, role in LOGINS:
        assert role in members[username].roles and members[username].unit.code == unit
    assert authenticate(rf.post("/"), username="officer", password=PASSWORD) == members["officer"]


@pytest.mark.slow
@pytest.mark.django_db
def test_every_state_is_there_and_a_second_run_changes_nothing() -> None:
    chronicle.begin(SMALL)
    for chapter in chronicle.chapters(SMALL):
        chronicle.load(chapter)
    chronicle.finish(SMALL)
    found = summary.states()
    for label, kind in KINDS.items():
        wanted = set(book().workflow(kind).states)
        assert set(found[label]) == wanted, label
    assert {"assigned", "signed", "reported", "urged", "completed"} <= set(found["任务"])
    assert {"established", "assigned", "announced", "archived", "cancelled"} <= set(found["督办件"])
    routes = [transfer_test(facts, NOW.date(), book()).route for _case, facts in closed_cases_facts()]
    assert routes.count("must_transfer") >= 3
    assert summary.duties(at=NOW)["其中逾期"] > 0
    event = apps.get_model("ledger", "Event")
    assert not event.objects.filter(at__gt=NOW).exists()
    assert apps.get_model("ledger", "Seal").objects.count() > 20
    assert summary.first_fault() == ""

    before = counted()
    assert chronicle.begin(chronicle.Setting(NOW + timedelta(days=1))) == SMALL
    assert all(chronicle.load(chapter) == 0 for chapter in chronicle.chapters(SMALL))
    assert counted() == before
