"""What pages show of a plan: the source cut into marked pieces, progress by part, the difference of two years."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from qingyuan.apps.plan.models import Doubt, Part, Plan, Point
from qingyuan.apps.plan.queries import trees


@dataclass(frozen=True)
class Piece:
    """A stretch of the source: its words, the clause it lies in, and whether it is a name or in doubt.

    `first` marks the first piece of its clause: it carries the anchor.
    """

    text: str
    clause: int | None
    first: bool
    role: bool
    doubt: bool


def marked_source(text: str, parts: Sequence[Part], doubts: Iterable[Doubt]) -> list[Piece]:
    """Cut the source at every clause, name and doubt, so that a template can mark each piece."""
    clauses = [
        (clause.start, clause.end, clause.pk)
        for _part, _section, _point, clause in trees.clauses_of(list(parts))
        if clause.end > clause.start
    ]
    roles = [
        (role.start, role.end)
        for _part, _section, _point, clause in trees.clauses_of(list(parts))
        for role in clause.roles.all()
        if role.end > role.start
    ]
    open_doubts = [(d.start, d.end) for d in doubts if d.start is not None and not d.choice]
    edges = {0, len(text)}
    for spans in (roles, open_doubts, [(start, end) for start, end, _pk in clauses]):
        edges.update(edge for span in spans for edge in span if edge <= len(text))
    places = sorted(edges)
    owner = _cover(places, clauses)
    named = _cover(places, [(start, end, 1) for start, end in roles])
    doubted = _cover(places, [(start, end, 1) for start, end in open_doubts])
    pieces, seen = [], set()
    for index, (start, end) in enumerate(itertools.pairwise(places)):
        clause = owner[index]
        first = clause is not None and clause not in seen
        seen.add(clause)
        pieces.append(
            Piece(text[start:end], clause, first, named[index] is not None, doubted[index] is not None)
        )
    return pieces


def _cover(places: list[int], spans: Iterable[tuple[int, int, int]]) -> list[int | None]:
    """For each stretch between two places, the key of the span that covers it; the first span wins."""
    position = {place: index for index, place in enumerate(places)}
    covered: list[int | None] = [None] * max(len(places) - 1, 0)
    for start, end, key in spans:
        if start in position and end in position:
            for index in range(position[start], position[end]):
                if covered[index] is None:
                    covered[index] = key
    return covered


@dataclass
class Progress:
    """Progress of one piece of the plan and of what lies below it."""

    label: str
    title: str
    level: str
    total: int = 0
    done: int = 0
    overdue: int = 0
    bare: int = 0
    pk: int | None = None
    children: list[Progress] = field(default_factory=list)

    @property
    def percent(self) -> int:
        """The share of tasks confirmed as finished."""
        return self.done * 100 // self.total if self.total else 0

    def add(self, other: Any) -> None:
        """Count another piece's tasks to this one."""
        counts = other if isinstance(other, dict) else vars(other)
        for name in ("total", "done", "overdue", "bare"):
            setattr(self, name, getattr(self, name) + counts.get(name, 0))


def progress_of(parts: Sequence[Part], counts: dict[int, dict[str, int]]) -> list[Progress]:
    """Return the plan's parts with sections and points, each with the sums of the tasks below it."""
    rows = []
    for part in parts:
        top = Progress(part.label, part.title, "part", pk=part.pk)
        for section in part.sections.all():
            middle = Progress(section.label, section.title, "section", pk=section.pk)
            for point in section.points.all():
                middle.children.append(_point_progress(point, counts))
                middle.add(middle.children[-1])
            top.children.append(middle)
            top.add(middle)
        rows.append(top)
    return rows


def _point_progress(point: Point, counts: dict[int, dict[str, int]]) -> Progress:
    clauses = list(point.clauses.all())
    words = "".join(clause.reading for clause in clauses)
    row = Progress(point.label, " ".join(words.split()), "point", pk=point.pk)
    for clause in clauses:
        row.add(counts.get(clause.pk, {}))
    return row


@dataclass(frozen=True)
class Difference:
    """One row of the page of differences: what became of a point from one year to the next."""

    change: str
    label: str
    before: str
    after: str


def differences(plan: Plan) -> list[Difference]:
    """Return what became of every point: kept, changed, dropped, new; dropped ones of last year at the end."""
    after, labels = _words(plan), _points(plan)
    if plan.previous is None:
        return [Difference("new", point.label, "", after.get(point.pk, "")) for point in labels.values()]
    before = _words(plan.previous)
    rows = [
        Difference(point.change, point.label, before.get(point.previous_id or 0, ""), after.get(point.pk, ""))
        for point in labels.values()
    ]
    followed = {point.previous_id for point in labels.values()}
    gone = [point for point in _points(plan.previous).values() if point.pk not in followed]
    return rows + [
        Difference("dropped", point.label, before.get(point.pk, ""), "")
        for point in gone
        if point.change != Point.Change.DROPPED
    ]


def _points(plan: Plan) -> dict[int, Point]:
    points = Point.objects.filter(section__part__plan=plan).order_by(
        "section__part__order", "section__order", "order"
    )
    return {point.pk: point for point in points}


def _words(plan: Plan) -> dict[int, str]:
    words: dict[int, str] = {}
    for _part, _section, point, clause in trees.clauses_of(trees.tree(plan)):
        words[point.pk] = words.get(point.pk, "") + clause.reading
    return words
