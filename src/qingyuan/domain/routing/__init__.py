"""Routing (分派): which unit a record goes to, by which rule, and on which of its words.

Rules are data kept by the office. The evaluation is pure: the same record and rules give the same answer, whatever
the order in which the rules come.
"""

from qingyuan.domain.routing.evaluation import conflicts, route
from qingyuan.domain.routing.rules import Conflict, Match, Matched, Routing, RoutingRecord, RoutingRule
from qingyuan.domain.routing.words import folded

__all__ = [
    "Conflict",
    "Match",
    "Matched",
    "Routing",
    "RoutingRecord",
    "RoutingRule",
    "conflicts",
    "folded",
    "route",
]
