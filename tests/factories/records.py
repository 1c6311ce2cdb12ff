"""One record of every kind that a URL can name, owned by the market regulator's unit, for the permission test.

Each maker gets the district and returns the record. A kind that stands in the permission table and not here
fails the test, with the kind's name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from decimal import Decimal
from typing import Any

from qingyuan.apps.agencies import actions as agencies
from tests.factories import cases as make_cases
from tests.factories import clues as make_clues
from tests.factories import intake as make_intake
from tests.factories import plan as make_plan
from tests.factories import registry as make_registry
from tests.factories import transfers as make_transfers
from tests.factories.agencies import SET_UP, District

LATER = SET_UP + timedelta(days=30)
PUNISHED = make_cases.FILED + timedelta(days=2)


def unit(district: District) -> Any:
    return district.market


def member(district: District) -> Any:
    return district.officer


def hand_over(district: District) -> Any:
    return agencies.propose_hand_over(
        giver=district.officer, receiver=district.colleague, reason="调离", by=district.officer, at=LATER
    )


def delegation(district: District) -> Any:
    return agencies.grant_delegation(
        principal=district.officer,
        delegate=district.colleague,
        since=LATER,
        until=LATER + timedelta(days=7),
        reason="出差",
        at=LATER,
    )


def token(district: District) -> Any:
    return agencies.issue_token(member=district.officer, name="热线", by=district.officer.actor, at=LATER)[0]


def saved_filter(district: District) -> Any:
    return agencies.save_filter(
        member=district.officer, listing="agencies.units", name="在用", query="active=1", shared=False
    )


def attachment(district: District) -> Any:
    from qingyuan.apps.files import actions as files
    from qingyuan.apps.ledger.actions import Subject

    return files.attach(
        content="照片清单".encode(),
        name="清单.txt",
        subject=Subject.of("clue", make_clues.received_clue(district).pk),
        by=district.officer.actor,
        at=make_clues.RECEIVED,
    )


def party(district: District) -> Any:
    return make_registry.party(by=district.officer, at=LATER)


def matter(district: District) -> Any:
    return make_intake.report(by=district.officer)


def import_batch(district: District) -> Any:
    from qingyuan.apps.intake import actions as intake

    rows = "登记编号,登记时间,被投诉主体,投诉内容\nN1,2026-05-05 09:30,青禾区某商行,买到假酒\n"
    return intake.upload_import(
        content=rows.encode(), name="工单.csv", by=district.officer, at=make_intake.RECEIVED
    )


def routing_rule(district: District) -> Any:
    from qingyuan.apps.intake import actions as intake

    return intake.set_routing_rule(
        rule=None,
        name="酒类",
        conditions={"goods": ["白酒"]},
        unit=district.market,
        priority=10,
        active=True,
        basis="区双打办分工方案",
        by=district.coordinator,
        at=LATER,
    )


def clue(district: District) -> Any:
    return make_clues.received_clue(district)


def clue_document(district: District) -> Any:
    from qingyuan.apps.clues import actions as clues

    return clues.make_document(
        clue=make_clues.verifying_clue(district),
        paper=make_clues.paper("filing_approval"),
        by=district.officer,
        at=make_clues.RECEIVED + timedelta(hours=2),
    )


def clue_matter(district: District) -> Any:
    from qingyuan.apps.clues import actions as clues

    origin = clues.Origin("inspection", "1", "检1", "现场检查", make_clues.RECEIVED)
    return make_clues.received_clue(district, matters=[origin]).matters.get()


def likeness(district: District) -> Any:
    from qingyuan.apps.clues.models import Likeness

    earlier = make_clues.received_clue(district)
    later = make_clues.received_clue(district, at=make_clues.RECEIVED + timedelta(days=2))
    return Likeness.objects.get(earlier=earlier, later=later)


def case(district: District) -> Any:
    return make_cases.completed_case(district)


def case_document(district: District) -> Any:
    from qingyuan.apps.cases import actions as cases

    return cases.make_document(
        case=make_cases.investigated_case(district),
        paper=make_clues.paper("extension_approval"),
        by=district.officer,
        at=PUNISHED,
    )


def evidence(district: District) -> Any:
    from qingyuan.apps.cases import actions as cases

    facts = cases.EvidenceFacts(
        kind="document",
        name="销售台账",
        origin="现场提取",
        obtained_at=PUNISHED,
        obtained_by="执法甲、执法乙",
        preserved=True,
    )
    at = PUNISHED + timedelta(hours=1)
    return cases.add_evidence(
        case=make_cases.investigated_case(district), facts=facts, by=district.officer, at=at
    )


def goods(district: District) -> Any:
    from qingyuan.apps.cases import actions as cases

    facts = cases.GoodsFacts(name="白酒", quantity=Decimal("120"), quantity_unit="瓶", disposal="held")
    return cases.enter_goods(
        case=make_cases.investigated_case(district), facts=facts, by=district.officer, at=PUNISHED
    )


def money_entry(district: District) -> Any:
    from qingyuan.apps.cases import actions as cases

    return cases.enter_money(
        case=make_cases.investigated_case(district),
        facts=make_cases.money_facts(),
        by=district.officer,
        at=PUNISHED,
    )


def transfer(district: District) -> Any:
    return make_transfers.proposed(district)


def transfer_document(district: District) -> Any:
    return make_transfers.handed_over(district).documents.first()


def plan(district: District) -> Any:
    return make_plan.drafted_plan(district, text=make_plan.UNKNOWN_UNIT)


def task(district: District) -> Any:
    return make_plan.task_of(make_plan.adopted_plan(district), district.market.code, number=2)


def supervision(district: District) -> Any:
    return make_plan.assigned_supervision(district, at=make_plan.DRAFTED)


def bulletin(district: District) -> Any:
    from qingyuan.apps.plan import actions as plans

    at = make_plan.DRAFTED + timedelta(days=30)
    work = supervision(district)
    plans.sign(work=work, by=district.officer, at=at)
    plans.report(
        work=work,
        text="已查处摊点3个。",
        percent=100,
        figures={},
        evidence=[("照片.txt", "照片".encode())],
        result=("结果.txt", "已办结".encode()),
        done=True,
        by=district.officer,
        at=at,
    )
    plans.complete(work=work, by=district.coordinator, at=at)
    return plans.announce(
        supervisions=[work],
        title="关于督办事项进展的通报",
        body="现将进展通报如下。",
        by=district.coordinator,
        at=at,
    )


def campaign(district: District) -> Any:
    from qingyuan.apps.plan import actions as plans

    return plans.start_campaign(
        name="清网2026",
        lead=district.market,
        since=make_plan.DRAFTED.date(),
        until=make_plan.DUE,
        by=district.coordinator,
        at=make_plan.DRAFTED,
    )


def meeting(district: District) -> Any:
    from qingyuan.apps.plan import actions as plans

    return plans.call_meeting(
        title="领导小组第一次联席会议",
        when=make_plan.DRAFTED + timedelta(days=7),
        place="区政府三楼会议室",
        chair="召集人甲",
        agenda=[("通报上年情况", district.market)],
        units=[district.market, district.police],
        by=district.coordinator,
        at=make_plan.DRAFTED,
    )


MAKERS: dict[str, Callable[[District], Any]] = {
    "unit": unit,
    "member": member,
    "hand-over": hand_over,
    "delegation": delegation,
    "token": token,
    "saved-filter": saved_filter,
    "attachment": attachment,
    "party": party,
    "matter": matter,
    "import": import_batch,
    "routing-rule": routing_rule,
    "clue": clue,
    "clue-document": clue_document,
    "clue-matter": clue_matter,
    "likeness": likeness,
    "case": case,
    "case-document": case_document,
    "evidence": evidence,
    "goods": goods,
    "money-entry": money_entry,
    "transfer": transfer,
    "transfer-document": transfer_document,
    "plan": plan,
    "task": task,
    "supervision": supervision,
    "bulletin": bulletin,
    "campaign": campaign,
    "meeting": meeting,
}

OWNERS = {"plan": "coordinator"}
"""Whose record it is where that is not the market regulator's officer: a draft is the office's own."""

SEEN_BY_ALL = frozenset({"unit", "party", "routing-rule"})
"""Kinds that every member with the role may see, whatever the unit."""

SEEN_IN_REGION = frozenset({"bulletin", "campaign"})
"""Kinds that every unit of the region sees; the district next door does not."""

PERSONAL = frozenset({"token", "saved-filter", "delegation", "hand-over", "member", "attachment"})
"""Kinds that belong to a person or stay inside the unit: the cooperating unit is as much a stranger as any other."""

VERBS = {
    "intake:step": "verify",
    "clues:step": "verify",
    "cases:step": "review",
    "transfers:step": "approve",
}
"""A step that the record of the maker can take now, for URLs that name one."""


def arguments(name: str, record: Any, converters: Collection[str]) -> dict[str, Any]:
    """Return what a URL's converters are filled with for a record: itself, a step of it, a part of it."""
    given: dict[str, Any] = {}
    for key in converters:
        if key == "verb":
            given[key] = VERBS[name]
        elif key == "listing":
            given[key] = "cases"
        elif key == "part":
            given[key] = "money" if record else "list"
        elif key in PARTS_OF_PLAN:
            given[key] = PARTS_OF_PLAN[key](record)
        else:
            given[key] = record.pk
    return given


def _clause(plan: Any) -> Any:
    return plan.parts.first().sections.first().points.first().clauses.first()


PARTS_OF_PLAN: dict[str, Callable[[Any], int]] = {
    "doubt": lambda plan: plan.doubts.first().pk,
    "section": lambda plan: plan.parts.first().sections.first().pk,
    "point": lambda plan: _clause(plan).point_id,
    "clause": lambda plan: _clause(plan).pk,
    "role": lambda plan: _clause(plan).roles.first().pk,
}
