"""The year's plan of 青禾区 and the office's work on it: tasks, reports, 催办, 督办, campaigns, meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from random import Random
from typing import Any

from django.apps import apps

from qingyuan.apps.plan import actions
from qingyuan.basics.clock import CHINA
from qingyuan.site.demo import papers
from qingyuan.site.demo.letters import Teller
from qingyuan.site.demo.telling import Life

SAMPLE = "qinghe-plan-2026.txt"
DRAFTED = date(2026, 1, 21)
DUE = ((3, 31), (6, 30), (9, 30), (11, 30), (12, 20))
"""Month and day by which the clauses of a part are due, part by part."""
BEARERS = ("officer", "leader", "police_officer", "prosecutor", "court_clerk", "destruction_supervisor")


def plan_life(teller: Teller) -> Life:
    """Tell the plan: uploaded, reviewed, adopted, and what the units do about their tasks."""
    by = teller.district.coordinator
    day = min(DRAFTED, teller.now.date() - timedelta(days=2))
    at = datetime.combine(day, time(9, 10), tzinfo=CHINA)
    yield at
    content = files("qingyuan.site").joinpath("samples", SAMPLE).read_bytes()
    plan = actions.draft_plan(content=content, name=SAMPLE, by=by, at=at)
    at += timedelta(hours=2)
    yield at
    for doubt in apps.get_model("plan", "Doubt").objects.filter(plan=plan, choice="").order_by("pk"):
        actions.resolve_doubt(doubt=doubt, choice="accepted", by=by, at=at)
    _schedule(plan, by, at)
    plan = actions.finish_review(plan=plan, by=by, at=at)
    at += timedelta(hours=3)
    yield at
    actions.adopt_plan(plan=plan, by=by, at=at)


def _schedule(plan: Any, by: Any, at: datetime) -> None:
    """Set a due day for every part of the plan."""
    clause = apps.get_model("plan", "Clause")
    parts = apps.get_model("plan", "Part").objects.filter(plan=plan).order_by("order")
    actions.set_schedule(plan=plan, due_on=date(plan.year, *DUE[-1]), by=by, at=at)
    for number, part in enumerate(parts):
        for half, due in enumerate((DUE[number % len(DUE)], DUE[-1])):
            chosen = (
                clause.objects.filter(point__section__part=part).order_by("pk").values_list("pk", flat=True)
            )
            keys = [pk for place, pk in enumerate(chosen) if place % 2 == half]
            actions.set_schedule(plan=plan, due_on=date(plan.year, *due), by=by, at=at, clauses=keys)


def work_lives(teller: Teller) -> list[Life]:
    """Return the lives of the adopted plan's tasks, the 督办件 on the late ones, the campaigns and the meetings."""
    tasks = list(
        apps.get_model("plan", "Task").objects.select_related("unit").filter(state="assigned").order_by("pk")
    )
    lives = [_task(teller.of(f"task-{number}"), task, number) for number, task in enumerate(tasks)]
    late = [task for number, task in enumerate(tasks) if number % 9 == SLOW]
    lives += [
        _supervision(teller.of(f"supervision-{number}"), task, number)
        for number, task in enumerate(late[:12])
    ]
    lives += [_campaigns(teller.of("campaigns")), *(_meeting(teller.of(f"meeting-{m}"), m) for m in MEETINGS)]
    return lives


SLOW = 4
FINISHED = (0, 1, 2)


def bearer(teller: Teller, unit: Any) -> Any:
    """Return the member of a unit who signs for its work."""
    return next(people[0] for role in BEARERS if (people := teller.district.staff.get((unit.code, role))))


