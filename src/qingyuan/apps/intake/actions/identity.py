"""Open a reporter's identity: on request, with a reason, by who handles the matter, leaving an event."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.intake import access
from qingyuan.apps.intake.models import Matter, ReporterIdentity
from qingyuan.apps.intake.queries import registers
from qingyuan.apps.intake.queries.sealing import Sender, unseal_sender
from qingyuan.apps.ledger.actions import Subject, record
from qingyuan.domain.decision import Reason, RefusedError

SHORTEST_REASON = 4


@transaction.atomic
def open_identity(*, matter: Matter, reason: str, by: Member, at: datetime) -> Sender:
    """查看来件人身份: return who sent the letter, and record who looked and why.

    Only the handler of an open matter may, whatever else the member's roles are. Raises PermissionDenied for anybody
    else, RefusedError without a reason or when no identity was given.
    """
    matter = registers.lock(matter)
    if not access.may_open_identity(by, matter):
        raise PermissionDenied(_("只有本件的承办人在办理期间可以查看来件人身份。需要时请联系承办人。"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise RefusedError([Reason(_("请写明查看来件人身份的理由,例如“电话核实购买凭证”。理由会记入台账。"))])
    identity = ReporterIdentity.objects.filter(letter=matter.letter).first()
    if identity is None:
        raise RefusedError([Reason(_("来件时没有提供身份信息,没有可以查看的内容。"))])
    record(
        f"{matter.kind}.identity-opened",
        subject=Subject.of(matter.kind, matter.pk),
        by=by.actor,
        at=at,
        facts={"reason": reason.strip()},
    )
    return unseal_sender(identity.sealed)
