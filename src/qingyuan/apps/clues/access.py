"""Who may open the pages of clues, and which clues one sees."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from qingyuan.apps.agencies.access import CASEWORK, Door, Rule, roles, visible
from qingyuan.apps.agencies.models import Member, Role
from qingyuan.apps.clues.models import Clue, ClueDocument, Likeness, Matter

WORKERS = roles(Role.COORDINATOR, Role.OFFICER, Role.LEADER)
"""Who works on clues; police, procuratorate and court read those that reach them."""

URLS: dict[str, Rule] = {
    "clues:list": Rule(roles=CASEWORK),
    "clues:export": Rule(roles=CASEWORK),
    "clues:new": Rule(roles=WORKERS),
    "clues:of-reports": Rule(roles=WORKERS, writes=True),
    "clues:add-reports": Rule(roles=WORKERS, record="clue", writes=True),
    "clues:party-panel": Rule(roles=CASEWORK, record="party"),
    "clues:record": Rule(roles=CASEWORK, record="clue"),
    "clues:correct": Rule(roles=WORKERS, record="clue", writes=True),
    "clues:step": Rule(roles=WORKERS, record="clue", writes=True),
    "clues:document": Rule(roles=WORKERS, record="clue", writes=True),
    "clues:document-approve": Rule(roles=roles(Role.LEADER), record="clue-document", writes=True),
    "clues:document-print": Rule(roles=CASEWORK, record="clue-document"),
    "clues:matter-unlink": Rule(roles=WORKERS, record="clue-matter", writes=True),
    "clues:separate": Rule(roles=WORKERS, record="clue", writes=True),
    "clues:receipt": Rule(roles=WORKERS, record="clue", writes=True),
    "clues:attach": Rule(roles=WORKERS, record="clue", writes=True),
    "clues:pairs": Rule(roles=WORKERS),
    "clues:pair": Rule(roles=WORKERS, record="likeness"),
    "clues:bulk-merge": Rule(roles=WORKERS, writes=True),
    "clues:bulk-assign": Rule(roles=roles(Role.COORDINATOR, Role.LEADER), writes=True),
}


def visible_to(member: Member) -> QuerySet[Clue]:
    """Return the clues a member may see."""
    return visible(Clue.objects.select_related("unit", "handler"), member)


def documents_visible_to(member: Member) -> QuerySet[ClueDocument]:
    """Return the documents of the clues a member may see."""
    return ClueDocument.objects.filter(clue__in=visible_to(member).values("pk")).select_related("clue__unit")


def matters_visible_to(member: Member) -> QuerySet[Matter]:
    """Return the matters of the clues a member may see."""
    return Matter.objects.filter(clue__in=visible_to(member).values("pk")).select_related("clue__unit")


def likenesses_visible_to(member: Member) -> QuerySet[Likeness]:
    """Return the proposals both of whose clues the member may see; half a pair would tell of the other half."""
    seen = Q(earlier__seen_by__overlap=member.scopes, earlier__confidentiality__lte=member.clearance) & Q(
        later__seen_by__overlap=member.scopes, later__confidentiality__lte=member.clearance
    )
    return Likeness.objects.filter(seen).select_related("earlier__unit", "later__unit")


def handled_by(clue: Clue, member: Member) -> bool:
    """Tell whether the member's unit holds the clue, or the member coordinates: who only sees it may not change it."""
    return clue.unit.scope_id in member.scopes or member.has_role(Role.COORDINATOR)


DOORS: dict[str, Door] = {
    "clue": visible_to,
    "clue-document": documents_visible_to,
    "clue-matter": matters_visible_to,
    "likeness": likenesses_visible_to,
}
