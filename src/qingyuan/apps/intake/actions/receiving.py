"""Receive letters: one from a form or the interface, many from an import."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member, Unit
from qingyuan.apps.intake.actions.dues import DueCache
from qingyuan.apps.intake.actions.routing import Routed, route
from qingyuan.apps.intake.models import Letter, Matter, MatterKind, ReporterIdentity
from qingyuan.apps.intake.queries import registers, sealing
from qingyuan.apps.intake.queries.routes import RoutingTable, routing_table
from qingyuan.apps.intake.queries.sealing import Sender
from qingyuan.apps.ledger.actions import Draft, Subject, open_duties, record_many, write_many
from qingyuan.apps.ledger.models import Event
from qingyuan.apps.ledger.queries import book, law_day
from qingyuan.apps.registry.actions import PartyFacts, find_or_prepare
from qingyuan.apps.registry.models import Party
from qingyuan.basics.credit_code import credit_code_fault
from qingyuan.basics.hashing import sha256_hex
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.domain.transitions import Transition, decide_transition

TITLE = 60
RECEIPT_DIGITS = 16


@dataclass(frozen=True)
class Incoming:
    """A letter as it comes in, before anything is kept of it."""

    port: str
    text: str
    kinds: tuple[str, ...]
    received_at: datetime
    title: str = ""
    source_number: str = ""
    goods: str = ""
    platform: str = ""
    place: str = ""
    respondent: PartyFacts | None = None
    sender: Sender = field(default_factory=Sender)
    original: dict[str, Any] = field(default_factory=dict)
    import_ref: str = ""
    idempotency_key: str = ""
    request_digest: str = ""
    unit: Unit | None = None
    """The unit chosen by hand; routing decides when it is empty."""


@dataclass(frozen=True)
class Received:
    """What was made of a letter. `receipt_code` is known at this moment only; `created` False: it was there already."""

    letter: Letter
    matters: tuple[Matter, ...]
    receipt_code: str = ""
    created: bool = True


def receive(*, incoming: Incoming, by: Member, at: datetime) -> Received:
    """登记来件: keep a letter once, open its matters with their clocks, route them, and give its reporter a code.

    The same idempotency key with the same content returns what the first call made. Raises RefusedError for
    content that cannot be taken in, for a key used for something else, and for a source number already there.
    """
    _require_sound(incoming, at)
    try:
        return receive_many([incoming], by=by, at=at, receipts=True)[0]
    except IntegrityError:
        if (earlier := _earlier(incoming, by)) is None:
            raise
        return earlier


@transaction.atomic
def receive_many(
    incoming: Sequence[Incoming], *, by: Member, at: datetime, receipts: bool = False
) -> list[Received]:
    """Receive letters in a fixed number of statements, whatever their number; all or none.

    The caller has made sure that they are sound and new. Raises IntegrityError when one is there already.
    """
    table = routing_table()
    clean = [_without_sender(each) for each in incoming]
    parties, drafts = find_or_prepare(
        [each.respondent for each in clean if each.respondent], by=by.actor, at=at
    )
    codes = [_receipt_code() if receipts else "" for _each in incoming]
    letters = write_many(
        [_letter(each, parties, code, by, at) for each, code in zip(clean, codes, strict=True)]
    )
    _seal(letters, incoming)
    made = [
        (letter, _matters(letter, each, table, by, at)) for letter, each in zip(letters, clean, strict=True)
    ]
    matters = [matter for _letter, own in made for matter in own]
    write_many(matters)
    steps = {kind: received_transition(kind, at, by) for kind in {matter.kind for matter in matters}}
    receipt_drafts = [receipt_draft(matter, steps[matter.kind], by, at) for matter in matters]
    events = record_many([*drafts, *receipt_drafts])[len(drafts) :]
    open_first_duties(matters, events, table)
    return [Received(letter, tuple(own), code) for (letter, own), code in zip(made, codes, strict=True)]


def _require_sound(incoming: Incoming, at: datetime) -> None:
    faults = []
    if not incoming.text.strip():
        faults.append(_("来件内容不能为空,请写明投诉请求、举报事实或者咨询的问题。"))
    if not incoming.kinds:
        faults.append(_("请选择来件属于投诉、举报还是咨询;一件来件可以同时是投诉和举报。"))
    if incoming.received_at > at:
        faults.append(_("收到时间晚于现在,请更正收到时间:期限从收到之日起算。"))
    if incoming.respondent and incoming.respondent.credit_code:
        fault = credit_code_fault(incoming.respondent.credit_code)
        faults += [fault] if fault else []
    if faults:
        raise RefusedError([Reason(fault) for fault in faults])


def _earlier(incoming: Incoming, by: Member) -> Received | None:
    """Return what an earlier call with the same key made. Raises RefusedError for a clash."""
    if incoming.idempotency_key:
        letter = Letter.objects.filter(
            registered_by=by.username, idempotency_key=incoming.idempotency_key
        ).first()
        if letter is not None:
            if letter.request_digest != incoming.request_digest:
                raise RefusedError(
                    [
                        Reason(
                            _("这个幂等键已用于另一份内容不同的来件。同一键只能重发同一内容;新来件请换新键。")
                        )
                    ]
                )
            matters = Matter.objects.filter(letter=letter).select_related("letter", "unit").order_by("pk")
            return Received(letter, tuple(matters), created=False)
    known = Letter.objects.filter(port=incoming.port, source_number=incoming.source_number).first()
    if incoming.source_number and known is not None:
        raise RefusedError(
            [
                Reason(
                    _("来源编号“{number}”已于{day}登记,没有重复登记。请按该编号在登记簿中查找。").format(
                        number=incoming.source_number, day=f"{law_day(known.registered_at):%Y-%m-%d}"
                    )
                )
            ]
        )
    return None


def _receipt_code() -> str:
    digits = "".join(secrets.choice("0123456789") for _position in range(RECEIPT_DIGITS))
    return "-".join(digits[start : start + 4] for start in range(0, RECEIPT_DIGITS, 4))


def _without_sender(incoming: Incoming) -> Incoming:
    """Take the sender's identity out of everything that is kept in clear."""
    sender = incoming.sender
    if not sender:
        return incoming
    clean: Callable[[str], str] = lambda text: sealing.without_sender(text, sender)  # noqa: E731
    # Where it happened may be where the sender lives: the place is needed, who lives there is not.
    clean_place: Callable[[str], str] = lambda text: sealing.without_sender(text, replace(sender, address=""))  # noqa: E731
    respondent = incoming.respondent
    return replace(
        incoming,
        text=clean(incoming.text),
        title=clean(incoming.title),
        goods=clean(incoming.goods),
        platform=clean(incoming.platform),
        place=clean_place(incoming.place),
        respondent=respondent and replace(respondent, address=clean_place(respondent.address)),
        original={
            key: clean(value) if isinstance(value, str) else value for key, value in incoming.original.items()
        },
    )


