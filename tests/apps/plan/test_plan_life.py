"""From upload to the bulletin, through the real actions."""

from datetime import date, timedelta

import pytest

from qingyuan.apps.ledger.models import Event
from qingyuan.apps.ledger.queries import faults
from qingyuan.apps.plan import actions
from qingyuan.apps.plan.models import Clause, Doubt, Plan, Point, ProgressReport, Supervision, Task, UnitRole
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import District
from tests.factories.plan import (
    DRAFTED,
    DUE,
    TEXT,
    UNKNOWN_UNIT,
    WITH_SET,
    adopted_plan,
    assigned_supervision,
    drafted_plan,
    enrol,
    reported_task,
    reviewed_plan,
    task_of,
)

LATER = DRAFTED + timedelta(days=30)


def test_upload_reads_points_clauses_units_and_roles(qinghe: District) -> None:
    plan = drafted_plan(qinghe)
    assert (plan.year, plan.state) == (2026, Plan.State.DRAFT)
    roles = UnitRole.objects.filter(clause__point__section__part__plan=plan).order_by("start")
    assert [(role.unit.code, role.role) for role in roles] == [
        ("market", "lead"),
        ("police", "participant"),
        ("agriculture", "participant"),
        ("market", "shared"),
        ("police", "shared"),
        ("agriculture", "lead"),
        ("agriculture", "lead"),
        ("market", "participant"),
        ("procuratorate", "lead"),
    ]
    assert Clause.objects.filter(point__number=3, point__section__part__plan=plan).count() == 2
    for role in roles:
        assert plan.text[role.start : role.end] == role.raw


def test_same_file_again_changes_nothing(qinghe: District) -> None:
    plan = drafted_plan(qinghe)
    before = (Event.objects.count(), Clause.objects.count(), Doubt.objects.count())
    again = drafted_plan(qinghe, at=LATER, name="renamed.txt")
    assert again == plan
    assert (Event.objects.count(), Clause.objects.count(), Doubt.objects.count()) == before


def test_same_file_after_adoption_returns_the_adopted_plan(qinghe: District) -> None:
    plan = adopted_plan(qinghe)
    assert drafted_plan(qinghe, at=LATER) == plan
    assert Plan.objects.count() == 1


def test_unreadable_file_is_refused_and_nothing_is_written(qinghe: District) -> None:
    with pytest.raises(RefusedError, match="空的"):
        actions.draft_plan(content=b"  \n\n ", name="a.txt", by=qinghe.coordinator, at=DRAFTED)
    assert not Plan.objects.exists()


def test_file_without_a_year_asks_for_it(qinghe: District) -> None:
    text = TEXT.replace("2026年", "").replace("2026", "")
    with pytest.raises(RefusedError, match="年度"):
        drafted_plan(qinghe, text=text)
    plan = actions.draft_plan(
        content=text.encode(), name="a.txt", by=qinghe.coordinator, at=DRAFTED, year=2025
    )
    assert plan.year == 2025


def test_only_the_coordinator_drafts(qinghe: District) -> None:
    with pytest.raises(RefusedError):
        actions.draft_plan(content=TEXT.encode(), name="a.txt", by=qinghe.officer, at=DRAFTED)


def test_review_and_adoption_wait_for_open_doubts(qinghe: District) -> None:
    plan = drafted_plan(qinghe, text=UNKNOWN_UNIT)
    doubt = Doubt.objects.get(plan=plan, unit_role__raw="区公安局")
    actions.set_schedule(plan=plan, due_on=DUE, by=qinghe.coordinator, at=DRAFTED)
    with pytest.raises(RefusedError, match="疑点"):
        actions.finish_review(plan=plan, by=qinghe.coordinator, at=DRAFTED)
    with pytest.raises(RefusedError, match="疑点"):
        actions.adopt_plan(plan=plan, by=qinghe.coordinator, at=DRAFTED)
    assert not Task.objects.exists()
    actions.resolve_doubt(
        doubt=doubt,
        choice=Doubt.Choice.CORRECTED,
        unit=qinghe.police,
        remember=True,
        by=qinghe.coordinator,
        at=DRAFTED,
    )
    qinghe.police.refresh_from_db()
    assert "区公安局" in qinghe.police.aliases
    plan = actions.finish_review(plan=plan, by=qinghe.coordinator, at=DRAFTED)
    assert plan.state == Plan.State.REVIEWED


