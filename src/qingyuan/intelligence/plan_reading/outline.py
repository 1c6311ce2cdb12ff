"""The outline of a plan: which kind of label makes parts, which sections, which points.

Plans differ (一、→（一）→1.; 一、→（一）; 第一章→第一条; paragraphs only). Points are the deepest kind of label most
of whose items carry a responsibility bracket; the two kinds above are sections and parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .brackets import DutyBracket
from .documents import Heading
from .labels import Label, LabelKind, believed_labels, candidate_labels
from .model import Span

_SMALLEST_SHARE = 1 / 3
_COMMON_SHARE = 0.6
_ATTACHMENT = re.compile(r"^[ \t　]*附\s*(?:件|表|录)\s*\d{0,2}\s*[:：]?", re.MULTILINE)
_ATTACHMENT_LINE = re.compile(r"^[ \t　]*附\s*件\s*\d{0,2}\s*[:：]?[ \t　]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Item:
    """A label and its own words, which end where the next label of the outline begins."""

    label: Label | None
    start: int
    end: int


@dataclass(slots=True)
class SectionOutline:
    """A section's heading (None where the level is missing) and its points."""

    head: Item | None
    points: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class PartOutline:
    """A part's heading (None where the level is missing) and its sections."""

    head: Item | None
    sections: list[SectionOutline] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """Parts of a plan; `body` is where the plan itself stands, after its title and preface."""

    parts: tuple[PartOutline, ...]
    body: Span
    skipped: tuple[Label, ...]  # labels before which a number is missing


def find_outline(text: str, brackets: Sequence[DutyBracket], headings: Sequence[Heading] = ()) -> Outline:
    """Outline of the text, given its responsibility brackets and, where the format has them, its headings."""
    candidates = [label for label in candidate_labels(text) if not _inside(label.start, brackets)]
    start, end = _body(text, candidates, brackets)
    candidates = [label for label in candidates if start <= label.start < end]
    if not any(label.kind < LabelKind.ARABIC for label in candidates):
        candidates += _labels_of_headings(headings)
    labels = _without_preface(believed_labels(candidates), brackets)
    brackets = [bracket for bracket in brackets if start <= bracket.span[0] < end]
    if not labels:
        points = _paragraphs(text, brackets)
        begin = points[0].start if points else 0
        return Outline((PartOutline(None, [SectionOutline(None, points)]),), (begin, end), ())
    kinds = _levels(labels, brackets, end)
    chosen = [label for label in labels if label.kind <= kinds[-1]]
    skipped = tuple(label for label in chosen if label.jumped)
    return Outline(tuple(_build(chosen, kinds, end)), (chosen[0].start, end), skipped)


def _inside(place: int, brackets: Sequence[DutyBracket]) -> bool:
    return any(bracket.span[0] < place < bracket.span[1] for bracket in brackets)


def _body(text: str, candidates: Sequence[Label], brackets: Sequence[DutyBracket]) -> Span:
    """The stretch that is the plan: not the covering notice, the table of contents, or an attachment.

    A stretch begins where 一、 begins again or at a line 附件1; the one with most brackets is the plan.
    """
    end = len(text)
    attachment = _ATTACHMENT.search(text, brackets[-1].span[1]) if brackets else None
    if attachment:
        end = attachment.start()
    starts = [match.start() for match in _ATTACHMENT_LINE.finditer(text, 0, end)]
    if not any(label.kind is LabelKind.CHAPTER for label in candidates):
        firsts = [
            label.start
            for label in candidates
            if label.kind is LabelKind.ENUMERATED
            and label.number == 1
            and label.opens_line
            and label.start < end
        ]
        starts += firsts[1:] if firsts else []
    starts = sorted({0, *starts})
    stretches = list(zip(starts, [*starts[1:], end], strict=True))
    return max(stretches, key=lambda stretch: (_count_within(stretch, brackets), stretch[1] - stretch[0]))


def _without_preface(labels: list[Label], brackets: Sequence[DutyBracket]) -> list[Label]:
    """Labels from the first of the outermost kind on, when what stands before holds no duty."""
    outermost = min((label.kind for label in labels), default=None)
    first = next((label for label in labels if label.kind is outermost), None)
    if first is None or _count_within((labels[0].start, first.start), brackets):
        return labels
    return [label for label in labels if label.start >= first.start]


def _count_within(stretch: Span, brackets: Sequence[DutyBracket]) -> int:
    return sum(stretch[0] <= bracket.span[0] < stretch[1] for bracket in brackets)


def _labels_of_headings(headings: Sequence[Heading]) -> list[Label]:
    """Headings without numbers as labels: the outermost level makes parts, the next sections.

    An outermost heading that stands alone above others is the title.
    """
    levels = sorted({heading.level for heading in headings})
    if levels and sum(heading.level == levels[0] for heading in headings) == 1:
        headings = [heading for heading in headings if heading.level != levels[0]]
        levels = levels[1:]
    kinds = dict(zip(levels, (LabelKind.CHAPTER, LabelKind.DIVISION), strict=False))
    labels: list[Label] = []
    counts = {LabelKind.CHAPTER: 0, LabelKind.DIVISION: 0}
    for heading in headings:
        kind = kinds.get(heading.level)
        if kind is None:
            continue
        counts[kind] += 1
        if kind is LabelKind.CHAPTER:
            counts[LabelKind.DIVISION] = 0
        labels.append(Label(kind, counts[kind], "", heading.start, heading.start, opens_line=True))
    return labels


