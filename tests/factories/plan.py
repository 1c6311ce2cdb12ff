"""Builds plans and the work that follows from them, through the real actions, in the district of `agencies`."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from qingyuan.apps.agencies.models import GroupMembership
from qingyuan.apps.plan import actions
from qingyuan.apps.plan.models import Doubt, Plan, Supervision, Task
from qingyuan.basics.clock import CHINA
from tests.factories.agencies import SET_UP, District

DRAFTED = datetime(2026, 1, 12, 9, 0, tzinfo=CHINA)
DUE = date(2026, 11, 30)

TEXT = """2026年青禾区打击侵犯知识产权和制售假冒伪劣商品工作要点
一、深化重点治理
（一）互联网领域治理
1.开展“清网2026”专项行动，严厉打击网络销售假冒商品行为。（区市场监管局牵头，公安分局、区农业农村局配合）
2.加强网站备案管理，清理网上违法信息。（区市场监管局、公安分局按职责分工负责）
（二）农村市场治理
3.开展农资打假专项治理。（区农业农村局负责）建立农资经营主体信用档案。（区农业农村局牵头，区市场监管局配合）
二、加强司法保护
（三）全面履行检察职能
4.重点办理一批侵权假冒犯罪案件。（区检察院负责）
"""

WITH_SET = TEXT + "5.加强业务培训，交流经验做法。（区市场监管局牵头，领导小组有关成员单位按职责分工负责）\n"
UNKNOWN_UNIT = TEXT.replace("公安分局、区农业农村局配合", "区公安局、区农业农村局配合")


def enrol(district: District) -> None:
    """登记成员单位: let every unit but the office belong to the leading group from the set-up on."""
    GroupMembership.objects.bulk_create(
        GroupMembership(unit=unit, since=SET_UP.date())
        for key, unit in district.units.items()
        if key != "office"
    )


def drafted_plan(
    district: District, *, text: str = TEXT, at: datetime = DRAFTED, name: str = "plan.txt"
) -> Plan:
    """A plan as uploaded, with its doubts open."""
    return actions.draft_plan(content=text.encode(), name=name, by=district.coordinator, at=at)


def reviewed_plan(
    district: District, *, text: str = TEXT, at: datetime = DRAFTED, due_on: date = DUE
) -> Plan:
    """A plan whose doubts are accepted and whose clauses are all due on one day."""
    plan = drafted_plan(district, text=text, at=at)
    for doubt in Doubt.objects.filter(plan=plan, choice=""):
        actions.resolve_doubt(doubt=doubt, choice=Doubt.Choice.ACCEPTED, by=district.coordinator, at=at)
    actions.set_schedule(plan=plan, due_on=due_on, by=district.coordinator, at=at)
    return actions.finish_review(plan=plan, by=district.coordinator, at=at)


def adopted_plan(district: District, *, text: str = TEXT, at: datetime = DRAFTED, due_on: date = DUE) -> Plan:
    """A plan with its tasks made."""
    plan = reviewed_plan(district, text=text, at=at, due_on=due_on)
    return actions.adopt_plan(plan=plan, by=district.coordinator, at=at + timedelta(hours=1))


def task_of(plan: Plan, unit: str, number: int = 1) -> Task:
    """The task of a unit (by code) under a point (by number); the first where there are several."""
    return (
        Task.objects.filter(plan=plan, unit__code=unit, clause__point__number=number)
        .select_related("unit")
        .order_by("pk")[0]
    )


def reported_task(district: District, plan: Plan, *, at: datetime, done: bool = True) -> Task:
    """The market unit's lead task, signed and reported with evidence; `done` asks for confirmation."""
    task = task_of(plan, district.market.code)
    actions.sign(work=task, by=district.officer, at=at)
    actions.report(
        work=task,
        text="检查网店120家，立案3件。",
        percent=100 if done else 50,
        figures={"检查网店": "120", "立案": "3"},
        evidence=[("现场照片.txt", "照片清单".encode())],
        result=("办理结果.txt", "已完成".encode()),
        done=done,
        by=district.officer,
        at=at,
    )
    return Task.objects.select_related("unit").get(pk=task.pk)


def assigned_supervision(district: District, *, at: datetime, due_on: date = DUE) -> Supervision:
    """A free 督办件 handed to the market unit."""
    supervision = actions.establish(
        unit=district.market,
        title="核查群众反映的假冒商品摊点",
        matter="请核查青禾市场假冒商品摊点并依法处理。",
        due_on=due_on,
        by=district.coordinator,
        at=at,
    )
    return actions.assign(supervision=supervision, sign_by=due_on, by=district.coordinator, at=at)
