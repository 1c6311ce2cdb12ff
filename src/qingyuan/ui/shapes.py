"""The shapes that components show. Departments build these in their views; templates only read them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Light = Literal["red", "yellow", "green", "grey"]


@dataclass(frozen=True)
class Fact:
    """One line of a facts list: label, value (raw: dates and numbers are written out), a link, a pencil, a note."""

    label: Any
    value: Any
    url: str = ""
    edit_url: str = ""
    note: Any = ""


@dataclass(frozen=True)
class TimelineEvent:
    """What happened: moment, verb in words, actor and unit as text, facts (label, value), basis (citations as text)."""

    at: datetime
    text: Any
    actor: Any = ""
    unit: Any = ""
    facts: Sequence[tuple[Any, Any]] = ()
    basis: Sequence[Any] = ()
    icon: str = "history"
    tone: str = ""


@dataclass(frozen=True)
class SkippedDay:
    """A day that did not count, and why (周六, 国庆节放假)."""

    day: date
    reason: Any


@dataclass(frozen=True)
class Pause:
    """From when to when (None: still) the clock stood, and why."""

    start: date | datetime
    end: date | datetime | None
    reason: Any


@dataclass(frozen=True)
class Explanation:
    """为什么是这一天: start, what was counted (`7个工作日`), days skipped, pauses, extensions, article, more lines."""

    start: date | datetime
    counted: Any
    due: date | datetime
    skipped: Sequence[SkippedDay] = ()
    pauses: Sequence[Pause] = ()
    extensions: Sequence[Any] = ()
    articles: Sequence[Any] = ()
    lines: Sequence[Any] = ()


@dataclass(frozen=True)
class DutyCard:
    """One duty: what, by whom, when, its light with words (`剩2个工作日`), its state, its explanation."""

    title: Any
    due: date | datetime | None
    light: Light
    light_text: Any
    unit: Any = ""
    state: Any = ""
    url: str = ""
    action: Any = ""
    explanation: Explanation | None = None


@dataclass(frozen=True)
class Ground:
    """One reason why this member sees the record (`本单位承办`), with its basis."""

    text: Any
    basis: Any = ""


@dataclass(frozen=True)
class Progress:
    """Long work. `state`: waiting, running, finished or failed; `poll_url` answers with this component again.

    `total` None: the length is not known. `log_url`, `result_url`: where to go on.
    """

    label: Any
    state: Literal["waiting", "running", "finished", "failed"]
    done: int = 0
    total: int | None = None
    poll_url: str = ""
    result_url: str = ""
    result_label: Any = ""
    message: Any = ""


@dataclass(frozen=True)
class FileItem:
    """One file: name, address, size in bytes, kind, moment and person of upload, hash, whether opening is refused."""

    name: str
    url: str
    size: int = 0
    kind: Any = ""
    at: datetime | None = None
    by: Any = ""
    digest: str = ""
    locked: Any = ""


@dataclass(frozen=True)
class Chart:
    """A chart with its table. kind: line, bar, stacked, pie, waterfall, map.

    series: (name, values in the order of labels). A waterfall has one series of steps; a map's labels are place
    names and `map_url` its GeoJSON.
    """

    id: str
    kind: Literal["line", "bar", "stacked", "pie", "waterfall", "map"]
    title: Any
    labels: Sequence[Any]
    series: Sequence[tuple[Any, Sequence[Any]]]
    unit: Any = ""
    map_url: str = ""
    note: Any = ""

    def data(self) -> dict[str, Any]:
        """What charts.js reads."""
        return {
            "kind": self.kind,
            "title": str(self.title),
            "labels": [str(label) for label in self.labels],
            "series": [
                {"name": str(name), "values": [_number(v) for v in values]} for name, values in self.series
            ],
            "unit": str(self.unit),
            "map": self.map_url,
        }

    def table(self) -> list[tuple[Any, list[Any]]]:
        """Label → one value per series: the same figures without JavaScript."""
        return [
            (label, [values[index] for _name, values in self.series])
            for index, label in enumerate(self.labels)
        ]


@dataclass(frozen=True)
class Node:
    """A node of a graph: kind decides its shape and colour (party, person, place, phone, goods, case, domain)."""

    id: str
    label: Any
    kind: str = "party"
    url: str = ""
    marked: bool = False


@dataclass(frozen=True)
class Edge:
    """A connection between two nodes, in words (同一电话)."""

    source: str
    target: str
    label: Any = ""
    weight: float = 1.0


@dataclass(frozen=True)
class Graph:
    """A network with its table of connections."""

    id: str
    title: Any
    nodes: Sequence[Node]
    edges: Sequence[Edge] = field(default_factory=tuple)

    def data(self) -> dict[str, Any]:
        """What graph.js reads."""
        return {
            "nodes": [
                {"id": n.id, "label": str(n.label), "kind": n.kind, "url": n.url, "marked": n.marked}
                for n in self.nodes
            ],
            "edges": [
                {"source": e.source, "target": e.target, "label": str(e.label), "weight": e.weight}
                for e in self.edges
            ],
        }

    def table(self) -> list[tuple[Any, Any, Any]]:
        """(from, connection, to) in words."""
        names = {node.id: node.label for node in self.nodes}
        return [(names[edge.source], edge.label, names[edge.target]) for edge in self.edges]


@dataclass(frozen=True)
class PairRow:
    """One field of two records side by side. `agrees`: None where nothing can be said (one side is empty)."""

    label: Any
    left: Any
    right: Any
    agrees: bool | None
    note: Any = ""


@dataclass(frozen=True)
class Pair:
    """Two records that may be the same. reasons: (words, weight in points, positive speaks for)."""

    left_title: Any
    right_title: Any
    rows: Sequence[PairRow]
    reasons: Sequence[tuple[Any, float]] = ()
    left_url: str = ""
    right_url: str = ""
    score: Any = ""


def _number(value: Any) -> float | int | None:
    if value is None or isinstance(value, int):
        return value
    return float(value)