def test_remembered_alias_reads_next_plan_without_the_doubt(qinghe: District) -> None:
    plan = drafted_plan(qinghe, text=UNKNOWN_UNIT)
    doubt = Doubt.objects.get(plan=plan, unit_role__raw="区公安局")
    actions.resolve_doubt(
        doubt=doubt, choice="corrected", unit=qinghe.police, remember=True, by=qinghe.coordinator, at=DRAFTED
    )
    again = drafted_plan(qinghe, text=UNKNOWN_UNIT.replace("2026", "2027"), at=LATER)
    role = UnitRole.objects.get(clause__point__section__part__plan=again, raw="区公安局")
    assert role.unit == qinghe.police
    assert not Doubt.objects.filter(plan=again, code__in=["unit_unknown", "unit_unmatched"]).exists()


def test_accepted_unknown_name_without_a_unit_still_stops_adoption(qinghe: District) -> None:
    plan = reviewed_plan(qinghe, text=UNKNOWN_UNIT)
    with pytest.raises(RefusedError, match="责任主体"):
        actions.adopt_plan(plan=plan, by=qinghe.coordinator, at=DRAFTED)


def test_adoption_needs_due_days(qinghe: District) -> None:
    plan = drafted_plan(qinghe)
    for doubt in Doubt.objects.filter(plan=plan):
        actions.resolve_doubt(doubt=doubt, choice="accepted", by=qinghe.coordinator, at=DRAFTED)
    plan = actions.finish_review(plan=plan, by=qinghe.coordinator, at=DRAFTED)
    with pytest.raises(RefusedError, match="时限"):
        actions.adopt_plan(plan=plan, by=qinghe.coordinator, at=DRAFTED)


def test_adoption_makes_one_task_per_clause_and_unit(qinghe: District) -> None:
    plan = adopted_plan(qinghe)
    named = UnitRole.objects.filter(clause__point__section__part__plan=plan)
    assert Task.objects.filter(plan=plan).count() == named.count() == 9
    assert Event.objects.filter(verb="task.assign").count() == 9
    assert Event.objects.filter(verb="plan.adopt", subject_id=str(plan.pk)).count() == 1
    assert list(faults()) == []


def test_a_set_of_units_means_its_members_on_the_day_of_adoption(qinghe: District) -> None:
    enrol(qinghe)
    plan = adopted_plan(qinghe, text=WITH_SET)
    tasks = Task.objects.filter(plan=plan, clause__point__number=5)
    assert {(task.unit.code, task.from_collective) for task in tasks} == {
        ("market", False),
        ("police", True),
        ("procuratorate", True),
        ("court", True),
        ("agriculture", True),
    }


def test_a_set_of_units_nobody_belongs_to_is_refused(qinghe: District) -> None:
    with pytest.raises(RefusedError, match="成员单位"):
        adopted_plan(qinghe, text=WITH_SET)


def test_adoption_costs_the_same_whatever_the_size(qinghe: District, django_assert_max_num_queries) -> None:
    enrol(qinghe)
    lines = "".join(f"{n}.做好第{n}项工作。（领导小组有关成员单位按职责分工负责）\n" for n in range(6, 206))
    plan = reviewed_plan(qinghe, text=WITH_SET + lines)
    with django_assert_max_num_queries(45):
        actions.adopt_plan(plan=plan, by=qinghe.coordinator, at=DRAFTED)
    assert Task.objects.filter(plan=plan).count() > 1000


