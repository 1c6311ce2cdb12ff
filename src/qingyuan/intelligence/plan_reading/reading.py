"""Reading a plan: from its text to parts, sections, points, clauses, units, roles and campaigns.

A pure function of the text: the same text gives the same reading. It never fails on any text; what it is
not sure of it says in `doubts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .brackets import DutyBracket, find_duty_brackets
from .campaigns import campaign_year
from .clauses import ClauseReader
from .directory import UnitDirectory
from .documents import Document
from .duties import Assignment
from .model import Doubt, Part, PlanReading, Point, Section
from .outline import Item, PartOutline, SectionOutline, find_outline
from .settling import settle_names
from .terms import term_slips
from .titles import find_title, find_year, split_heading
from .units import is_collective, without_remark


def read_plan(document: Document | str, *, directory: UnitDirectory | None = None) -> PlanReading:
    """Read a plan from an extracted document or plain text.

    `directory` gives the settled names of known units; without it the document's own usage decides.
    """
    if isinstance(document, str):
        document = Document(document)
    text = document.text
    brackets = find_duty_brackets(text)
    outline = find_outline(text, brackets, document.headings)
    names = (without_remark(item.raw) for item in _assignments(brackets) if not is_collective(item.raw))
    clauses = ClauseReader(text, brackets, settle_names(names, directory))
    builder = _Builder(text, clauses, last=_last_item(outline.parts))
    parts = tuple(builder.part(part) for part in outline.parts if part.head or part.sections)
    title = find_title(text, outline.body[0], document.headings)
    year = find_year(title, text, outline.body[0])
    reading = PlanReading(title, year, _without_empty(parts), (), text)
    doubts = [*clauses.doubts, *_campaign_doubts(reading), *_term_doubts(reading)]
    doubts += _outline_doubts(reading, brackets)
    for label in outline.skipped:
        message = f"“{label.text}”之前似乎缺了一个编号，请核对"
        doubts.append(Doubt("number_gap", message, label.text, (label.start, label.end)))
    doubts.sort(key=lambda doubt: doubt.span or (-1, -1))
    return PlanReading(title, year, reading.parts, tuple(doubts), text)


@dataclass(frozen=True, slots=True)
class _Builder:
    """Turns the outline into parts, sections and points."""

    text: str
    clauses: ClauseReader
    last: Item | None

    def part(self, outline: PartOutline) -> Part:
        """The part; a duty in its own words becomes a point of an unnamed section."""
        head = outline.head
        first = outline.sections[0] if outline.sections else None
        if head is None:
            sections = tuple(self.section(item, None) for item in outline.sections)
            return Part("", "", "", sections, _extent([section.span for section in sections]))
        title, text, inherited, own = self._head(head, has_items=first is not None)
        sections = tuple(self.section(item, inherited) for item in outline.sections)
        if own:
            sections = (Section("", "", "", (own,), own.span), *sections)
        span = _extent([(_begin(head), head.end), *(section.span for section in sections)])
        return Part(_label(head), title, text, sections, span)

    def section(self, outline: SectionOutline, inherited: DutyBracket | None) -> Section:
        """The section; `inherited` is the bracket in the heading of its part."""
        head, title, text = outline.head, "", ""
        own: Point | None = None
        if head is not None:
            title, text, nearer, own = self._head(head, has_items=bool(outline.points))
            inherited = nearer or inherited
        points = tuple(self.point(item, inherited) for item in outline.points)
        points = (own, *points) if own else points
        spans = [point.span for point in points]
        if head is not None:
            spans.append((_begin(head), head.end))
        return Section(_label(head) if head else "", title, text, points, _extent(spans))

    def point(self, item: Item, inherited: DutyBracket | None) -> Point:
        """The point with its clauses; `inherited` serves clauses that have no bracket of their own."""
        place = f"第{item.label.number}点" if item.label else "未编号段落"
        clauses = self.clauses.read(
            item.start, item.end, place=place, last=item is self.last, inherited=inherited
        )
        number = item.label.number if item.label else None
        return Point(number, item.label.text if item.label else "", clauses, (_begin(item), item.end))

    def _head(self, head: Item, *, has_items: bool) -> tuple[str, str, DutyBracket | None, Point | None]:
        """Title, introduction, bracket for the items below, and the point made by a heading with a duty."""
        brackets = self.clauses.within(head.start, head.end)
        if not brackets:
            title, rest = split_heading(self.text, head.start, head.end, has_items=has_items)
            return title, self.text[slice(*rest)].strip(), None, None
        first = brackets[0]
        title, rest = split_heading(self.text, head.start, first.span[0], has_items=True)
        text = self.text[slice(*rest)].strip()
        if has_items and len(brackets) == 1:
            return title, text, first, None
        clauses = self.clauses.read(
            head.start, head.end, place=f"“{_label(head)}{title}”", last=head is self.last
        )
        return title, "", None, Point(None, "", clauses, (_begin(head), head.end))


def _assignments(brackets: Sequence[DutyBracket]) -> list[Assignment]:
    return [item for bracket in brackets for item in bracket.duty.assignments]


def _label(item: Item) -> str:
    return item.label.text if item.label else ""


def _begin(item: Item) -> int:
    return item.label.start if item.label else item.start


def _extent(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else (0, 0)


def _last_item(parts: Sequence[PartOutline]) -> Item | None:
    items: list[Item] = []
    for part in parts:
        items += [part.head] if part.head else []
        for section in part.sections:
            items += [section.head] if section.head else []
            items += section.points
    return max(items, key=lambda item: item.end, default=None)


def _without_empty(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.label or any(section.points for section in part.sections))


def _campaign_doubts(reading: PlanReading) -> list[Doubt]:
    """Campaigns that carry another year than the plan's: usually left over from the year before."""
    doubts: list[Doubt] = []
    for point in reading.points():
        for clause in point.clauses:
            doubts += [
                Doubt(
                    "campaign_year",
                    f"第{point.number}点：专项行动“{name.name}”是{year}年的，与本计划年度{reading.year}年不符，请核对",
                    f"第{point.number}点",
                    name.span,
                )
                for name in clause.campaigns
                if (year := campaign_year(name.name)) is not None and reading.year not in (None, year)
            ]
    return doubts


def _term_doubts(reading: PlanReading) -> list[Doubt]:
    """Controlled terms with a wrong letter."""
    doubts: list[Doubt] = []
    for slip in term_slips(reading.source):
        points = (point for point in reading.points() if point.span[0] <= slip.span[0] < point.span[1])
        point = next(points, None)
        place = f"第{point.number}点" if point is not None else "正文"
        message = f"{place}：“{slip.words}”疑为“{slip.term}”之误，原文未改，请核对"
        doubts.append(Doubt("term_slip", message, place, slip.span))
    return doubts


def _outline_doubts(reading: PlanReading, brackets: Sequence[DutyBracket]) -> list[Doubt]:
    """What the whole document lacks, and brackets that found no place in it."""
    if not brackets:
        message = "全文没有找到责任括号（如“（区市场监管局负责）”）或“责任单位：”一行，没有读出任何责任单位"
        return [Doubt("no_duty", message, "", None)]
    used = {clause.bracket_span for clause in reading.clauses()}
    return [
        Doubt("bracket_outside", "这个责任括号不在任何要点之内，没有采用，请核对", "", bracket.span)
        for bracket in brackets
        if bracket.span not in used
    ]
