"""Read the register: locks, lists, duties of matters, duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields import BigIntegerField
from django.db.models.functions import Cast

from qingyuan.apps.agencies.models import Member, Role
from qingyuan.apps.intake.models import Letter, Matter, MatterKind
from qingyuan.apps.intake.queries.sealing import Sender, phone_mac, receipt_mac
from qingyuan.apps.ledger.models import Duty, Event
from qingyuan.basics.bigrams import bigrams, overlap

KINDS = [str(kind) for kind in MatterKind]
INDEXED_TEXT = 400
"""Characters of a letter's text that search finds; what a letter is about stands at its beginning."""


def lock(matter: Matter) -> Matter:
    """Lock and return a matter with what its steps look at."""
    return (
        Matter.objects.select_for_update(no_key=True, of=("self",))
        .select_related("letter__region", "unit", "handler", "registered_unit", "joined_to")
        .get(pk=matter.pk)
    )


def lock_many(pks: Sequence[int]) -> list[Matter]:
    """Lock matters in one order, so that two bulk actions cannot wait for each other."""
    return list(
        Matter.objects.select_for_update(no_key=True, of=("self",))
        .select_related("letter", "unit", "registered_unit")
        .filter(pk__in=pks)
        .order_by("pk")
    )


def terms(letter: Letter, party_name: str = "") -> list[str]:
    """Return the search terms of a letter: title, beginning of the text, goods, platform, place, respondent, number."""
    return bigrams(
        letter.title,
        letter.text[:INDEXED_TEXT],
        letter.goods,
        letter.platform,
        letter.place,
        party_name,
        letter.source_number,
    )


def search(matters: QuerySet[Matter], text: str) -> QuerySet[Matter]:
    """Narrow matters to those holding the text (two characters or more) or bearing the number `投2026-000123`."""
    number = text.strip().rpartition("-")[2]
    if text[:1] in "投举询" and number.isdigit() and len(number) < 18:
        return matters.filter(pk=int(number))
    windows = bigrams(text)
    return matters.filter(bigrams__contains=windows) if windows else matters.none()


def overdue(matters: QuerySet[Matter], at: datetime) -> QuerySet[Matter]:
    """Narrow matters to those with an open duty past its due time."""
    late = Duty.objects.filter(
        subject_kind__in=KINDS, state=Duty.State.OPEN, due_at__lt=at, paused_since=None
    ).annotate(matter=Cast("subject_id", BigIntegerField()))
    return matters.filter(pk__in=late.values("matter"))


