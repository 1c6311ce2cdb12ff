"""What a workflow is made of: roles, states, requirements, clocks, bases, edges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qingyuan.law.citation import Citation
from qingyuan.law.rules import Evidence

STAY = "stay"
"""What a file writes as `to` for an edge that leaves the state as it is (pause, resume, extend, supplement)."""


class Role(StrEnum):
    """角色: what a member may be in a unit; the workflows name nobody else."""

    COORDINATOR = "coordinator"
    OFFICER = "officer"
    LEADER = "leader"
    POLICE_OFFICER = "police_officer"
    PROSECUTOR = "prosecutor"
    COURT_CLERK = "court_clerk"
    DESTRUCTION_SUPERVISOR = "destruction_supervisor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The role in Chinese."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.COORDINATOR: "双打办协调员",
    Role.OFFICER: "执法人员",
    Role.LEADER: "单位负责人",
    Role.POLICE_OFFICER: "公安民警",
    Role.PROSECUTOR: "检察官",
    Role.COURT_CLERK: "法院书记员",
    Role.DESTRUCTION_SUPERVISOR: "销毁监督员",
    Role.ADMINISTRATOR: "系统管理员",
}


@dataclass(frozen=True, slots=True)
class State:
    """状态: `light` is its class of colour and shape: waiting, active, done, stopped, refused, moved."""

    id: str
    label: str
    light: str
    terminal: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """要件: a fact or document an edge needs.

    `must_be` False: the fact must not hold (an open duty, say). `when` names another fact: only when that one holds
    is this one needed.
    """

    id: str
    kind: str
    label: str
    must_be: bool = True
    when: str | None = None

    def needed(self, facts: Mapping[str, object]) -> bool:
        """True when the condition in `when` holds, or there is none."""
        return self.when is None or bool(facts.get(self.when))

    def met(self, facts: Mapping[str, object]) -> bool:
        """True when `facts` satisfy it; a fact that is not given counts as not holding."""
        return not self.needed(facts) or bool(facts.get(self.id)) is self.must_be


@dataclass(frozen=True, slots=True)
class Opening:
    """开始计时: a deadline rule whose duty the edge opens, and whose duty it is.

    `bearer`: `holder` (the unit that holds the record), `sender` (the unit that transferred), `police`,
    `procuratorate`. `if_in_force` marks a rule that the law has abolished or not yet enacted on some days: no duty
    is opened on such a day.
    """

    rule: str
    bearer: str = "holder"
    when: str | None = None
    if_in_force: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """依据: a provision, or the office's own practice by the number of the decision that adopted it. No third kind.

    `effective_from` and `effective_to` are the days the cited instrument is in force; both None for a practice.
    """

    citation: Citation | None
    practice: str | None
    evidence: Evidence | None
    facts: tuple[str, ...]
    effective_from: date | None = None
    effective_to: date | None = None

    @property
    def text(self) -> str:
        """The basis as people read it."""
        return self.citation.text if self.citation else f"本机关工作制度（{self.practice}）"

    def holds(self, on: date | None) -> bool:
        """True when it can be relied on that day; a practice always can, and so can everything when no day is given."""
        if on is None:
            return True
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_to is None or on <= self.effective_to)

    def as_dict(self) -> dict[str, str]:
        """The basis as plain JSON, for the event."""
        if self.citation is not None:
            return self.citation.facts()
        return {"office_practice": str(self.practice), "text": self.text}


@dataclass(frozen=True, slots=True)
class Edge:
    """边: one verb from some states to another.

    `sources` is empty for the start of the workflow; `target` None means the state stays. `opens`, `meets`,
    `stops`, `pauses`, `resumes`, `extends` name deadline rules.
    """

    sources: tuple[str, ...]
    target: str | None
    verb: str
    label: str
    roles: tuple[Role, ...]
    basis: tuple[Basis, ...]
    reason_required: bool = False
    requires: tuple[Requirement, ...] = ()
    opens: tuple[Opening, ...] = ()
    meets: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """Every deadline rule the edge touches, in the order written."""
        opened = tuple(opening.rule for opening in self.opens)
        return opened + self.meets + self.stops + self.pauses + self.resumes + self.extends

    def basis_on(self, on: date | None) -> tuple[Basis, ...]:
        """The bases that hold on a day."""
        return tuple(basis for basis in self.basis if basis.holds(on))


@dataclass(frozen=True)
class Workflow:
    """流程: the states of one kind of record and the edges between them. `start` is the edge into the first state."""

    id: str
    label: str
    subject: str
    states: Mapping[str, State]
    start: Edge
    edges: tuple[Edge, ...]

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every verb, the starting one first, each once."""
        return tuple(dict.fromkeys(edge.verb for edge in (self.start, *self.edges)))

    def state(self, id: str) -> State:
        """The state `id`. Raises KeyError, naming the states there are."""
        if id not in self.states:
            raise KeyError(f"{self.label}没有状态“{id}”。有：{'、'.join(self.states)}。")
        return self.states[id]

    def edges_from(self, state: str | None) -> tuple[Edge, ...]:
        """The edges that leave `state`, in the order written; None asks for the start."""
        if state is None:
            return (self.start,)
        return tuple(edge for edge in self.edges if state in edge.sources)

    def edge(self, state: str | None, verb: str) -> Edge | None:
        """The edge of `verb` from `state`, or None when there is none."""
        return next((edge for edge in self.edges_from(state) if edge.verb == verb), None)

    def states_of(self, verb: str) -> tuple[State, ...]:
        """The states from which `verb` can be done."""
        sources = {source for edge in self.edges if edge.verb == verb for source in edge.sources}
        return tuple(state for state in self.states.values() if state.id in sources)


def roles_in_words(roles: Iterable[Role]) -> str:
    """`执法人员、单位负责人`."""
    return "、".join(role.label for role in roles)
