"""The routing rules and the units they lead to, kept in memory while nothing about them changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from qingyuan.apps.agencies.access import audience
from qingyuan.apps.agencies.models import Region, Unit, UnitKind
from qingyuan.apps.intake.models import RoutingRule

STAMP = """SELECT coalesce((SELECT max(version) FROM intake_routingstamp), 0),
                  (SELECT md5(string_agg(concat_ws(':', id, code, kind, region_id, scope_id, active), ',' ORDER BY id))
                   FROM agencies_unit)"""


@dataclass
class RoutingTable:
    """What routing needs, as of one stamp: rules, units by code, and the audiences asked for so far."""

    stamp: tuple[int, str | None]
    rules: tuple[RoutingRule, ...]
    units: dict[str, Unit]
    _audiences: dict[tuple[frozenset[int], bool], list[int]] = field(default_factory=dict)

    def audience(self, *units: Unit, supervised: bool) -> list[int]:
        """Return who sees a record of these units; asked once for each combination."""
        key = frozenset(unit.pk for unit in units), supervised
        if key not in self._audiences:
            self._audiences[key] = audience(*units, supervised=supervised)
        return self._audiences[key]

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
        rules = tuple(
            RoutingRule.objects.filter(active=True).select_related("unit").order_by("priority", "pk")
        )
        units = {unit.code: unit for unit in Unit.objects.filter(active=True).select_related("region")}
        kept = _kept["table"] = RoutingTable(stamp, rules, units)
    return kept


def rules() -> QuerySet[RoutingRule, Any]:
    """Return all rules in the order they are asked."""
    return RoutingRule.objects.select_related("unit").order_by("priority", "pk")
