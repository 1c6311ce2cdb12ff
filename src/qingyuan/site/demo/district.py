"""青禾区: its units and members, who signs in as whom, where letters go, and the filters they keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from qingyuan.apps.agencies import actions as agencies
from qingyuan.apps.clues import actions as clues
from qingyuan.apps.intake import actions as intake
from qingyuan.apps.ledger.actions import SYSTEM
from qingyuan.basics.clock import civil_date
from qingyuan.site.demo.names import person, phone

REGION = ("620499", "青禾区")
PASSWORD = "qinghe-demo-only"

UNITS: tuple[tuple[str, str, str, str, str, str], ...] = (
    # code, full name, short name, kind, roles of its members, word of its document numbers
    ("office", "云岭市青禾区打击侵权假冒工作领导小组办公室", "区双打办", "office",
     "coordinator coordinator leader", "青打假"),
    ("market", "云岭市青禾区市场监督管理局", "区市场监管局", "market_regulation",
     "officer officer officer officer leader", "青市监"),
    ("police", "云岭市公安局青禾分局", "青禾公安分局", "police", "police_officer police_officer leader", "青公"),
    ("procuratorate", "云岭市青禾区人民检察院", "区检察院", "procuratorate", "prosecutor prosecutor leader", "青检"),
    ("court", "云岭市青禾区人民法院", "区法院", "court", "court_clerk leader", "青法"),
    ("ecology", "云岭市生态环境局青禾分局", "区生态环境分局", "ecology", "destruction_supervisor leader", "青环"),
    ("agriculture", "云岭市青禾区农业农村局", "区农业农村局", "agriculture", "officer officer leader", "青农"),
    ("culture", "云岭市青禾区文化和旅游局", "区文旅局", "culture_tourism", "officer officer leader", "青文旅"),
    ("forestry", "云岭市青禾区林业和草原局", "区林草局", "forestry", "officer officer leader", "青林"),
    ("health", "云岭市青禾区卫生健康委员会", "区卫健委", "health", "officer officer leader", "青卫"),
    ("publicity", "中共云岭市青禾区委宣传部", "区委宣传部", "publicity", "officer leader", "青宣"),
    ("cyberspace", "中共云岭市青禾区委网络安全和信息化委员会办公室", "区委网信办", "cyberspace",
     "officer leader", "青网信"),
    ("politics", "中共云岭市青禾区委政法委员会", "区委政法委", "politics_law", "officer leader", "青政法"),
    ("reform", "云岭市青禾区发展和改革局", "区发改局", "development_reform", "officer leader", "青发改"),
    ("education", "云岭市青禾区教育局", "区教育局", "other", "officer leader", "青教"),
    ("industry", "云岭市青禾区工业和信息化局", "区工信局", "industry", "officer leader", "青工信"),
    ("justice", "云岭市青禾区司法局", "区司法局", "justice", "officer leader", "青司"),
    ("finance", "云岭市青禾区财政局", "区财政局", "finance", "officer leader", "青财"),
    ("commerce", "云岭市青禾区商务局", "区商务局", "commerce", "officer leader", "青商"),
    ("tax", "国家税务总局云岭市青禾区税务局", "区税务局", "tax", "officer leader", "青税"),
    ("affairs", "云岭市青禾区机关事务服务中心", "区机关事务中心", "other", "officer leader", "青机关"),
    ("cooperative", "云岭市青禾区供销合作社", "区供销社", "other", "officer leader", "青供"),
    ("post", "云岭市青禾区邮政管理局", "区邮政管理局", "other", "officer leader", "青邮"),
    ("chamber", "云岭市青禾区工商业联合会", "区工商联", "other", "leader", "青工商联"),
    ("information", "云岭市青禾区信息中心", "区信息中心", "information", "administrator", "青信"),
)  # fmt: skip
OUTSIDE = {"office", "information"}
"""Units that serve the leading group and are no members of it."""

LOGINS = (
    ("coordinator", "office", "coordinator"),
    ("officer", "market", "officer"),
    ("leader", "market", "leader"),
    ("police", "police", "police_officer"),
    ("prosecutor", "procuratorate", "prosecutor"),
    ("clerk", "court", "court_clerk"),
    ("destruction", "ecology", "destruction_supervisor"),
    ("administrator", "information", "administrator"),
)
"""User name, unit and role of the people one signs in as: one for each role of the design."""

ROUTES: tuple[tuple[str, str, dict[str, Any], int], ...] = (
    ("农资投诉举报", "agriculture", {"words": ["化肥", "种子", "农药"], "without": ["苗木"]}, 10),
    ("图书出版物", "culture", {"words": ["教辅图书", "盗版"]}, 10),
    ("林木种苗", "forestry", {"words": ["苗木"]}, 10),
    ("消毒产品", "health", {"words": ["消毒液"]}, 20),
    ("商品质量和商标", "market", {"words": [
        "白酒", "充电器", "洗衣液", "运动鞋", "手机配件", "食用油", "燃气灶", "保健食品",
    ]}, 50),
)  # fmt: skip
"""Name, unit, conditions, priority. What fits none waits for the coordinator."""

FILTERS = (
    ("officer", "matters", "举报", "kind=report"),
    ("officer", "clues", "核查中的线索", "state=verifying"),
    ("leader", "cases", "调查中的案件", "state=investigating"),
    ("coordinator", "tasks", "已催办的任务", "state=urged"),
    ("prosecutor", "transfers", "公安机关不予立案", "state=police_not_filed"),
)


@dataclass
class District:
    """青禾区 as the stories use it: units by code, members by unit and role."""

    units: dict[str, Any]
    staff: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    def one(self, unit: str, role: str, rng: Random | None = None) -> Any:
        """Return a member of a unit in a role, the first or one by chance."""
        people = self.staff[unit, role]
        return rng.choice(people) if rng else people[0]

    @property
    def coordinator(self) -> Any:
        """The first coordinator of the office."""
        return self.one("office", "coordinator")


def set_up(*, at: datetime, seed: str) -> District:
    """Set up the district: region, units, members who all sign in with the one password, routes, filters."""
    rng = Random(f"{seed}:district")
    region = apps.get_model("agencies", "Region").objects.create(code=REGION[0], name=REGION[1])
    encoded = make_password(PASSWORD)  # hashed once: the password is one and printed on the screen
    for code, name, short, kind, roles, _word in UNITS:
        unit = agencies.add_unit(
            code=code, name=name, short_name=short, kind=kind, region=region, by=SYSTEM, at=at
        )
        if code not in OUTSIDE:
            apps.get_model("agencies", "GroupMembership").objects.create(unit=unit, since=civil_date(at))
        _add_staff(unit, roles.split(), rng, encoded, at=at)
    district = load()
    _set_routes(district, at=at + timedelta(hours=1))
    for code, _name, _short, _kind, _roles, word in UNITS:
        clues.set_word(
            unit=district.units[code], word=word, by=district.coordinator, at=at + timedelta(hours=2)
        )
    people = {member.username: member for members in district.staff.values() for member in members}
    for username, listing, name, query in FILTERS:
        agencies.save_filter(member=people[username], listing=listing, name=name, query=query, shared=True)
    return district


def _add_staff(unit: Any, roles: list[str], rng: Random, encoded: str, *, at: datetime) -> None:
    fixed = {(code, role): username for username, code, role in LOGINS}
    for number, role in enumerate(roles, start=1):
        member = agencies.add_member(
            username=fixed.pop((unit.code, role), f"{unit.code}-{number}"),
            name=person(rng),
            unit=unit,
            roles=[role],
            by=SYSTEM,
            at=at,
            clearance=1 if role in ("leader", "prosecutor") else 0,
        )
        type(member).objects.filter(pk=member.pk).update(password=encoded, phone=phone(rng))


def _set_routes(district: District, *, at: datetime) -> None:
    for name, unit, conditions, priority in ROUTES:
        intake.set_routing_rule(
            rule=None,
            name=name,
            conditions=conditions,
            unit=district.units[unit],
            priority=priority,
            active=True,
            basis=_("青禾区打假办发〔2024〕1号"),
            by=district.coordinator,
            at=at,
        )


def load() -> District:
    """Return the district as it stands in the database."""
    units = apps.get_model("agencies", "Unit").objects.select_related("region").filter(region=REGION[0])
    district = District({unit.code: unit for unit in units})
    members = apps.get_model("agencies", "Member").objects.filter(unit__region=REGION[0], is_active=True)
    for member in members.select_related("unit__region").order_by("pk"):
        for role in member.roles:
            district.staff.setdefault((member.unit.code, role), []).append(member)
    return district
