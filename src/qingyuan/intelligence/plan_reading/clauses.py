"""Clauses of a point: each responsibility bracket closes one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .brackets import DutyBracket
from .campaigns import find_campaigns
from .duties import roles
from .model import Clause, Doubt, Span, UnitDuty
from .settling import Settled
from .units import is_collective, is_unit_like, without_remark
from .wording import first_leads_statements

_EDGE = " \t\r\n　|*>"
_AFTER_BRACKET = _EDGE + "。；;，,.、）)-"


@dataclass(slots=True)
class ClauseReader:
    """Cuts stretches of the text into clauses, noting doubts on the way."""

    text: str
    brackets: Sequence[DutyBracket]
    settled: Mapping[str, Settled]
    doubts: list[Doubt] = field(default_factory=list)
    _starts: list[int] = field(init=False)
    _rule_from: int | None = field(init=False)
    _noted: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._starts = [bracket.span[0] for bracket in self.brackets]
        self._rule_from = document_rule_start(self.text, self.brackets)

    def within(self, start: int, end: int) -> Sequence[DutyBracket]:
        """The responsibility brackets that open in [start, end)."""
        return self.brackets[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def read(
        self, start: int, end: int, *, place: str, last: bool, inherited: DutyBracket | None = None
    ) -> tuple[Clause, ...]:
        """Clauses of text[start:end]. `place` names the point in doubts; `last`: the plan ends here.

        Words after the last bracket make a clause without one, unless they are the plan's closing
        paragraphs or signature; `inherited` is the bracket of the heading above, for words that have none.
        """
        clauses: list[Clause] = []
        for bracket in self.within(start, end):
            clauses.append(self._clause(start, bracket.span[0], bracket, place))
            start = bracket.span[1]
            while start < end and self.text[start] in _AFTER_BRACKET.replace("\n", ""):
                start += 1
        rest = _trimmed(self.text, start, end)
        closing = bool(clauses) and last and self.text[start:end].startswith(("\n", "\r"))
        if rest[0] < rest[1] and not closing and any(map(str.isalnum, self.text[rest[0] : rest[1]])):
            clauses.append(self._clause(start, end, None if clauses else inherited, place, inherit=True))
            if clauses[-1].bracket is None and self.brackets:
                self._doubt("no_bracket", f"{place}：这段文字没有责任括号，不知由谁负责，请指定", place, rest)
        return tuple(clauses)

    def _clause(
        self, start: int, end: int, bracket: DutyBracket | None, place: str, *, inherit: bool = False
    ) -> Clause:
        span = _trimmed(self.text, start, end)
        if bracket is not None and not bracket.closed:
            self._doubt("unclosed_bracket", f"{place}：责任括号没有收尾，已按句末处理", place, bracket.span)
        return Clause(
            text=self.text[slice(*span)],
            span=span,
            bracket=self.text[slice(*bracket.span)] if bracket else None,
            bracket_span=bracket.span if bracket else None,
            units=self._units(bracket, place) if bracket else (),
            campaigns=find_campaigns(self.text, *span),
            open_ended=bracket.duty.open_ended if bracket else False,
            inherited=inherit and bracket is not None,
        )

    def _units(self, bracket: DutyBracket, place: str) -> tuple[UnitDuty, ...]:
        first_leads = self._rule_from is not None and bracket.span[1] > self._rule_from
        if bracket.duty.open_ended:
            message = f"{place}：责任括号以“等”结尾，单位没有列全，请补充或确认"
            self._doubt("open_list", message, place, bracket.span)
        units = []
        for item, role in zip(
            bracket.duty.assignments, roles(bracket.duty, first_leads=first_leads), strict=True
        ):
            collective = is_collective(item.raw)
            settled = self._settled(item.raw, collective)
            span = (item.start, item.end)
            self._note(item.raw, settled, place, span)
            units.append(UnitDuty(item.raw, settled.unit, role, collective, span))
        return tuple(units)

    def _settled(self, raw: str, collective: bool) -> Settled:
        if collective:
            return Settled(raw)
        return self.settled.get(without_remark(raw)) or Settled(raw)

    def _note(self, raw: str, settled: Settled, place: str, span: Span) -> None:
        if raw in self._noted:
            return  # once a name: a directory may lack a unit that the plan names in every point
        self._noted.add(raw)
        if settled.reason == "slip":
            message = f"{place}：单位名称“{raw}”疑为“{settled.unit}”之误，已按“{settled.unit}”处理，请核对"
            self._doubt("unit_slip", message, place, span)
        elif settled.reason == "abbreviation":
            message = (
                f"{place}：单位名称“{raw}”与“{settled.unit}”当是同一单位，已按“{settled.unit}”处理，请核对"
            )
            self._doubt("unit_abbreviation", message, place, span)
        elif not is_unit_like(raw):
            self._doubt("unit_odd", f"{place}：“{raw}”不像单位名称，请核对或更正", place, span)
        elif settled.reason == "unknown":
            message = f"{place}：单位名录中没有“{raw}”，请选定单位，或把这个名称补进名录"
            self._doubt("unit_unknown", message, place, span)

    def _doubt(self, code: str, message: str, place: str, span: Span) -> None:
        doubt = Doubt(code, message, place, span)
        if doubt not in self.doubts:
            self.doubts.append(doubt)


def document_rule_start(text: str, brackets: Sequence[DutyBracket]) -> int | None:
    """Where the rule 列第一位者为牵头单位 begins to hold for the whole document; None when nowhere.

    Inside a responsibility bracket it needs 下同; elsewhere (a note, the preface) it holds from there on.
    """
    for start, end in first_leads_statements(text):
        inside = next((item for item in brackets if item.span[0] <= start < item.span[1]), None)
        if inside is None or "下同" in text[end : inside.span[1]]:
            return start
    return None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end