def test_corrections_keep_the_words_as_written(qinghe: District) -> None:
    plan = drafted_plan(qinghe)
    by = {"by": qinghe.coordinator, "at": DRAFTED}
    clause = Clause.objects.get(point__number=2, point__section__part__plan=plan)
    original = clause.text
    clause = actions.correct_clause(clause=clause, text="加强网站备案管理。", **by)
    assert (clause.text, clause.reading) == (original, "加强网站备案管理。")
    clause = actions.correct_clause(clause=clause, text=original, **by)
    assert clause.corrected == ""
    head = "加强网站备案管理，"
    second = actions.split_clause(clause=clause, head=head, **by)
    clause.refresh_from_db()
    assert clause.text + second.text == original
    assert set(second.roles.values_list("unit__code", flat=True)) == {"market", "police"}
    merged = actions.merge_clauses(clause=clause, **by)
    assert (merged.text, merged.roles.count(), merged.point.clauses.count()) == (original, 2, 1)
    role = actions.add_unit_role(clause=merged, unit=qinghe.court, role="participant", **by)
    actions.change_unit_role(unit_role=role, unit=qinghe.procuratorate, role="lead", **by)
    with pytest.raises(RefusedError, match="不能重复"):
        actions.add_unit_role(clause=merged, unit=qinghe.procuratorate, role="lead", **by)
    actions.remove_unit_role(unit_role=role, **by)
    assert merged.roles.count() == 2


def test_a_reviewed_plan_is_not_corrected_until_reopened(qinghe: District) -> None:
    plan = reviewed_plan(qinghe)
    clause = Clause.objects.filter(point__section__part__plan=plan)[0]
    with pytest.raises(RefusedError):
        actions.correct_clause(clause=clause, text="改", by=qinghe.coordinator, at=LATER)
    actions.reopen_plan(plan=plan, reason="文字有误", by=qinghe.coordinator, at=LATER)
    actions.correct_clause(clause=clause, text="改", by=qinghe.coordinator, at=LATER)


def test_second_person_is_told_what_changed(qinghe: District) -> None:
    plan = drafted_plan(qinghe)
    clause = Clause.objects.filter(point__section__part__plan=plan)[0]
    actions.correct_clause(clause=clause, text="甲改过", by=qinghe.coordinator, at=LATER, seen=1)
    with pytest.raises(RefusedError, match="更正识别结果"):
        actions.correct_clause(clause=clause, text="乙也改", by=qinghe.coordinator, at=LATER, seen=1)


def test_task_from_signature_to_confirmation(qinghe: District) -> None:
    plan = adopted_plan(qinghe)
    task = task_of(plan, "market")
    with pytest.raises(RefusedError, match="承办"):
        actions.sign(work=task, by=qinghe.agriculture_officer, at=LATER)
    actions.sign(work=task, by=qinghe.officer, at=LATER)
    with pytest.raises(RefusedError, match="佐证材料"):
        actions.report(work=task, text="完成", percent=100, done=True, by=qinghe.officer, at=LATER)
    assert not ProgressReport.objects.exists()
    actions.report(work=task, text="进行中", percent=40, by=qinghe.officer, at=LATER)
    with pytest.raises(RefusedError, match="办理结果报告"):
        actions.complete(work=task, by=qinghe.coordinator, at=LATER)
    rejected = actions.reject(work=task, reason="缺少数据", by=qinghe.coordinator, at=LATER)
    assert (rejected.state, rejected.urged) == ("urged", 1)
    actions.report(
        work=task,
        text="已完成",
        percent=100,
        evidence=[("a.txt", b"evidence")],
        result=("b.txt", b"result"),
        done=True,
        by=qinghe.officer,
        at=LATER,
    )
    task = actions.complete(work=task, by=qinghe.coordinator, at=LATER)
    assert (task.state, task.percent, task.closed_at) == ("completed", 100, LATER)
    verbs = Event.objects.filter(subject_kind="task", subject_id=str(task.pk)).order_by("sequence")
    steps = [verb for verb in verbs.values_list("verb", flat=True) if verb != "file.attached"]
    assert steps == [f"task.{v}" for v in ("assign", "sign", "report", "reject", "report", "complete")]
    assert list(faults()) == []


