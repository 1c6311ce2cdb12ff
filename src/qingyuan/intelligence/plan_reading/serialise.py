"""A reading as plain data (JSON) and as a tree for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .model import Clause, Part, PlanReading, Point, Section, UnitDuty

_ROLE_WORDS = {"lead": "牵头", "participant": "配合", "shared": "共同负责"}


def as_data(reading: PlanReading) -> dict[str, Any]:
    """The reading as JSON-ready data.

    Keys beyond the agreed shape: `year`, `doubts` (warnings with code and place), `text` of parts and sections,
    `label` of points, `span` everywhere (offsets into the extracted text), `open_ended`, `inherited`.
    """
    return {
        "title": reading.title,
        "year": reading.year,
        "parts": [_part(part) for part in reading.parts],
        "warnings": list(reading.warnings),
        "doubts": [
            {
                "code": doubt.code,
                "message": doubt.message,
                "point": doubt.point,
                "span": list(doubt.span) if doubt.span else None,
            }
            for doubt in reading.doubts
        ],
    }


def as_tree(reading: PlanReading) -> str:
    """The reading as indented lines for a terminal, ending with the warnings."""
    return "\n".join(_lines(reading)) + "\n"


def _part(part: Part) -> dict[str, Any]:
    return {
        "label": part.label,
        "title": part.title,
        "text": part.text,
        "span": list(part.span),
        "sections": [_section(section) for section in part.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "label": section.label,
        "title": section.title,
        "text": section.text,
        "span": list(section.span),
        "points": [_point(point) for point in section.points],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "number": point.number,
        "label": point.label,
        "span": list(point.span),
        "clauses": [_clause(clause) for clause in point.clauses],
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "text": clause.text,
        "bracket": clause.bracket,
        "units": [_unit(unit) for unit in clause.units],
        "campaigns": [campaign.name for campaign in clause.campaigns],
        "open_ended": clause.open_ended,
        "inherited": clause.inherited,
        "span": list(clause.span),
        "bracket_span": list(clause.bracket_span) if clause.bracket_span else None,
        "campaign_spans": [list(campaign.span) for campaign in clause.campaigns],
    }


def _unit(unit: UnitDuty) -> dict[str, Any]:
    return {
        "raw": unit.raw,
        "unit": unit.unit,
        "role": unit.role,
        "collective": unit.collective,
        "span": list(unit.span),
    }


def _lines(reading: PlanReading) -> Iterator[str]:
    yield reading.title or "（无标题）"
    for part in reading.parts:
        if part.label or part.title:
            yield f"{part.label}{part.title}"
        for section in part.sections:
            if section.label or section.title:
                yield f"  {section.label}{section.title}"
            for point in section.points:
                yield from _point_lines(point)
    clauses = list(reading.clauses())
    sections = sum(bool(section.label or section.title) for section in reading.sections())
    yield ""
    yield (
        f"部分 {len(reading.parts)}，节 {sections}，要点 {sum(1 for _ in reading.points())}，"
        f"分项 {len(clauses)}，责任 {sum(len(clause.units) for clause in clauses)}"
    )
    for warning in reading.warnings:
        yield f"注意：{warning}"


def _point_lines(point: Point) -> Iterator[str]:
    for index, clause in enumerate(point.clauses):
        mark = point.label if index == 0 else " " * len(point.label)
        words = " ".join(clause.text.split())
        yield f"    {mark}{words if len(words) <= 60 else words[:59] + '…'}"
        for role, word in _ROLE_WORDS.items():
            names = "、".join(unit.unit for unit in clause.units if unit.role == role)
            if names:
                yield f"      {word}：{names}"
        if clause.campaigns:
            yield f"      专项行动：{'、'.join(campaign.name for campaign in clause.campaigns)}"
