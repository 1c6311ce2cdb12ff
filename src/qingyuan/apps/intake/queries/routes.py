"""The routing rules and the units they lead to, kept in memory while nothing about them changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from qingyuan.apps.agencies.access import audience
from qingyuan.apps.agencies.models import Region, Unit, UnitKind
from qingyuan.apps.intake.models import RoutingRule
from qingyuan.domain.routing import Conflict, conflicts
from qingyuan.domain.routing import RoutingRule as PureRule

STAMP = """SELECT coalesce((SELECT max(version) FROM intake_routingstamp), 0),
                  (SELECT md5(string_agg(concat_ws(':', id, code, kind, region_id, scope_id, active), ',' ORDER BY id))
                   FROM agencies_unit)"""


@dataclass
class RoutingTable:
    """What routing needs, as of one stamp: rules, units by code, and the audiences asked for so far."""

    stamp: tuple[int, str | None]
    rules: tuple[PureRule, ...]
    units: dict[str, Unit]
    _audiences: dict[tuple[frozenset[int], bool], list[int]] = field(default_factory=dict)

    def audience(self, *units: Unit, supervised: bool) -> list[int]:
        """Return who sees a record of these units; asked once for each combination."""
        key = frozenset(unit.pk for unit in units), supervised
        if key not in self._audiences:
            self._audiences[key] = audience(*units, supervised=supervised)
        return self._audiences[key]

    @property
    def powers(self) -> dict[str, frozenset[str]]:
        """What each unit may deal with: its line of government."""
        return {code: frozenset({unit.kind}) for code, unit in self.units.items()}

    def office(self, region: Region | str) -> Unit | None:
        """Return the 双打办 of a region, in whose queue unrouted matters wait."""
        code = region if isinstance(region, str) else region.pk
        return next(
            (u for u in self.units.values() if u.region_id == code and u.kind == UnitKind.OFFICE), None
        )


_kept: dict[str, RoutingTable] = {}


def routing_table() -> RoutingTable:
    """Return the routing table in force: one query when nothing changed since this process last read it."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        stamp = tuple(cursor.fetchone())
    kept = _kept.get("table")
    if kept is None or kept.stamp != stamp:
        rules = active_rules()
        units = {unit.code: unit for unit in Unit.objects.filter(active=True).select_related("region")}
        kept = _kept["table"] = RoutingTable(stamp, rules, units)
    return kept


def rules() -> QuerySet[RoutingRule, Any]:
    """Return all rules in the order they are asked."""
    return RoutingRule.objects.select_related("unit").order_by("priority", "pk")


def pure_rule(id: str, name: str, unit: str, priority: int, conditions: dict[str, Any]) -> PureRule:
    """Return a rule as the routing takes it. Raises ValueError for one that it does not take."""
    lists = {
        key: tuple(conditions.get(key, ()))
        for key in ("goods", "regions", "platforms", "sources", "words", "without")
    }
    return PureRule(id, name, unit, priority, power=str(conditions.get("power", "")), **lists)


def active_rules() -> tuple[PureRule, ...]:
    """Return the active rules as the routing takes them."""
    return tuple(
        pure_rule(str(rule.pk), rule.name, rule.unit.code, rule.priority, rule.conditions)
        for rule in RoutingRule.objects.filter(active=True).select_related("unit").order_by("priority", "pk")
    )


def rule_conflicts() -> tuple[Conflict, ...]:
    """Return the pairs of active rules that can send one letter to two units."""
    return conflicts(active_rules())
