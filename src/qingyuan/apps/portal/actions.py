"""What the public does: send a letter, say that it is not solved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.actions import add_member
from qingyuan.apps.agencies.models import Member, Role
from qingyuan.apps.files.actions import attach
from qingyuan.apps.files.models import Attachment
from qingyuan.apps.intake import actions as intake
from qingyuan.apps.intake.models import Letter, Matter
from qingyuan.apps.intake.queries.sealing import without_sender
from qingyuan.apps.ledger.actions import SYSTEM, Subject
from qingyuan.apps.portal import queries
from qingyuan.domain.decision import Reason, RefusedError


@transaction.atomic
def open_portal(*, at: datetime) -> Member:
    """Make the account under which the public's letters are registered; it has no password.

    It acts for the office: what the public sends is received by the coordinators and routed from there.

    Raises RefusedError before a 双打办 is set up.
    """
    if account := queries.account():
        return account
    office = queries.office()
    if office is None:
        raise RefusedError([Reason(_("还没有设立双打办,网上来件无人受理。请先由管理员设立。"))])
    return add_member(
        username=queries.ACCOUNT,
        name=str(_("公众门户")),
        unit=office,
        roles=[Role.COORDINATOR],
        by=SYSTEM,
        at=at,
    )


@transaction.atomic
def send_letter(*, incoming: intake.Incoming, uploads: Sequence[tuple[str, bytes]], at: datetime) -> Any:
    """网上来件: receive a letter from the public with its files; return it with its receipt code, shown once."""
    account = open_portal(at=at)
    received = intake.receive(incoming=incoming, by=account, at=at)
    for name, content in uploads:
        for matter in received.matters:
            attach(
                content=content,
                name=without_sender(name, incoming.sender),  # the ledger keeps file names for good
                subject=Subject.of(matter.kind, matter.pk),
                by=account.actor,
                at=at,
                label=str(_("来件人提供")),
                plane=Attachment.Plane.REPORTER,
            )
    return received


@transaction.atomic
def say_unsolved(*, letter: Letter, matter_id: int, text: str, at: datetime) -> Matter:
    """未解决反映: let the sender of a letter say that a closed matter is not solved.

    Raises RefusedError for a matter that is not of this letter, is still open, or was asked about already.
    """
    matter = Matter.objects.filter(letter=letter, pk=matter_id).first()
    if matter is None or matter.closed_at is None or matter.reopen_requested_at:
        raise RefusedError([Reason(_("这件事项还在办理,或者已经收到你的反映,不需要重复提交。"))])
    return intake.request_reopening(matter=matter, text=text, by=open_portal(at=at), at=at)
