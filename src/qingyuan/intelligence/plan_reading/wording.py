"""The words of responsibility brackets: verbs, field labels, and the rule 列第一位者为牵头单位."""

from __future__ import annotations

import re
from enum import Enum

from .model import Span

_LONGEST_VERB = 30
_CARRY = r"(?:负责|抓总|组织|协调|推进|推动|落实|实施|办理|抓好|抓|并|做好|工作|到位|承办|具体)"
_LEAD_VERB = re.compile(
    rf"(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:共同|联合|统一|分别|负责)*(?:总?牵头|主办|主责|为主)(?:责任)?{_CARRY}*$|(?:为|是|担任)(?:牵头|主办)(?:单位|部门)$"
)
_HELP_VERB = re.compile(
    r"(?:积极|共同|协同|密切|分别|予以|给予|提供|按(?:照)?(?:各自|部门)?职[责能](?:分工)?)*"
    rf"(?:协助配合|参与配合|配合|参加|参与|协助|协办|协同|会办|支持){_CARRY}*$|(?:为|是)(?:配合|参与|参加|协办)(?:单位|部门)$"
)
_SHARED_VERB = re.compile(
    r"(?:(?:依据|根据|按照|依照|按|依)?(?:各自|部门|本部门|法定)*(?:的)?(?:职责|职能|职权)+(?:权限|范围|任务)?(?:分工)?"
    r"|分工)?(?:分别|共同|各自|协同|联合|具体|分头|统筹|抓)*"
    rf"(?:负责|各负其责|推进|落实|实施|承担|承办|组织实施){_CARRY}*$"
    r"|(?:依据|根据|按照|依照|按|依)(?:各自|部门)*(?:的)?(?:职责|职能)(?:分工)?$"
)
FIELD = re.compile(
    r"^(?:(?P<lead>(?:总?牵头|主办|主责|主要责任|第一责任)(?:责任)?(?:单位|部门|机构|科室|处室)?)"
    r"|(?P<help>(?:配合|参加|参与|协办|协助|协同|成员)(?:责任)?(?:单位|部门|机构|科室|处室))"
    r"|(?P<duty>(?:责任|承办|落实|负责|实施|主管|承担|责任分工|分工)(?:单位|部门|机构|科室|处室|主体)?(?:及分工)?)"
    r"|(?P<other>[^：:、，,；;]{2,8}))[：:]"
)
RULE = re.compile(
    r"(?:均)?(?:由)?(?:列|排名|排列|排)?(?:在)?(?:第一位|第一个?|首位)(?:的)?(?:者|责任单位|部门|单位)?"
    r"(?:均)?(?:为|是)(?:牵头|主办)(?:责任)?(?:单位|部门)?|下同"
)
TOGETHER_WITH = re.compile(r"^(?:并)?(?:会同|会商|联合(?![会国社]))|(?<=[局委办部厅署院会府关）)])会同")
LEADING_WORDS = re.compile(r"^(?:分别由|由|以及|及|和|并|请|其中)(?=.{3,})")


# 区公安局负责侦办案件, but not 区公安局负责解释.
_VERB_WITH_OBJECT = re.compile(
    r"(?P<name>[^负牵配]{2,30}[局委办部厅署院会社府队所位门])(?P<verb>牵头|负责|配合)(?!解释|人|制(?!定))[^、]{2,20}$"
)
TIME_WORDS = re.compile(
    r"(?:持续|长期|全年|常年|常态化|适时|每年|每季|每月|年底|年内|\d{1,4}年|\d{1,2}月|[一二三四上下]+(?:季度|半年))|.{0,12}(?:完成|坚持)$"
)


class Task(Enum):
    """What the wording says a unit does, before roles are settled."""

    LEAD = "牵头"
    HELP = "配合"
    DUTY = "负责"


def first_leads_statements(text: str) -> list[Span]:
    """Where the text states the rule 列第一位者为牵头单位."""
    return [match.span() for match in RULE.finditer(text) if match[0] != "下同"]


def strip_verb(token: str) -> tuple[str, Task | None]:
    """The token without the duty verb at its end, and what the verb means; None when it has none."""
    for pattern, task in ((_LEAD_VERB, Task.LEAD), (_HELP_VERB, Task.HELP), (_SHARED_VERB, Task.DUTY)):
        match = pattern.search(token, max(0, len(token) - _LONGEST_VERB))
        if match:
            return token[: match.start()], task
    match = _VERB_WITH_OBJECT.match(token)
    if match:
        return match["name"], _TASK_OF_VERB[match["verb"]]
    return token, None


_TASK_OF_VERB = {"牵头": Task.LEAD, "负责": Task.DUTY, "配合": Task.HELP}


def field_task(match: re.Match[str]) -> Task | None:
    """What a FIELD match means; None for a field that names no unit (责任人：, 完成时限：)."""
    if match["lead"]:
        return Task.LEAD
    if match["help"]:
        return Task.HELP
    return Task.DUTY if match["duty"] else None
