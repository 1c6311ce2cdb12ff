"""Read clues: the facts their steps need, what they resemble, their matters and documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from qingyuan.apps.agencies.models import Member, Unit, UnitKind
from qingyuan.apps.clues.models import (
    Clue,
    ClueDocument,
    ClueState,
    DocumentWord,
    Likeness,
    Matter,
    OfficialDocument,
    Source,
)
from qingyuan.apps.ledger import queries as ledger
from qingyuan.basics.bigrams import bigrams
from qingyuan.domain.transitions import Choice, available_verbs
from qingyuan.intelligence.similar import Sketch
from qingyuan.law.workflows import Requirement, Workflow

STATED = {
    "suspected_breach": "有证据初步证明违法行为",
    "within_jurisdiction": "属于本机关管辖",
    "within_limitation": "在处罚时效之内",
}
"""Facts of the clue workflow that the person in charge states; all others are found in the records."""

KIND_WORDS = {
    UnitKind.OFFICE: "打假办",
    UnitKind.MARKET_REGULATION: "市监",
    UnitKind.POLICE: "公",
    UnitKind.PROCURATORATE: "检",
    UnitKind.COURT: "法",
    UnitKind.AGRICULTURE: "农",
    UnitKind.CULTURE_TOURISM: "文旅",
    UnitKind.FORESTRY: "林",
    UnitKind.HEALTH: "卫",
    UnitKind.ECOLOGY: "环",
    UnitKind.TAX: "税",
    UnitKind.PUBLICITY: "宣版",
    UnitKind.COMMERCE: "商",
    UnitKind.INDUSTRY: "工信",
    UnitKind.CYBERSPACE: "网信",
}
"""机关代字 by line of government, for units that have not set their own."""

NEAREST = 50
"""Candidates looked at for one clue: the newest."""


def workflow() -> Workflow:
    """Return the clue's workflow."""
    return ledger.book().workflow("clue")


def lock(clue: Clue) -> Clue:
    """Lock and return a clue with its unit."""
    return (
        Clue.objects.select_for_update(no_key=True, of=("self",))
        .select_related("unit__region")
        .get(pk=clue.pk)
    )


def word_of(unit: Unit) -> str:
    """机关代字: return the unit's own word, else one derived from the region and the line of government."""
    word = DocumentWord.objects.filter(unit=unit).values_list("word", flat=True).first()
    return word or f"{unit.region.name[:1]}{KIND_WORDS.get(UnitKind(unit.kind), unit.short_name[:4])}"


def search(clues: QuerySet[Clue], text: str) -> QuerySet[Clue]:
    """Narrow clues to those whose number, title, party, place or goods hold the text (two characters or more)."""
    windows = bigrams(text)
    return clues.filter(bigrams__contains=windows) if windows else clues.filter(number=text)


def listed(clues: QuerySet[Clue]) -> QuerySet[Clue]:
    """Return clues with the number of matters in each, for lists."""
    return clues.annotate(matter_count=Count("matters", filter=Q(matters__unlinked_at=None)))


def documents(clue: Clue) -> QuerySet[ClueDocument]:
    """Return a clue's documents, newest first."""
    return ClueDocument.objects.filter(clue=clue).select_related("attachment").order_by("-pk")


def matters(clue: Clue) -> QuerySet[Matter]:
    """Return every matter ever linked to the clue, those still in it first."""
    return Matter.objects.filter(clue=clue).order_by(
        F("unlinked_at").asc(nulls_first=True), "received_at", "pk"
    )


def merged_clues(clue: Clue) -> QuerySet[Clue]:
    """Return the clues merged into this one."""
    return Clue.objects.filter(merged_into=clue).order_by("received_at", "pk")


def matter_of(kind: str, record_id: object) -> Matter | None:
    """Return the live link that holds a record in a clue, if any."""
    return (
        Matter.objects.filter(kind=kind, record_id=str(record_id), unlinked_at=None)
        .select_related("clue")
        .first()
    )