def _task(teller: Teller, task: Any, number: int) -> Life:
    rng, diary, by = teller.rng, teller.diary, bearer(teller, task.unit)
    fate = number % 9
    if fate == 8:
        return
    at = diary.after(task.assigned_at, rng.randint(1, 9))
    yield at
    actions.sign(work=task, by=by, at=at)
    if fate in (SLOW, 7):
        return
    span = max(20, (task.due_at - task.assigned_at).days)
    for quarter in range(1, 4 if fate in FINISHED else 1 + rng.randint(1, 2)):
        at = max(diary.after(at, 1), diary.after(task.assigned_at, span * quarter // 4))
        yield at
        _report(task, by, at, 20 * quarter + rng.randint(0, 10))
    if fate not in FINISHED:
        return
    at = diary.after(at, max(1, span // 6))
    yield at
    _report(task, by, at, 100, done=True)
    at = diary.after(at, rng.randint(1, 6))
    yield at
    if fate == 2 and rng.random() < 0.4:
        office = teller.district.coordinator
        actions.reject(work=task, reason="佐证材料与数字不一致,请补充", by=office, at=at)
        return
    actions.complete(work=task, by=teller.district.coordinator, at=at)


def _report(work: Any, by: Any, at: datetime, percent: int, *, done: bool = False) -> None:
    rng = Random(f"{work.pk}-{percent}")
    figures = {"检查经营主体": str(rng.randint(8, 160)), "立案": str(rng.randint(0, 9))}
    actions.report(
        work=work,
        text=f"检查经营主体{figures['检查经营主体']}户,立案{figures['立案']}件,正在按计划推进。",
        percent=percent,
        figures=figures,
        evidence=[("现场照片.png", papers.picture(percent % 4))],
        result=("办理结果报告.txt", papers.text("办理结果报告")) if done else None,
        done=done,
        by=by,
        at=at,
    )


def _supervision(teller: Teller, task: Any, number: int) -> Life:
    """Press a late task: urge it, put it on the list, hand it over, and so on as far as `number` says."""
    rng, diary, by = teller.rng, teller.diary, teller.district.coordinator
    at = diary.after(task.assigned_at, 60 + rng.randint(0, 20))
    yield at
    if number % 2 == 0:
        actions.urge(work=task, reason="临近时限尚未反馈进展,请抓紧办理", by=by, at=at)
    at = diary.after(at, 10)
    yield at
    due_on = (at + timedelta(days=45)).date()
    matter = f"“{task.title[:60]}”至今没有反馈,请查明原因并限期办理。"
    work = actions.establish(
        unit=task.unit, title=task.title[:60], matter=matter, due_on=due_on, by=by, at=at, task=task
    )
    yield from _chain(teller, work, at, CHAINS[number % len(CHAINS)])


CHAINS: tuple[tuple[str, ...], ...] = (
    (), ("assign",), ("assign", "sign"), ("assign", "sign", "report"), ("assign", "sign", "urge"),
    ("assign", "sign", "report", "done", "complete"), ("assign", "sign", "done", "complete", "announce"),
    ("assign", "sign", "done", "complete", "archive"), ("cancel",), ("assign", "return"),
    ("assign", "urge"), ("assign", "sign", "done"),
)  # fmt: skip
"""督办 chains, as far as each goes."""


def _chain(teller: Teller, work: Any, at: datetime, steps: tuple[str, ...]) -> Life:
    office, unit = teller.district.coordinator, bearer(teller, work.unit)
    for name in steps:
        at = teller.diary.after(at, teller.rng.randint(2, 9))
        yield at
        STEPS[name](work, office, unit, at)


def _assign(work: Any, office: Any, _unit: Any, at: datetime) -> None:
    actions.assign(supervision=work, by=office, at=at, sign_by=(at + timedelta(days=5)).date())


def _announce(work: Any, office: Any, _unit: Any, at: datetime) -> None:
    title, body = "督办事项办理情况通报", "该事项已按要求办结。"
    actions.announce(supervisions=[work], title=title, body=body, by=office, at=at)


STEPS: dict[str, Callable[[Any, Any, Any, datetime], Any]] = {
    "assign": _assign,
    "sign": lambda work, _office, unit, at: actions.sign(work=work, by=unit, at=at),
    "report": lambda work, _office, unit, at: _report(work, unit, at, 45),
    "done": lambda work, _office, unit, at: _report(work, unit, at, 100, done=True),
    "urge": lambda work, office, _unit, at: actions.urge(
        work=work, reason="督办时限将至,请反馈", by=office, at=at
    ),
    "complete": lambda work, office, _unit, at: actions.complete(work=work, by=office, at=at),
    "announce": _announce,
    "archive": lambda work, office, _unit, at: actions.archive(supervision=work, by=office, at=at),
    "cancel": lambda work, office, _unit, at: actions.cancel(
        work=work, reason="与另一督办件重复", by=office, at=at
    ),
    "return": lambda work, _office, unit, at: actions.return_to_office(
        supervision=work, reason="该事项属于另一单位职责", by=unit, at=at
    ),
}
"""What each step of a chain does: work, coordinator, the unit's member, time."""
CAMPAIGNS = (
    ("清流2026", "cyberspace", 60, 250),
    ("书香护航2025", "publicity", 30, 330),
    ("护种", "agriculture", 40, 140),
)
"""Name in the plan, lead unit, first and last day counted from the plan's adoption."""


def _campaigns(teller: Teller) -> Life:
    by = teller.district.coordinator
    adopted = apps.get_model("plan", "Plan").objects.get(state="adopted").adopted_at
    for name, lead, first, last in CAMPAIGNS:
        at = teller.diary.after(adopted, first)
        yield at
        campaign = actions.start_campaign(
            name=name,
            lead=teller.district.units[lead],
            since=at.date(),
            until=(adopted + timedelta(days=last)).date(),
            purpose="集中整治突出问题,按月通报进展。",
            by=by,
            at=at,
        )
        if name == "护种":
            at = teller.diary.after(at, 110)
            yield at
            actions.close_campaign(campaign=campaign, summary="检查门店46家,立案5件,行动结束。", by=by, at=at)


MEETINGS = (35, 125, 215, 300)
"""Days after the plan's adoption on which the leading group meets."""


def _meeting(teller: Teller, day: int) -> Life:
    by, units = teller.district.coordinator, teller.district.units
    adopted = apps.get_model("plan", "Plan").objects.get(state="adopted").adopted_at
    called = teller.diary.after(adopted, day)
    yield called
    when = datetime.combine(
        teller.diary.working_day((called + timedelta(days=6)).date()), time(15), tzinfo=CHINA
    )
    invited = [unit for code, unit in units.items() if code not in ("office", "information")]
    agenda = [("通报各单位任务进展", units["office"]), ("研究两法衔接案件", units["procuratorate"])]
    meeting = actions.call_meeting(
        title=f"打击侵权假冒工作第{MEETINGS.index(day) + 1}次调度会",
        when=when,
        place="区政府三楼会议室",
        chair=teller.district.one("office", "leader").name,
        agenda=agenda,
        units=invited,
        by=by,
        at=called,
    )
    yield when
    came = {unit.pk: (teller.rng.choices(("present", "absent"), (9, 1))[0], "") for unit in invited}
    actions.record_attendance(meeting=meeting, came=came, by=by, at=when)
    at = teller.diary.after(when, 1)
    yield at
    unit = units[teller.rng.choice(("market", "commerce", "police", "agriculture"))]
    decided = actions.Decided("梳理近两年未移送案件并报送清单", unit, (at + timedelta(days=30)).date())
    minutes = "会议听取了各单位工作情况,分析了存在的问题,议定了下一步工作。"
    actions.write_minutes(meeting=meeting, minutes=minutes, decided=[decided], by=by, at=at)
