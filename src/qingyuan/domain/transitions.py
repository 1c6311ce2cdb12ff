"""Whether a step of a workflow may be taken, and what follows from it.

The workflow is data (`book.workflow(id)`); this decides on it. The caller performs what the decision says: the next
state, the clocks to open, meet, stop, pause, resume or extend.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from qingyuan.domain.decision import Allowed, Reason, Refused
from qingyuan.law.citation import Citation
from qingyuan.law.workflows import Edge, Opening, Requirement, Role, Workflow, roles_in_words

REASON = "reason"
"""The fact under which the person's own words stand, for an edge that asks for them."""


@dataclass(frozen=True, slots=True)
class Effects:
    """后果: what taking the step does to the clocks. Everything but `opens` names deadline rules."""

    opens: tuple[Opening, ...] = ()
    meets: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition(Allowed):
    """准许流转: the step may be taken; `target` is the state after it (the same as before for a step that stays).

    `basis` is what the event records: provisions and office practice in force on the day, as plain JSON.
    """

    workflow: str = ""
    verb: str = ""
    source: str | None = None
    target: str = ""
    effects: Effects = Effects()
    basis: tuple[dict[str, str], ...] = ()

    def require(self) -> "Transition":
        """Return this decision."""
        return self


@dataclass(frozen=True, slots=True)
class Choice:
    """可办的一步: a step the roles may take from a state, and whether it can be taken now.

    `decision` is the Transition, or the Refused that says what is still missing.
    """

    verb: str
    label: str
    target: str
    target_label: str
    reason_required: bool
    requires: tuple[Requirement, ...]
    decision: Transition | Refused


def decide_transition(
    workflow: Workflow,
    state: str | None,
    verb: str,
    roles: str | Collection[str],
    facts: Mapping[str, object],
    *,
    on: date | None = None,
    in_force: Callable[[str], bool] | None = None,
) -> Transition | Refused:
    """Decide whether `roles` may do `verb` on a record in `state` (None: the record does not exist yet).

    `facts` maps the ids of the edge's requirements, and of their conditions, to something true or false; what is
    not given does not hold. Where the edge asks for a reason it stands in `facts["reason"]`. `on` keeps only the
    provisions in force that day; `in_force(rule)` tells whether a rule marked `if_in_force` exists that day (all do,
    when it is not given). A refusal names everything that stands against the step at once, each with what to do
    next. Raises KeyError for a state the workflow does not have.
    """
    if state is not None:
        workflow.state(state)
    edge = workflow.edge(state, verb)
    if edge is None:
        return Refused((_wrong_state(workflow, state, verb),))
    held = (roles,) if isinstance(roles, str) else tuple(roles)
    citations = tuple(basis.citation for basis in edge.basis_on(on) if basis.citation is not None)
    against = tuple(_against(edge, held, facts, citations))
    if against:
        return Refused(against)
    return Transition(
        reasons=(Reason(f"可以“{edge.label}”。", citations),),
        workflow=workflow.id,
        verb=verb,
        source=state,
        target=edge.target or state or "",
        effects=_effects(edge, facts, in_force),
        basis=tuple(basis.as_dict() for basis in edge.basis_on(on)),
    )


def available_verbs(
    workflow: Workflow,
    state: str | None,
    roles: str | Collection[str],
    facts: Mapping[str, object] | None = None,
    *,
    on: date | None = None,
) -> tuple[Choice, ...]:
    """The steps `roles` may take from `state`, in the order of the workflow, each with what it still lacks.

    A step that only other roles may take is left out. Facts as for `decide_transition`; a reason is not asked for
    yet, because the person writes it when taking the step.
    """
    held = (roles,) if isinstance(roles, str) else tuple(roles)
    given = {REASON: "…", **(facts or {})}
    return tuple(
        Choice(
            verb=edge.verb,
            label=edge.label,
            target=edge.target or state or "",
            target_label=workflow.state(edge.target or state or "").label,
            reason_required=edge.reason_required,
            requires=tuple(item for item in edge.requires if item.needed(given)),
            decision=decide_transition(workflow, state, edge.verb, held, given, on=on),
        )
        for edge in workflow.edges_from(state)
        if any(role in edge.roles for role in held)
    )


def _wrong_state(workflow: Workflow, state: str | None, verb: str) -> Reason:
    known = workflow.start.verb == verb or any(edge.verb == verb for edge in workflow.edges)
    if not known:
        return Reason(f"{workflow.label}没有“{verb}”这一步。有：{'、'.join(workflow.verbs)}。")
    label = next(edge.label for edge in (workflow.start, *workflow.edges) if edge.verb == verb)
    if state is None:
        return Reason(f"记录还没有建立，不能“{label}”。请先“{workflow.start.label}”。")
    now = workflow.state(state)
    if workflow.start.verb == verb and not workflow.states_of(verb):
        return Reason(f"记录已经建立（现在是“{now.label}”），不能再次“{label}”。")
    where = "、".join(f"“{source.label}”" for source in workflow.states_of(verb))
    steps = "、".join(f"“{edge.label}”" for edge in workflow.edges_from(state))
    instead = f"现在可以办：{steps}。" if steps else "这条记录已经终结，不再办理任何一步。"
    return Reason(f"现在是“{now.label}”，不能“{label}”；这一步只能在{where}时办。{instead}")


def _against(
    edge: Edge, held: Collection[str], facts: Mapping[str, object], citations: tuple[Citation, ...]
) -> Iterator[Reason]:
    if not any(role in edge.roles for role in held):
        yield Reason(
            f"“{edge.label}”由{roles_in_words(edge.roles)}办理；您的角色是{_held_in_words(held)}。"
            f"请转交有此角色的人办理。",
            citations,
        )
    for requirement in edge.requires:
        if not requirement.met(facts):
            yield Reason(_missing(edge, requirement), citations)
    if edge.reason_required and not str(facts.get(REASON) or "").strip():
        yield Reason(f"“{edge.label}”必须写明理由。请填写理由后再办。", citations)


def _missing(edge: Edge, requirement: Requirement) -> str:
    if not requirement.must_be:
        return f"不能“{edge.label}”：{requirement.label}。请先处理完再办。"
    if requirement.kind == "document":
        return f"不能“{edge.label}”：缺少文书“{requirement.label}”。请先制作或者上传。"
    return f"不能“{edge.label}”：尚未具备“{requirement.label}”。请先办妥并登记。"


def _held_in_words(held: Collection[str]) -> str:
    known = {role.value: role.label for role in Role}
    return "、".join(known.get(role, role) for role in held) or "（没有角色）"


def _effects(edge: Edge, facts: Mapping[str, object], in_force: Callable[[str], bool] | None) -> Effects:
    opens = tuple(
        opening
        for opening in edge.opens
        if (opening.when is None or facts.get(opening.when))
        and (not opening.if_in_force or in_force is None or in_force(opening.rule))
    )
    return Effects(opens, edge.meets, edge.stops, edge.pauses, edge.resumes, edge.extends)
