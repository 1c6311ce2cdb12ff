"""青禾区 for measuring: units with their share of the work, and the members whose eyes the pages are seen through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from qingyuan.apps.agencies.actions import add_member, add_unit, issue_token
from qingyuan.apps.agencies.models import Member, Region, Role, Unit, UnitKind
from qingyuan.apps.ledger.actions import SYSTEM

SHARES: dict[str, tuple[str, UnitKind, float]] = {
    "market": ("区市场监管局", UnitKind.MARKET_REGULATION, 0.30),
    "agriculture": ("区农业农村局", UnitKind.AGRICULTURE, 0.15),
    "culture": ("区文旅局", UnitKind.CULTURE_TOURISM, 0.15),
    "health": ("区卫健局", UnitKind.HEALTH, 0.12),
    "commerce": ("区商务局", UnitKind.COMMERCE, 0.10),
    "industry": ("区工信局", UnitKind.INDUSTRY, 0.08),
    "ecology": ("生态环境分局", UnitKind.ECOLOGY, 0.05),
    "publicity": ("区委宣传部", UnitKind.PUBLICITY, 0.0399),
    "forestry": ("区林草局", UnitKind.FORESTRY, 0.01),
    "cyberspace": ("区委网信办", UnitKind.CYBERSPACE, 0.0001),
}
"""Unit → name, kind, share of all records; together 1."""


@dataclass(frozen=True)
class District:
    """What loading and measuring need of the district."""

    region: Region
    units: dict[str, Unit]
    third: Member
    """An officer who sees 30 % of all records."""
    few: Member
    """An officer who sees one record in ten thousand."""
    everything: Member
    """The coordinator, who sees all."""
    token: str
    """An interface token of the coordinator."""

    @property
    def bounds(self) -> list[float]:
        """Where in [0, 1) the share of each unit but the first begins."""
        return list(accumulate(share for _name, _kind, share in SHARES.values()))[:-1]


def set_up(at: datetime) -> District:
    """Make the district through the real actions."""
    region = Region.objects.create(code="620499", name="青禾区")

    def unit(code: str, name: str, kind: UnitKind) -> Unit:
        return add_unit(code=code, name=name, short_name=name, kind=kind, region=region, by=SYSTEM, at=at)

    units = {code: unit(code, name, kind) for code, (name, kind, _share) in SHARES.items()}
    units["office"] = unit("office", "区双打办", UnitKind.OFFICE)
    units["procuratorate"] = unit("procuratorate", "区检察院", UnitKind.PROCURATORATE)

    def member(username: str, name: str, unit: str, role: Role) -> Member:
        return add_member(username=username, name=name, unit=units[unit], roles=[role], by=SYSTEM, at=at)

    coordinator = member("coordinator", "统筹甲", "office", Role.COORDINATOR)
    _token, secret = issue_token(member=coordinator, name="测量", by=coordinator.actor, at=at)
    return District(
        region=region,
        units=units,
        third=member("officer", "执法甲", "market", Role.OFFICER),
        few=member("other", "执法乙", "cyberspace", Role.OFFICER),
        everything=coordinator,
        token=secret,
    )