def document_facts(rows: Iterable[OfficialDocument]) -> dict[str, bool]:
    """Return which requirements of kind `document` are met: by a document that can carry a step now."""
    return {document.kind: True for document in rows if document.valid}


def is_paused(kind: str, pk: object) -> bool:
    """Tell whether any clock of the record stands still."""
    return ledger.duties_of(kind, pk).filter(state="open", paused_since__isnull=False).exists()


def step_facts(clue: Clue) -> dict[str, Any]:
    """Return the facts of the clue's steps as the records show them."""
    return {
        "assignees": clue.handler_id is not None,
        "paused": is_paused("clue", clue.pk),
        **document_facts(clue.documents.all()),
    }


def choices(clue: Clue, member: Member, at: datetime) -> tuple[Choice, ...]:
    """Return the steps this member may take now, each with what it still lacks."""
    return available_verbs(workflow(), clue.state, member.roles, step_facts(clue), on=ledger.law_day(at))


def requirement(flow: Workflow, kind: str) -> Requirement | None:
    """Return the document requirement of that id anywhere in the workflow."""
    edges = (flow.start, *flow.edges)
    return next((r for edge in edges for r in edge.requires if r.kind == "document" and r.id == kind), None)


def document_kinds(flow: Workflow, state: str) -> list[tuple[str, str]]:
    """Return the documents that steps from this state ask for: id and title."""
    found = {r.id: r.label for edge in flow.edges_from(state) for r in edge.requires if r.kind == "document"}
    return list(found.items())


def sketch(clue: Clue) -> Sketch:
    """Return what is compared of a clue."""
    return Sketch(
        id=str(clue.pk),
        party=clue.party_name,
        party_code=clue.party_code,
        place=clue.place or clue.party_address,
        text=clue.summary,
        phones=frozenset(clue.phone_marks),
    )


def candidates(clue: Clue) -> list[Clue]:
    """Return the newest other clues that agree with this one in an indexed key."""
    agrees = Q(pk__in=[])
    for name in ("party_key", "place_key", "text_key"):
        if value := getattr(clue, name):
            agrees |= Q(**{name: value})
    if clue.phone_marks:
        agrees |= Q(phone_marks__overlap=clue.phone_marks)
    return list(Clue.objects.filter(agrees).exclude(pk=clue.pk).order_by("-received_at", "-pk")[:NEAREST])


def likenesses(seen: QuerySet[Likeness], clue: Clue) -> QuerySet[Likeness]:
    """Return the proposals about a clue among those the member may see, best first."""
    return seen.filter(Q(earlier=clue) | Q(later=clue)).order_by("-score", "pk")


def waiting_likenesses(seen: QuerySet[Likeness]) -> QuerySet[Likeness]:
    """Return the proposals nobody has judged or whose judge was unsure, both clues open, best first."""
    open_states = ["received", "verifying"]
    return seen.filter(
        judgement__in=["pending", "unsure"], later__state__in=open_states, earlier__state__in=open_states
    ).order_by("-judgement", "-score", "pk")


def next_likeness(seen: QuerySet[Likeness], after: Likeness) -> Likeness | None:
    """Return the next pair to judge."""
    return waiting_likenesses(seen).filter(judgement="pending").exclude(pk=after.pk).first()


def proposals(seen: QuerySet[Likeness], clue: Clue) -> Sequence[tuple[Likeness, Clue]]:
    """Return the proposals about a clue with the other clue of each."""
    return [
        (likeness, likeness.earlier if likeness.later_id == clue.pk else likeness.later)
        for likeness in likenesses(seen, clue)
    ]


def state_choices() -> list[tuple[str, Any]]:
    """Return the states with their words."""
    return list(ClueState.choices)


def source_choices() -> list[tuple[str, Any]]:
    """Return the sources with their words."""
    return list(Source.choices)