def test_repeated_urging_is_counted_and_the_job_leaves_a_week(qinghe: District) -> None:
    from qingyuan.apps.plan.jobs import urge_overdue_at

    plan = adopted_plan(qinghe, due_on=date(2026, 3, 31))
    after = DRAFTED.replace(month=4, day=10)
    assert urge_overdue_at(after) == Task.objects.filter(plan=plan).count()
    assert urge_overdue_at(after + timedelta(days=1)) == 0
    assert urge_overdue_at(after + timedelta(days=8)) == Task.objects.filter(plan=plan).count()
    assert set(Task.objects.filter(plan=plan).values_list("urged", flat=True)) == {2}


def test_supervision_from_establishment_to_bulletin(qinghe: District) -> None:
    supervision = assigned_supervision(qinghe, at=LATER)
    assert supervision.display_number == "督〔2026〕1号"
    by, at = qinghe.officer, LATER + timedelta(days=1)
    actions.sign(work=supervision, by=by, at=at)
    actions.report(
        work=supervision,
        text="已查处",
        percent=100,
        evidence=[("a.txt", b"evidence")],
        result=("b.txt", b"result"),
        done=True,
        by=by,
        at=at,
    )
    actions.urge(work=supervision, reason="请补充处罚决定", by=qinghe.coordinator, at=at)
    actions.report(work=supervision, text="已补充", percent=100, done=True, by=by, at=at)
    supervision = actions.complete(work=supervision, by=qinghe.coordinator, at=at)
    bulletin = actions.announce(
        supervisions=[supervision],
        title="督办通报",
        body="现将督办情况通报如下。",
        by=qinghe.coordinator,
        at=at,
    )
    assert bulletin.figures == [
        {"unit": "区市场监管局", "supervised": 1, "completed": 1, "late": 0, "urged": 1}
    ]
    assert Supervision.objects.get().state == "announced"
    assert list(faults()) == []


def test_supervision_returned_goes_to_another_unit(qinghe: District) -> None:
    supervision = assigned_supervision(qinghe, at=LATER)
    actions.return_to_office(
        supervision=supervision, reason="属农业农村部门职责", by=qinghe.officer, at=LATER
    )
    again = actions.assign(supervision=supervision, unit=qinghe.agriculture, by=qinghe.coordinator, at=LATER)
    assert (again.state, again.unit.code) == ("assigned", "agriculture")
    assert qinghe.market.scope_id not in again.seen_by


def test_one_open_supervision_per_task(qinghe: District) -> None:
    task = task_of(adopted_plan(qinghe), "market")
    facts = {"unit": task.unit, "title": "督办", "matter": "逾期", "due_on": DUE, "task": task}
    actions.establish(by=qinghe.coordinator, at=LATER, **facts)
    with pytest.raises(RefusedError, match="重复立项"):
        actions.establish(by=qinghe.coordinator, at=LATER, **facts)


def test_roll_over_keeps_lineage(qinghe: District) -> None:
    plan = adopted_plan(qinghe)
    by = {"by": qinghe.coordinator, "at": LATER}
    copy = actions.roll_over(plan=plan, year=2027, title="2027年工作要点", **by)
    points = Point.objects.filter(section__part__plan=copy).order_by("number")
    assert [(point.number, point.change, point.previous.number) for point in points] == [
        (n, "kept", n) for n in (1, 2, 3, 4)
    ]
    assert UnitRole.objects.filter(clause__point__section__part__plan=copy).count() == 9
    assert Doubt.objects.get(plan=copy).code == "campaign_year"
    clause = Clause.objects.get(point=points[1])
    actions.correct_clause(clause=clause, text="换了说法", **by)
    dropped = actions.mark_point(point=points[3], dropped=True, **by)
    new = actions.add_point(section=points[0].section, text="新增一项工作", **by)
    assert (Point.objects.get(pk=points[1].pk).change, dropped.change, new.change) == (
        "changed",
        "dropped",
        "new",
    )
    with pytest.raises(RefusedError, match="已有"):
        actions.roll_over(plan=plan, year=2027, title="再来", **by)


