"""The wording inside a responsibility bracket: which units it names and what each has to do.

Understands 牵头 / 牵头负责 / 负责 / 按职责分工（分别）负责 / 配合 / 参加 / 会同, the labels 责任单位： 牵头单位：
配合单位：, and the document rule 列第一位者为牵头单位，下同.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .model import Role
from .tokens import pieces, without_space
from .units import NamePiece, is_collective, is_unit_like, split_names
from .wording import (
    FIELD,
    LEADING_WORDS,
    RULE,
    TIME_WORDS,
    TOGETHER_WITH,
    Task,
    field_task,
    first_leads_statements,
    strip_verb,
)

_EMPTY_FIELD_TOKENS = {"无", "/", "-", "—"}


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit's name at [start, end) of the bracket's content, and what it does; `and_others`: 等 follows."""

    raw: str
    start: int
    end: int
    task: Task
    and_others: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """The meaning of one responsibility bracket. `first_leads`: it states the rule 列第一位者为牵头单位."""

    assignments: tuple[Assignment, ...]
    first_leads: bool

    @property
    def open_ended(self) -> bool:
        """Whether a list of its names ends in a bare 等."""
        return any(item.and_others for item in self.assignments)


@dataclass(slots=True)
class _Pending:
    """Names waiting for the verb that closes their group."""

    names: list[tuple[NamePiece, Task | None, bool]]
    settled: list[Assignment]
    spoken: bool = False  # a verb or a field label was met: this is a duty at all

    def flush(self, task: Task) -> None:
        """Give every waiting name its task."""
        for piece, forced, and_others in self.names:
            self.settled.append(Assignment(piece.text, piece.start, piece.end, forced or task, and_others))
        self.names.clear()


def read_duty(content: str) -> Duty | None:
    """Meaning of a bracket's content, or None when it assigns no duty.

    Offsets are into `content`. A bracket assigns a duty when it has a duty verb or a field label and at
    least half of its names look like units: (IP地址), (备案), lists of persons and dates do not.
    """
    compact, places = without_space(content)
    first_leads = bool(first_leads_statements(compact))
    compact = RULE.sub(lambda match: "；" * len(match[0]), compact)
    pending = _Pending([], [])
    field: Task | None = None
    ignored = False
    for start, end in pieces(compact):
        token = compact[start:end]
        match = FIELD.match(token)
        if match:
            pending.flush(field or (Task.HELP if pending.settled else Task.DUTY))
            ignored = match["other"] is not None
            field = field_task(match)
            pending.spoken = pending.spoken or not ignored
            start += match.end()
            token = token[match.end() :]
        if not ignored:
            _take_token(token, start, field, pending)
    pending.flush(field or (Task.HELP if pending.settled else Task.DUTY))
    assignments = tuple(
        replace(item, start=places[item.start], end=places[item.end - 1] + 1)
        for item in pending.settled
        if item.raw not in _EMPTY_FIELD_TOKENS
    )
    if not pending.spoken or not _mostly_units(assignments):
        return None
    return Duty(assignments, first_leads)


def roles(duty: Duty, *, first_leads: bool) -> tuple[Role, ...]:
    """Role of each assignment, in order.

    Where somebody leads, the others take part. Else under the rule 列第一位者为牵头单位 the first leads and
    the others take part. Else a single unit leads and several share; those who 配合 take part. A set of
    units cannot lead by position: it shares.
    """
    items = duty.assignments
    if any(item.task is Task.LEAD for item in items):
        return tuple("lead" if item.task is Task.LEAD else "participant" for item in items)
    bearers = [item for item in items if item.task is Task.DUTY]
    single = len(bearers) == 1 and not bearers[0].and_others
    if bearers and not is_collective(bearers[0].raw) and (first_leads or duty.first_leads or single):
        return tuple("lead" if item is bearers[0] else "participant" for item in items)
    return tuple("shared" if item.task is Task.DUTY else "participant" for item in items)


def _take_token(token: str, start: int, field: Task | None, pending: _Pending) -> None:
    """Read one comma-separated token: names, and perhaps the verb that closes the group."""
    if TIME_WORDS.match(token):
        return
    phrase, task = strip_verb(token)
    forced: Task | None = None
    together = TOGETHER_WITH.search(phrase)
    if together:
        before = phrase[: together.start()]
        if before:
            _add_names(before, start, None, pending)
        pending.flush(field or Task.LEAD)
        pending.spoken = pending.spoken or bool(before)
        start += together.end()
        phrase, forced = phrase[together.end() :], Task.HELP
    leading = LEADING_WORDS.match(phrase)
    if leading and not is_unit_like(phrase[: leading.end() + 1]):
        start += leading.end()
        phrase = phrase[leading.end() :]
    _add_names(phrase, start, forced or _running_help(pending), pending)
    if task is not None:
        pending.spoken = True
        pending.flush(field if field in (Task.LEAD, Task.HELP) and task is Task.DUTY else task)


def _running_help(pending: _Pending) -> Task | None:
    """会同B、C负责: C stands with B."""
    return pending.names[-1][1] if pending.names else None


def _add_names(phrase: str, start: int, forced: Task | None, pending: _Pending) -> None:
    if not phrase:
        return
    names = split_names(phrase)
    for index, piece in enumerate(names.pieces, start=1):
        placed = NamePiece(piece.text, start + piece.start, start + piece.end)
        pending.names.append((placed, forced, names.open_ended and index == len(names.pieces)))


def _mostly_units(assignments: Sequence[Assignment]) -> bool:
    like = sum(is_unit_like(item.raw) for item in assignments)
    return like > 0 and 2 * like >= len(assignments)