def with_due(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Add `due_at`, the earliest open due time, to each matter shown."""
    duties = (
        Duty.objects.filter(
            subject_kind=OuterRef("kind"),
            subject_id=Cast(OuterRef("pk"), CharField()),
            state=Duty.State.OPEN,
        )
        .order_by()
        .values("subject_kind")
        .annotate(first=Min("due_at"))
        .values("first")
    )
    return matters.annotate(due_at=Subquery(duties))


def unrouted(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Narrow matters to those that no unit has."""
    return matters.filter(unit=None, closed_at=None)


def joined(matter: Matter) -> list[Matter]:
    """Return the matters joined to this one."""
    return list(
        Matter.objects.filter(joined_to=matter)
        .select_related("letter", "unit", "registered_unit")
        .order_by("pk")
    )


def owes_notice(matter: Matter) -> bool:
    """Tell whether the reporter of a joined report is still owed the outcome of the other one."""
    return (
        matter.joined_to_id is not None
        and Duty.objects.filter(
            rule="report.filing-notice",
            subject_kind=matter.kind,
            subject_id=str(matter.pk),
            state=Duty.State.OPEN,
        ).exists()
    )


def outcome_of_joined(matter: Matter) -> str:
    """Return what was told to the reporter of the matter this one is joined to; empty for none."""
    return matter.joined_to.outcome if matter.joined_to else ""


def unsolved(matter: Matter) -> str:
    """Return what the reporter says is not solved; empty when nobody waits for an answer."""
    if matter.reopen_requested_at is None:
        return ""
    asked = Event.objects.filter(
        subject_kind=matter.kind, subject_id=str(matter.pk), verb=f"{matter.kind}.reopen-request"
    ).order_by("-sequence")
    return str(next((event.facts["text"] for event in asked[:1]), ""))


def by_receipt(code: str) -> Letter | None:
    """Return the letter of a receipt code, for its reporter to follow."""
    return Letter.objects.filter(receipt_mac=receipt_mac(code)).first() if code.strip() else None


def known_numbers(port: str, numbers: Sequence[str]) -> set[str]:
    """Return which of these source numbers the register has."""
    return set(
        Letter.objects.filter(port=port, source_number__in=numbers).values_list("source_number", flat=True)
    )


def handlers_of(matter: Matter) -> QuerySet[Member]:
    """Return who can be made the handler of a matter: officers and leaders of its unit."""
    return Member.objects.filter(
        unit=matter.unit_id, is_active=True, roles__overlap=[Role.OFFICER, Role.LEADER]
    ).order_by("name")


@dataclass(frozen=True)
class Likeness:
    """An earlier matter that may be the same, and each field that agrees, with both sides for a person to compare."""

    matter: Matter
    reasons: tuple[str, ...]
    fields: tuple[tuple[str, str, str, bool], ...]
    """(label, here, there, agrees)"""
    score: float


RECENT = timedelta(days=365)
ALIKE = 0.6
SHOWN = 5


def similar(
    seen: QuerySet[Matter],
    *,
    at: datetime,
    text: str = "",
    party_name: str = "",
    goods: str = "",
    sender: Sender | None = None,
    except_letter: int | None = None,
) -> list[Likeness]:
    """Return earlier matters, best first, that share the telephone, the respondent or most of the text.

    `seen` is what the member may see. Text counts as alike from six tenths of shared two-character windows.
    """
    mac = phone_mac(sender.phone) if sender else ""
    windows = bigrams(text[:INDEXED_TEXT])
    folded_party = "".join(party_name.split())
    same = Q()
    if mac:
        same |= Q(letter__identity__phone_mac=mac)
    if folded_party:
        same |= Q(party__folded_name=folded_party.casefold())
    if len(windows) > 8:
        same |= Q(bigrams__contains=_rare(windows))
    if not same:
        return []
    found = seen.filter(same, received_at__gte=at - RECENT).exclude(letter=except_letter or 0)
    rows = found.annotate(same_mac=F("letter__identity__phone_mac")).order_by("-received_at")[:200]
    here = {"party": party_name, "goods": goods, "text": text, "mac": mac}
    likenesses = [_likeness(matter, here, windows) for matter in rows]
    return sorted((each for each in likenesses if each.reasons), key=lambda each: -each.score)[:SHOWN]


def _rare(windows: list[str]) -> list[str]:
    """Return a few windows spread over the sorted list: enough for the index to find near-identical text."""
    return windows[:: max(1, len(windows) // 6)][:6]


def _likeness(matter: Any, here: dict[str, str], windows: list[str]) -> Likeness:
    shared = overlap(windows, bigrams(matter.letter.text[:INDEXED_TEXT])) if windows else 0.0
    there = matter.party.name if matter.party else ""
    same_phone = bool(here["mac"]) and matter.same_mac == here["mac"]
    same_party = bool(here["party"]) and "".join(here["party"].split()) == "".join(there.split())
    reasons = []
    if same_phone:
        reasons.append("来件人电话相同")
    if same_party:
        reasons.append("被投诉举报的主体相同")
    if shared >= ALIKE:
        reasons.append(f"内容有{round(shared * 100)}%的词语相同")
    fields = (
        ("来件人电话", "相同" if same_phone else "—", "相同" if same_phone else "—", same_phone),
        ("主体", here["party"], there, same_party),
        ("商品或者服务", here["goods"], matter.goods, bool(here["goods"]) and here["goods"] == matter.goods),
        ("内容", here["text"][:200], matter.letter.text[:200], shared >= ALIKE),
    )
    return Likeness(matter, tuple(reasons), fields, same_phone * 2 + same_party + shared)


def on_time(matters: QuerySet[Matter], at: datetime) -> QuerySet[Matter]:
    """Narrow matters to those without an open duty past its due time."""
    return matters.exclude(pk__in=overdue(Matter.objects.all(), at).values("pk"))


def waiting(matters: QuerySet[Matter], what: str) -> QuerySet[Matter]:
    """Narrow matters to those that wait: for a unit, for an answer to "not solved", or for their end."""
    if what == "unrouted":
        return unrouted(matters)
    if what == "reopen":
        return matters.exclude(reopen_requested_at=None)
    return matters.filter(closed_at=None)


def of_party(matters: QuerySet[Matter], party: int, *, limit: int = 50) -> QuerySet[Matter]:
    """Return the newest matters about a party."""
    return matters.filter(party=party).order_by("-received_at", "-pk")[:limit]


def siblings(matters: QuerySet[Matter], matter: Matter) -> QuerySet[Matter]:
    """Return the other matters of the same letter."""
    return matters.filter(letter=matter.letter_id).exclude(pk=matter.pk).order_by("pk")


def by_number(matters: QuerySet[Matter], number: str) -> Matter | None:
    """Return the matter a person means by its registered number."""
    return by_numbers(matters, [number]).get(number)


def by_numbers(matters: QuerySet[Matter], numbers: Sequence[str]) -> dict[str, Matter]:
    """Return the matters of these registered numbers; a number that names none is left out."""
    keys = {number: number.strip().rpartition("-")[2] for number in numbers}
    found = {
        matter.pk: matter
        for matter in matters.filter(pk__in=[int(key) for key in keys.values() if _is_key(key)])
    }
    return {number: found[int(key)] for number, key in keys.items() if _is_key(key) and int(key) in found}


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 18
