"""The JSON interface of intake: other systems hand letters in and follow what becomes of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from pydantic import AwareDatetime

from qingyuan.apps.intake import access, actions
from qingyuan.apps.intake.queries import sealing
from qingyuan.apps.intake.queries.sealing import Sender
from qingyuan.apps.registry.actions import PartyFacts
from qingyuan.domain.decision import Reason, RefusedError

router = Router(tags=["intake"])
LARGEST_PAGE = 500


class RespondentIn(Schema):
    """被投诉举报主体."""

    name: str = Field(min_length=1, max_length=120)
    credit_code: str = Field("", max_length=18)
    address: str = Field("", max_length=200)
    phone: str = Field("", max_length=40)


class SenderIn(Schema):
    """来件人: sealed at once; no answer of this interface ever contains it."""

    name: str = Field("", max_length=60)
    phone: str = Field("", max_length=40)
    address: str = Field("", max_length=200)
    id_number: str = Field("", max_length=40)


class LetterIn(Schema):
    """来件."""

    port: Literal["12315", "12345", "web", "phone", "letter", "visit", "transferred_in", "right_holder"]
    kinds: list[Literal["complaint", "report", "enquiry"]] = Field(min_length=1, max_length=3)
    text: str = Field(min_length=1, max_length=20_000)
    title: str = Field("", max_length=120)
    source_number: str = Field("", max_length=80)
    received_at: AwareDatetime | None = None
    goods: str = Field("", max_length=120)
    platform: str = Field("", max_length=80)
    place: str = Field("", max_length=200)
    respondent: RespondentIn | None = None
    sender: SenderIn | None = None


class MatterOut(Schema):
    """事项."""

    id: int
    number: str
    kind: str
    state: str
    unit: str | None
    port: str
    source_number: str
    title: str
    goods: str
    party: int | None
    received_at: datetime
    changed_at: str
    """To the microsecond: `updated_after` with this value asks for what came later, and for nothing twice."""
    closed_at: datetime | None

    @staticmethod
    def resolve_unit(matter: Any) -> str | None:
        """Return the code of the unit that handles it."""
        return matter.unit.code if matter.unit else None

    @staticmethod
    def resolve_source_number(matter: Any) -> str:
        """Return the number of the system it came from."""
        return str(matter.letter.source_number)

    @staticmethod
    def resolve_changed_at(matter: Any) -> str:
        """Return the moment of the last change, unrounded."""
        return str(matter.changed_at.isoformat())

    @staticmethod
    def resolve_title(matter: Any) -> str:
        """Return what it is about."""
        return str(matter.letter.title)

    @staticmethod
    def resolve_party(matter: Any) -> int | None:
        """Return the number of the respondent."""
        return matter.party_id


class MatterDetail(MatterOut):
    """事项 with its text."""

    text: str
    outcome: str

    @staticmethod
    def resolve_text(matter: Any) -> str:
        """Return the text, in which no identity of the sender stands."""
        return str(matter.letter.text)


class ReceivedOut(Schema):
    """登记结果: `receipt_code` comes with the first answer only; `created` False: this key was used before."""

    letter: int
    matters: list[MatterOut]
    receipt_code: str
    created: bool


class MattersOut(Schema):
    """一页事项: ask again with `next` as `after` for what follows; it is null on the last page."""

    items: list[MatterOut]
    next: str | None


@router.post("/letters", response={201: ReceivedOut, 200: ReceivedOut}, url_name="intake_create")
def create(request: HttpRequest, letter: LetterIn) -> Status[dict[str, Any]]:
    """登记来件. Send an `Idempotency-Key` header: repeating the request with the same key registers nothing twice."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > 120:
        raise RefusedError([Reason("幂等键超过120个字符,请缩短。")])
    received = actions.receive(incoming=_incoming(letter, key, request.at), by=request.member, at=request.at)
    answer = {
        "letter": received.letter.pk,
        "matters": list(received.matters),
        "receipt_code": received.receipt_code,
        "created": received.created,
    }
    return Status(201 if received.created else 200, answer)


def _incoming(letter: LetterIn, key: str, at: datetime) -> actions.Incoming:
    respondent = letter.respondent
    return actions.Incoming(
        port=letter.port,
        text=letter.text,
        kinds=tuple(letter.kinds),
        received_at=letter.received_at or at,
        title=letter.title,
        source_number=letter.source_number,
        goods=letter.goods,
        platform=letter.platform,
        place=letter.place,
        respondent=PartyFacts(
            respondent.name,
            address=respondent.address,
            credit_code=respondent.credit_code,
            phone=respondent.phone,
        )
        if respondent
        else None,
        sender=Sender(**letter.sender.dict()) if letter.sender else Sender(),
        idempotency_key=key,
        request_digest=sealing.request_mac(letter.model_dump(mode="json")) if key else "",
    )


@router.get("/matters", response=MattersOut, url_name="intake_list")
def list_matters(
    request: HttpRequest,
    updated_after: AwareDatetime | None = None,
    after: str = "",
    kind: str = "",
    state: str = "",
    limit: int = 100,
) -> dict[str, Any]:
    """事项列表, oldest change first. `updated_after` starts a feed, `after` (from `next`) continues it."""
    size = max(1, min(limit, LARGEST_PAGE))
    matters = access.visible_to(request.member).order_by("changed_at", "pk")
    if kind:
        matters = matters.filter(kind=kind)
    if state:
        matters = matters.filter(state=state)
    if updated_after:
        matters = matters.filter(changed_at__gt=updated_after)
    if after:
        matters = access.changed_after(matters, *_cursor(after))
    found = list(matters[: size + 1])
    last = found[size - 1] if len(found) > size else None
    following = f"{last.changed_at.isoformat()}~{last.pk}" if last else None
    return {"items": found[:size], "next": following}


def _cursor(text: str) -> tuple[datetime, int]:
    moment, _tilde, pk = text.rpartition("~")
    try:
        at, key = datetime.fromisoformat(moment.replace(" ", "+")), int(pk)
    except ValueError:
        at, key = datetime.min, 0
    if at.tzinfo is None:
        raise RefusedError(
            [Reason("after 不是有效的续读位置。请原样使用上一页返回的 next,或者去掉 after 从头读取。")]
        )
    return at, key


@router.get("/matters/{pk}", response=MatterDetail, url_name="intake_get")
def get_matter(request: HttpRequest, pk: int) -> Any:
    """一件事项."""
    return get_object_or_404(access.visible_to(request.member), pk=pk)
