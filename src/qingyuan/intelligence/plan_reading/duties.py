"""The wording inside a responsibility bracket: which units it names and what each has to do.

Understands 牵头 / 牵头负责 / 负责 / 按职责分工（分别）负责 / 配合 / 参加 / 会同, the labels 责任单位： 牵头单位：
配合单位：, and the document rule 列第一位者为牵头单位，下同.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from .model import Role, Span
from .units import is_collective, is_unit_like, split_names

_CARRY = r"(?:负责|抓总|组织|协调|推进|推动|落实|实施|办理|抓好|抓|并|做好|工作|到位|承办|具体)"
_LEAD_VERB = re.compile(
    rf"(?:共同|联合|统一|分别|负责)*(?:总?牵头|主办|主责|为主)(?:责任)?{_CARRY}*$|(?:为|是|担任)(?:牵头|主办)(?:单位|部门)$"
)
_HELP_VERB = re.compile(
    r"(?:积极|共同|协同|密切|分别|予以|按(?:照)?(?:各自|部门)?职[责能](?:分工)?)*"
    rf"(?:协助配合|参与配合|配合|参加|参与|协助|协办|协同|会办){_CARRY}*$|(?:为|是)(?:配合|参与|参加|协办)(?:单位|部门)$"
)
_SHARED_VERB = re.compile(
    r"(?:(?:依据|根据|按照|依照|按|依)?(?:各自|部门|本部门|法定)*(?:的)?(?:职责|职能|职权)+(?:权限|范围|任务)?(?:分工)?"
    r"|分工)?(?:分别|共同|各自|协同|联合|具体|分头|统筹|抓)*"
    rf"(?:负责|各负其责|推进|落实|实施|承担|承办|组织实施){_CARRY}*$"
    r"|(?:依据|根据|按照|依照|按|依)(?:各自|部门)*(?:的)?(?:职责|职能)(?:分工)?$"
)
_FIELD = re.compile(
    r"^(?:(?P<lead>(?:总?牵头|主办|主责|主要责任|第一责任)(?:责任)?(?:单位|部门|机构|科室|处室)?)"
    r"|(?P<help>(?:配合|参加|参与|协办|协助|协同|成员)(?:责任)?(?:单位|部门|机构|科室|处室))"
    r"|(?P<duty>(?:责任|承办|落实|负责|实施|主管|承担|责任分工|分工)(?:单位|部门|机构|科室|处室|主体)?(?:及分工)?)"
    r"|(?P<other>[^：:、，,；;]{2,8}))[：:]"
)
_RULE = re.compile(
    r"(?:均)?(?:由)?(?:列|排名|排列|排)?(?:在)?(?:第一位|第一个?|首位)(?:的)?(?:者|责任单位|部门|单位)?"
    r"(?:均)?(?:为|是)(?:牵头|主办)(?:责任)?(?:单位|部门)?|下同"
)
_TOGETHER_WITH = re.compile(r"^(?:并)?(?:会同|会商|联合(?![会国社]))|(?<=[局委办部厅署院会府])会同")
_LEADING_WORDS = re.compile(r"^(?:分别由|由|以及|及|和|并|请|其中)(?=.{3,})")
_SEPARATORS = "、，,；;。.\n"
_OPENERS, _CLOSERS = "（([［【〔", "）)]］】〕"
_EMPTY_FIELD_TOKENS = {"无", "/", "-", "—"}


class Task(Enum):
    """What the wording says a unit does, before roles are settled."""

    LEAD = "牵头"
    HELP = "配合"
    DUTY = "负责"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit's name at [start, end) of the bracket's content, and what it does."""

    raw: str
    start: int
    end: int
    task: Task


@dataclass(frozen=True, slots=True)
class Duty:
    """The meaning of one responsibility bracket. `first_leads`: it states the rule 列第一位者为牵头单位."""

    assignments: tuple[Assignment, ...]
    open_ended: bool
    first_leads: bool


@dataclass(slots=True)
class _Pending:
    """Names waiting for the verb that closes their group."""

    names: list[tuple[str, int, int, Task | None]]
    settled: list[Assignment]
    open_ended: bool = False
    spoken: bool = False  # a verb or a field label was met: this is a duty at all

    def flush(self, task: Task) -> None:
        """Give every waiting name its task."""
        for raw, start, end, forced in self.names:
            self.settled.append(Assignment(raw, start, end, forced or task))
        self.names.clear()


def first_leads_statements(text: str) -> list[Span]:
    """Where the text states the rule 列第一位者为牵头单位."""
    return [match.span() for match in _RULE.finditer(text) if match[0] != "下同"]