def _letter(incoming: Incoming, parties: dict[Any, Party], code: str, by: Member, at: datetime) -> Letter:
    party = parties[incoming.respondent.key] if incoming.respondent else None
    text = incoming.text.strip()
    title = " ".join((incoming.title or text).split())
    return Letter(
        port=incoming.port,
        source_number=incoming.source_number.strip(),
        received_at=incoming.received_at,
        title=title[:TITLE],
        text=text,
        goods=incoming.goods.strip()[:120],
        platform=incoming.platform.strip()[:80],
        place=incoming.place.strip()[:200],
        party=party,
        region_id=by.unit.region_id,
        original=incoming.original,
        import_ref=incoming.import_ref,
        registered_by=by.username,
        registered_at=at,
        idempotency_key=incoming.idempotency_key,
        request_digest=incoming.request_digest,
        receipt_mac=sealing.receipt_mac(code) if code else "",
    )


def _seal(letters: Sequence[Letter], incoming: Sequence[Incoming]) -> None:
    write_many(
        [
            ReporterIdentity(
                letter=letter,
                sealed=sealing.seal_sender(each.sender),
                phone_mac=sealing.phone_mac(each.sender.phone),
                named=each.sender.named,
            )
            for letter, each in zip(letters, incoming, strict=True)
            if each.sender
        ]
    )


def _matters(
    letter: Letter, incoming: Incoming, table: RoutingTable, by: Member, at: datetime
) -> list[Matter]:
    terms = registers.terms(letter, letter.party.name if letter.party else "")
    made = []
    for kind in dict.fromkeys(incoming.kinds):
        routed = Routed(incoming.unit, {"by_hand": by.name}) if incoming.unit else route(letter, kind, table)
        made.append(
            new_matter(letter, kind, routed, table, by=by, at=at, terms=terms, named=incoming.sender.named)
        )
    return made


def new_matter(
    letter: Letter,
    kind: str,
    routed: Routed,
    table: RoutingTable,
    *,
    by: Member,
    at: datetime,
    terms: list[str],
    named: bool,
) -> Matter:
    """Return a matter of a letter, not yet written: who has it, who sees it, what it is found by."""
    units = [unit for unit in (routed.unit, by.unit) if unit is not None]
    return Matter(
        letter=letter,
        kind=kind,
        unit=routed.unit,
        routing=routed.explanation,
        received_at=letter.received_at,
        port=letter.port,
        goods=letter.goods,
        party=letter.party,
        named=named,
        bigrams=terms,
        registered_unit=by.unit,
        changed_at=at,
        seen_by=table.audience(*units, supervised=kind == MatterKind.REPORT),
    )


def received_transition(kind: str, at: datetime, by: Member) -> Transition:
    """Decide the first step of a matter. Raises RefusedError for a member whose roles do not receive."""
    return decide_transition(book().workflow(kind), None, "receive", by.roles, {}, on=law_day(at)).require()


def receipt_draft(matter: Matter, transition: Transition, by: Member, at: datetime) -> Draft:
    """Return the event of receiving a matter, not yet written; no identity stands in it."""
    letter = matter.letter
    facts = {
        "to": transition.target,
        "letter": letter.pk,
        "port": letter.port,
        "source_number": letter.source_number,
        "received_at": letter.received_at.isoformat(),
        "text_sha256": sha256_hex(letter.text.encode()),
        "party": letter.party_id,
        "unit": matter.unit.code if matter.unit else None,
        "routing": matter.routing,
    }
    basis = [str(each["text"]) for each in transition.basis]
    return Draft(f"{matter.kind}.receive", Subject.of(matter.kind, matter.pk), by.actor, at, facts, basis)


def open_first_duties(matters: Sequence[Matter], events: Sequence[Event], table: RoutingTable) -> None:
    """Open the duties that receiving gives rise to; they run from the day the letter came in.

    For a day on which the book has no such rule (a letter older than the rule) none is opened.
    """
    dues = DueCache()
    duties = []
    for matter, event in zip(matters, events, strict=True):
        holder = matter.unit or table.office(matter.letter.region_id) or matter.registered_unit
        duties += [
            dues.duty(opening.rule, matter, event, holder.code, matter.received_at)
            for opening in book().workflow(matter.kind).start.opens
            if book().in_force(opening.rule, law_day(matter.received_at))
        ]
    open_duties(duties)
