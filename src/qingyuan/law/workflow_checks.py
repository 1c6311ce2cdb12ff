"""What can be wrong with a workflow, and how to mend it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from qingyuan.law.workflow_parts import STAY, Role

Finding = tuple[str, str, str]
"""What is wrong, why it matters, how to mend it."""


def find_faults(
    data: Mapping[str, Any], *, deadlines: Collection[str], instruments: Collection[str]
) -> Iterator[Finding]:
    """Everything wrong with a workflow as written: names, basis, reach, ends and verbs that would be ambiguous.

    `deadlines` and `instruments` are the ids the book knows.
    """
    states = {state["id"]: state for state in data["states"]}
    if len(states) != len(data["states"]):
        yield "状态编号重复", "同一编号的两个状态无法区分。", "改一个编号。"
    for edge in (data["start"], *data["edges"]):
        yield from _names(edge, states, deadlines, instruments)
    yield from _reach(data, states)
    yield from _ends(data, states)
    yield from _ambiguous(data)


def _names(
    edge: Mapping[str, Any], states: Collection[str], deadlines: Collection[str], instruments: Collection[str]
) -> Iterator[Finding]:
    verb = f"“{edge['label']}”（{edge['verb']}）"
    places = [state for state in (*edge.get("from", ()), edge["to"]) if state != STAY]
    cited = [basis["instrument"] for basis in edge["basis"] if "instrument" in basis]
    yield from _unknown(verb, "状态", places, states, f"用这些状态：{'、'.join(states)}。")
    yield from _unknown(verb, "角色", edge["roles"], tuple(Role), f"用这些角色：{'、'.join(Role)}。")
    yield from _unknown(verb, "期限", _rules(edge), deadlines, "先在 deadlines/ 登记，或者改正编号。")
    yield from _unknown(verb, "法律文件", cited, instruments, "先在 instruments/ 登记，或者改正编号。")
    if not edge["basis"]:
        yield (
            f"{verb}没有依据",
            "每一步都要有法律依据或者工作制度。",
            "写 instrument 和 article，或者 office-practice。",
        )


def _unknown(
    verb: str, kind: str, names: Iterable[str], known: Collection[str], mend: str
) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            yield f"{verb}引用了不认识的{kind}“{name}”", f"查不到这个{kind}，这一步就无法办理。", mend


def _rules(edge: Mapping[str, Any]) -> Iterator[str]:
    yield from (opening["rule"] for opening in edge.get("opens", ()))
    for name in ("meets", "stops", "pauses", "resumes", "extends"):
        yield from edge.get(name, ())


def _reach(data: Mapping[str, Any], states: Mapping[str, Any]) -> Iterator[Finding]:
    reached, frontier = set(), [data["start"]["to"]]
    while frontier:
        state = frontier.pop()
        if state not in reached:
            reached.add(state)
            frontier += [edge["to"] for edge in data["edges"] if state in edge["from"] and edge["to"] != STAY]
    for state in states.values():
        if state["id"] not in reached:
            yield (
                f"状态“{state['label']}”（{state['id']}）到达不了",
                "从开始走任何一条路都到不了它，它多半是写错或者漏了边。",
                "补上通向它的边，或者删去这个状态。",
            )


def _ends(data: Mapping[str, Any], states: Mapping[str, Any]) -> Iterator[Finding]:
    leaving = {source for edge in data["edges"] if edge["to"] != STAY for source in edge["from"]}
    leaving_or_staying = {source for edge in data["edges"] for source in edge["from"]}
    for state in states.values():
        if state.get("terminal") and state["id"] in leaving_or_staying:
            yield (
                f"终结状态“{state['label']}”（{state['id']}）还有出边",
                "终结之后不能再办任何一步。",
                "去掉 terminal，或者去掉这条边。",
            )
        if not state.get("terminal") and state["id"] not in leaving:
            yield (
                f"状态“{state['label']}”（{state['id']}）没有出边，又不是终结状态",
                "记录会永远停在这里。",
                "补上离开它的边，或者标 terminal: true。",
            )


def _ambiguous(data: Mapping[str, Any]) -> Iterator[Finding]:
    counted = Counter((source, edge["verb"]) for edge in data["edges"] for source in edge["from"])
    for (source, verb), count in counted.items():
        if count > 1:
            yield (
                f"状态 {source} 下“{verb}”有 {count} 条边",
                "同一状态同一动作必须只有一个去向。",
                "给其中一条换一个动词。",
            )