def _levels(labels: Sequence[Label], brackets: Sequence[DutyBracket], end: int) -> list[LabelKind]:
    """Kinds from the outermost to that of the points."""
    kinds = sorted({label.kind for label in labels})
    if LabelKind.PARENTHESISED_ARABIC in kinds and len(kinds) > 1 and LabelKind.ARABIC in kinds:
        kinds.remove(LabelKind.PARENTHESISED_ARABIC)
    if not brackets:
        return kinds
    worthy = [
        kind
        for kind in kinds
        if _share_with_duty(kind, labels, brackets, end) > 1 / 2
        or _divides_duties(kind, labels, brackets, end)
    ]
    coverage = {kind: _coverage(kind, labels, brackets) for kind in kinds}
    broad = [kind for kind in worthy if coverage[kind] >= _SMALLEST_SHARE]
    common = [kind for kind in kinds if coverage[kind] >= _COMMON_SHARE]
    deepest = max(broad or common or worthy or kinds)
    return [kind for kind in kinds if kind <= deepest]


def _share_with_duty(
    kind: LabelKind, labels: Sequence[Label], brackets: Sequence[DutyBracket], end: int
) -> float:
    """Share of the items of a kind that hold a bracket, or stand below a heading that holds one."""
    total = holding = 0
    for index, label in enumerate(labels):
        if label.kind is not kind:
            continue
        close = next((other.start for other in labels[index + 1 :] if other.kind <= kind), end)
        total += 1
        holding += bool(_count_within((label.start, close), brackets)) or _heading_has_duty(
            index, labels, brackets
        )
    return holding / total if total else 0.0


def _divides_duties(
    kind: LabelKind, labels: Sequence[Label], brackets: Sequence[DutyBracket], end: int
) -> bool:
    """Whether headings above often have two or more items of this kind with a bracket each.

    A list inside one point, whose only bracket stands at its end, does not.
    """
    holders: dict[int, int] = {}
    parent = -1
    for index, label in enumerate(labels):
        if label.kind < kind:
            parent = index
        elif label.kind is kind:
            close = next((other.start for other in labels[index + 1 :] if other.kind <= kind), end)
            if _count_within((label.start, close), brackets):
                holders[parent] = holders.get(parent, 0) + 1
    return 3 * sum(count > 1 for count in holders.values()) >= max(1, len(holders))


def _heading_has_duty(index: int, labels: Sequence[Label], brackets: Sequence[DutyBracket]) -> bool:
    kind = labels[index].kind
    for place in range(index - 1, -1, -1):
        if labels[place].kind < kind:
            return bool(_count_within((labels[place].start, labels[place + 1].start), brackets))
    return False


def _coverage(kind: LabelKind, labels: Sequence[Label], brackets: Sequence[DutyBracket]) -> float:
    """Share of the brackets that stand in an item of this kind, or in a heading whose items it numbers."""
    held = 0
    for bracket in brackets:
        before = [label for label in labels if label.start <= bracket.span[0]]
        after = next((label for label in labels if label.start > bracket.span[0]), None)
        own = before[-1].kind if before else None
        held += own is not None and (own >= kind or (after is not None and after.kind is kind and own < kind))
    return held / len(brackets)


def _paragraphs(text: str, brackets: Sequence[DutyBracket]) -> list[Item]:
    """Points of a text without labels: the paragraphs that hold a bracket, or stand before its line."""
    points: list[Item] = []
    for bracket in brackets:
        start = text.rfind("\n", 0, bracket.span[0]) + 1
        if not text[start : bracket.span[0]].strip():
            start = text.rfind("\n", 0, len(text[:start].rstrip())) + 1
        close = text.find("\n", bracket.span[1])
        close = len(text) if close < 0 else close
        if points and start < points[-1].end:
            points[-1] = Item(None, points[-1].start, max(close, points[-1].end))
        else:
            points.append(Item(None, start, close))
    return points


def _build(labels: Sequence[Label], kinds: Sequence[LabelKind], end: int) -> list[PartOutline]:
    above = kinds[:-1]
    part_kind = above[-2] if len(above) > 1 else (above[0] if above else None)
    section_kind = above[-1] if len(above) > 1 else None
    parts: list[PartOutline] = []
    for index, label in enumerate(labels):
        close = labels[index + 1].start if index + 1 < len(labels) else end
        item = Item(label, label.end, close)
        if label.kind is part_kind:
            parts.append(PartOutline(item))
            continue
        if label.kind not in (section_kind, kinds[-1]):
            continue  # an outer level that has no place in the shape
        if not parts:
            parts.append(PartOutline(None))
        if label.kind is section_kind:
            parts[-1].sections.append(SectionOutline(item))
            continue
        if not parts[-1].sections:
            parts[-1].sections.append(SectionOutline(None))
        parts[-1].sections[-1].points.append(item)
    return parts
