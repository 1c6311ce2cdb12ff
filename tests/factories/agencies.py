"""Builds 青禾区: a synthetic region with its units and one member per kind of work, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qingyuan.apps.agencies.actions import add_member, add_unit
from qingyuan.apps.agencies.models import Member, Region, Role, Unit, UnitKind
from qingyuan.apps.ledger.actions import SYSTEM
from qingyuan.basics.clock import CHINA

SET_UP = datetime(2019, 12, 2, 9, 0, tzinfo=CHINA)
"""When the synthetic district was set up: before every rule of the book that tests look at."""

PASSWORD = "qinghe-district-2020"

UNITS: dict[str, tuple[str, str, UnitKind]] = {
    "office": ("青禾区打击侵权假冒工作领导小组办公室", "区双打办", UnitKind.OFFICE),
    "market": ("青禾区市场监督管理局", "区市场监管局", UnitKind.MARKET_REGULATION),
    "police": ("青禾市公安局青禾分局", "公安分局", UnitKind.POLICE),
    "procuratorate": ("青禾区人民检察院", "区检察院", UnitKind.PROCURATORATE),
    "court": ("青禾区人民法院", "区法院", UnitKind.COURT),
    "agriculture": ("青禾区农业农村局", "区农业农村局", UnitKind.AGRICULTURE),
}

MEMBERS: dict[str, tuple[str, str, tuple[Role, ...]]] = {
    "coordinator": ("统筹甲", "office", (Role.COORDINATOR,)),
    "officer": ("执法甲", "market", (Role.OFFICER,)),
    "colleague": ("执法乙", "market", (Role.OFFICER,)),
    "leader": ("负责人甲", "market", (Role.LEADER,)),
    "agriculture_officer": ("农业执法甲", "agriculture", (Role.OFFICER,)),
    "agriculture_leader": ("农业负责人甲", "agriculture", (Role.LEADER,)),
    "police_officer": ("民警甲", "police", (Role.POLICE_OFFICER,)),
    "police_leader": ("公安负责人甲", "police", (Role.LEADER,)),
    "prosecutor": ("检察官甲", "procuratorate", (Role.PROSECUTOR,)),
    "court_clerk": ("书记员甲", "court", (Role.COURT_CLERK,)),
    "administrator": ("管理员甲", "office", (Role.ADMINISTRATOR,)),
}


@dataclass(frozen=True)
class District:
    """青禾区 as tests use it: `units["market"]`, `members["officer"]`, or `district.market`, `district.officer`."""

    region: Region
    units: dict[str, Unit]
    members: dict[str, Member]

    def __getattr__(self, name: str) -> Unit | Member:
        for people in (self.units, self.members):
            if name in people:
                return people[name]
        raise AttributeError(name)


def district(*, at: datetime = SET_UP, password: str | None = None, code: str = "620499") -> District:
    """Set up 青禾区 (`code`) with its six units and their members.

    With `password` the members can sign in with it (slow to hash); without, use `client.force_login`. A second
    district in one test needs another `code`; its unit codes and user names end in it.
    """
    suffix = "" if code == "620499" else f"-{code}"
    region = Region.objects.create(code=code, name="青禾区")
    units = {
        key: add_unit(
            code=f"{key}{suffix}",
            name=name,
            short_name=short,
            kind=kind,
            region=region,
            by=SYSTEM,
            at=at,
        )
        for key, (name, short, kind) in UNITS.items()
    }
    members = {
        key: add_member(
            username=f"{key}{suffix}",
            name=name,
            unit=units[unit],
            roles=held,
            by=SYSTEM,
            at=at,
            password=password,
        )
        for key, (name, unit, held) in MEMBERS.items()
    }
    return District(region, units, members)
