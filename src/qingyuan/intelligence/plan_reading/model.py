"""What a plan says once it has been read: plain immutable values, each with its place in the text.

A `Span` is a pair of offsets (start, end) into `PlanReading.source`; `source[start:end]` is the words meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Role = Literal["lead", "participant", "shared"]


@dataclass(frozen=True, slots=True)
class UnitDuty:
    """One unit named in a responsibility bracket (责任单位).

    `raw` is the name as written, `unit` the settled one; `collective` marks a set of units such as
    领导小组有关成员单位, whose members depend on the day and are resolved elsewhere.
    """

    raw: str
    unit: str
    role: Role
    collective: bool
    span: Span


@dataclass(frozen=True, slots=True)
class CampaignName:
    """The quoted name of a campaign (专项行动), without its quotation marks."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Clause:
    """分项任务: the text that one responsibility bracket closes.

    `bracket` is None when the text has no bracket. `open_ended` says the list of units ends in a bare 等.
    `inherited` says the bracket stands in the heading above and is shared by every point below it.
    """

    text: str
    span: Span
    bracket: str | None
    bracket_span: Span | None
    units: tuple[UnitDuty, ...]
    campaigns: tuple[CampaignName, ...]
    open_ended: bool = False
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """要点: a numbered item. `number` is None where the text gives none; `label` is the number as printed."""

    number: int | None
    label: str
    clauses: tuple[Clause, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """节, usually （一）. A plan without this level has one section with an empty label and title."""

    label: str
    title: str
    text: str
    points: tuple[Point, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """部分, usually 一、. `text` is what stands between the title and the first section or point."""

    label: str
    title: str
    text: str
    sections: tuple[Section, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at: what, where, and what was assumed.

    `code` is stable (unit_slip, unit_abbreviation, unit_unknown, campaign_year, no_bracket, …).
    """

    code: str
    message: str
    point: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A whole plan as read. `year` is the plan's year, None when the text names none."""

    title: str
    year: int | None
    parts: tuple[Part, ...]
    doubts: tuple[Doubt, ...]
    source: str

    @property
    def warnings(self) -> tuple[str, ...]:
        """The doubts' messages, in the order of the text."""
        return tuple(doubt.message for doubt in self.doubts)

    def sections(self) -> Iterator[Section]:
        """Every section, in the order of the text."""
        for part in self.parts:
            yield from part.sections

    def points(self) -> Iterator[Point]:
        """Every point, in the order of the text."""
        for section in self.sections():
            yield from section.points

    def clauses(self) -> Iterator[Clause]:
        """Every clause, in the order of the text."""
        for point in self.points():
            yield from point.clauses