def read_duty(content: str) -> Duty | None:
    """Meaning of a bracket's content, or None when it assigns no duty.

    Offsets are into `content`. A bracket assigns a duty when it has a duty verb or a field label and at
    least half of its names look like units: (IP地址), (备案), lists of persons and dates do not.
    """
    compact, places = _without_space(content)
    first_leads = bool(first_leads_statements(compact))
    compact = _RULE.sub(lambda match: "；" * len(match[0]), compact)
    pending = _Pending([], [])
    field: Task | None = None
    ignored = False
    for start, end in _tokens(compact):
        token = compact[start:end]
        match = _FIELD.match(token)
        if match:
            pending.flush(field or (Task.HELP if pending.settled else Task.DUTY))
            ignored = match["other"] is not None
            field = _field_task(match)
            pending.spoken = pending.spoken or not ignored
            start += match.end()
            token = token[match.end() :]
        if not ignored:
            _take_token(token, start, field, pending)
    pending.flush(field or (Task.HELP if pending.settled else Task.DUTY))
    assignments = tuple(
        Assignment(item.raw, places[item.start], places[item.end - 1] + 1, item.task)
        for item in pending.settled
        if item.raw not in _EMPTY_FIELD_TOKENS
    )
    if not pending.spoken or not _mostly_units(assignments):
        return None
    return Duty(assignments, pending.open_ended, first_leads)


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
    single = len(bearers) == 1 and not duty.open_ended
    if bearers and not is_collective(bearers[0].raw) and (first_leads or duty.first_leads or single):
        return tuple("lead" if item is bearers[0] else "participant" for item in items)
    return tuple("shared" if item.task is Task.DUTY else "participant" for item in items)


def _field_task(match: re.Match[str]) -> Task | None:
    if match["lead"]:
        return Task.LEAD
    if match["help"]:
        return Task.HELP
    return Task.DUTY if match["duty"] else None


def _take_token(token: str, start: int, field: Task | None, pending: _Pending) -> None:
    """Read one comma-separated token: names, and perhaps the verb that closes the group."""
    phrase, task = _strip_verb(token)
    forced: Task | None = None
    together = _TOGETHER_WITH.search(phrase)
    if together:
        before = phrase[: together.start()]
        if before:
            _add_names(before, start, None, pending)
        pending.flush(field or Task.LEAD)
        pending.spoken = pending.spoken or bool(before)
        start += together.end()
        phrase, forced = phrase[together.end() :], Task.HELP
    leading = _LEADING_WORDS.match(phrase)
    if leading and not is_unit_like(phrase[: leading.end() + 1]):
        start += leading.end()
        phrase = phrase[leading.end() :]
    _add_names(phrase, start, forced or _running_help(pending), pending)
    if task is not None:
        pending.spoken = True
        pending.flush(field if field in (Task.LEAD, Task.HELP) and task is Task.DUTY else task)


def _running_help(pending: _Pending) -> Task | None:
    """会同B、C负责: C stands with B."""
    return pending.names[-1][3] if pending.names else None


def _add_names(phrase: str, start: int, forced: Task | None, pending: _Pending) -> None:
    if not phrase:
        return
    names = split_names(phrase)
    pending.open_ended = pending.open_ended or names.open_ended
    pending.names.extend(
        (piece.text, start + piece.start, start + piece.end, forced) for piece in names.pieces
    )


def _strip_verb(token: str) -> tuple[str, Task | None]:
    for pattern, task in ((_LEAD_VERB, Task.LEAD), (_HELP_VERB, Task.HELP), (_SHARED_VERB, Task.DUTY)):
        match = pattern.search(token)
        if match:
            return token[: match.start()], task
    return token, None


def _tokens(content: str) -> Iterator[tuple[int, int]]:
    """Pieces between list separators that stand outside any inner bracket."""
    depth, start = 0, 0
    for index, char in enumerate(content):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif char in _SEPARATORS and depth == 0:
            if start < index:
                yield start, index
            start = index + 1
    if start < len(content):
        yield start, len(content)


def _without_space(content: str) -> tuple[str, list[int]]:
    """The content without white space (names break across lines), and where each kept character was.

    A line break before a field label separates, so it becomes a semicolon.
    """
    kept: list[str] = []
    places: list[int] = []
    for index, char in enumerate(content):
        if char == "\n" and _FIELD.match(content[index + 1 :].lstrip()):
            char = "；"
        if not char.isspace():
            kept.append(char)
            places.append(index)
    return "".join(kept), places


def _mostly_units(assignments: Sequence[Assignment]) -> bool:
    like = sum(is_unit_like(item.raw) for item in assignments)
    return like > 0 and 2 * like >= len(assignments)