def test_uploaded_plan_finds_last_years_points(qinghe: District) -> None:
    adopted_plan(qinghe)
    text = TEXT.replace("2026", "2027").replace("清理网上违法信息", "全面清理整治网上违法信息")
    plan = drafted_plan(qinghe, text=text.replace("4.重点办理", "4.全新的一项完全不同的工作安排，"), at=LATER)
    points = Point.objects.filter(section__part__plan=plan).order_by("number")
    assert [point.change for point in points][:3] == ["changed", "changed", "kept"]


def test_year_is_closed_with_summary_and_word_on_the_unfinished(qinghe: District) -> None:
    plan = adopted_plan(qinghe)
    facts = {
        "summary": "年度总结".encode(),
        "summary_name": "总结.txt",
        "by": qinghe.coordinator,
        "at": LATER,
    }
    with pytest.raises(RefusedError, match="未完成任务"):
        actions.close_plan(plan=plan, carried="", **facts)
    plan = actions.close_plan(plan=plan, carried="未完成的转入下一年度。", **facts)
    assert plan.state == Plan.State.CLOSED


def test_campaign_takes_the_tasks_of_clauses_that_name_it(qinghe: District) -> None:
    plan = adopted_plan(qinghe)
    campaign = actions.start_campaign(
        name="清网2026",
        lead=qinghe.market,
        since=date(2026, 3, 1),
        until=date(2026, 6, 30),
        by=qinghe.coordinator,
        at=LATER,
    )
    assert set(campaign.tasks.all()) == set(Task.objects.filter(plan=plan, clause__point__number=1))
    task = task_of(plan, "procuratorate", 4)
    with pytest.raises(RefusedError, match="无权查看"):
        actions.attach_record(campaign=campaign, kind="task", pk=task.pk, by=qinghe.officer, at=LATER)
    for _again in range(2):
        actions.attach_record(campaign=campaign, kind="task", pk=task.pk, by=qinghe.prosecutor, at=LATER)
    assert campaign.records.count() == 1
    assert Event.objects.filter(verb="campaign.joined").count() == 1


def test_resolutions_of_a_meeting_become_supervisions(qinghe: District) -> None:
    meeting = actions.call_meeting(
        title="一季度联席会议",
        when=LATER,
        place="三楼会议室",
        chair="组长",
        agenda=[("通报进展", qinghe.market)],
        units=[qinghe.market, qinghe.police],
        by=qinghe.coordinator,
        at=DRAFTED,
    )
    with pytest.raises(RefusedError, match="代会人"):
        actions.record_attendance(
            meeting=meeting, came={qinghe.police.pk: ("substitute", "")}, by=qinghe.coordinator, at=LATER
        )
    came = {qinghe.market.pk: ("present", "负责人甲"), qinghe.police.pk: ("absent", "")}
    actions.record_attendance(meeting=meeting, came=came, by=qinghe.coordinator, at=LATER)
    decided = [actions.Decided("清理摊点", qinghe.market, DUE)]
    meeting = actions.write_minutes(
        meeting=meeting, minutes="会议听取汇报。", decided=decided, by=qinghe.coordinator, at=LATER
    )
    supervision = meeting.resolutions.get().supervision
    assert (supervision.origin, supervision.state, supervision.unit) == (
        "meeting",
        "established",
        qinghe.market,
    )
    with pytest.raises(RefusedError, match="已经形成"):
        actions.write_minutes(meeting=meeting, minutes="再写", decided=[], by=qinghe.coordinator, at=LATER)


def test_reported_task_is_ready_to_confirm(qinghe: District) -> None:
    task = reported_task(qinghe, adopted_plan(qinghe), at=LATER)
    assert (task.state, task.evidence, task.done_claimed) == ("reported", 1, True)
