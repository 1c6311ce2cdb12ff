"""Import a file of letters: upload, map, check, confirm, take in; every step can be left, stopped and continued."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.intake.actions.receiving import Incoming, receive_many
from qingyuan.apps.intake.actions.staging import stage
from qingyuan.apps.intake.models import ColumnMapping, Import, ImportOriginal, ImportRow
from qingyuan.apps.intake.queries import registers, sealing
from qingyuan.apps.intake.queries.reading import Sheet, read_sheets
from qingyuan.apps.intake.queries.sealing import Sender
from qingyuan.apps.ledger.actions import Subject, record
from qingyuan.apps.registry.actions import PartyFacts
from qingyuan.domain.decision import Reason, RefusedError
from qingyuan.domain.uploads import media_type_of
from qingyuan.intelligence.tabular.fields import BY_NAME, REQUIRED
from qingyuan.intelligence.tabular.mapping import signature, suggest

BATCH = 1000
State = Import.State


def _refused(text: str) -> RefusedError:
    return RefusedError([Reason(text)])


def _lock(batch: Import) -> Import:
    return (
        Import.objects.select_for_update(no_key=True, of=("self",))
        .select_related("uploaded_by__unit__region")
        .get(pk=batch.pk)
    )


def _event(verb: str, batch: Import, by: Member, at: datetime, **facts: Any) -> None:
    record(f"import.{verb}", subject=Subject.of("import", batch.pk), by=by.actor, at=at, facts=facts)


@transaction.atomic
def upload(*, content: bytes, name: str, by: Member, at: datetime) -> Import:
    """上传导入文件: keep the file, sealed, and read its heads. Raises RefusedError for a file that cannot be read.

    The original is encrypted: it holds reporters' names and telephone numbers.
    """
    media_type_of(content, name)
    sheets = read_sheets(content, name)
    batch = Import.objects.create(
        name=name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        heads=[_heads(sheet) for sheet in sheets],
        uploaded_by=by,
        uploaded_at=at,
        rows=sum(len(sheet.rows) for sheet in sheets),
    )
    ImportOriginal.objects.create(owner=batch, sealed=sealing.seal(content))
    mapping = ColumnMapping.objects.filter(signature=batch.heads[0]["signature"]).first()
    if mapping is not None:
        batch.columns, batch.port, batch.kind = mapping.columns, mapping.port, mapping.kind
    else:
        batch.columns = {field: found.column for field, found in suggest(sheets[0].heads).items()}
    batch.save()
    _event("uploaded", batch, by, at, name=name, sha256=batch.sha256, rows=batch.rows)
    return batch


def _heads(sheet: Sheet) -> dict[str, Any]:
    return {
        "sheet": sheet.name,
        "head_row": sheet.head_at,
        "heads": sheet.heads,
        "signature": signature(sheet.heads),
        "rows": len(sheet.rows),
    }


@transaction.atomic
def confirm_mapping(
    *, batch: Import, columns: dict[str, int], port: str, kind: str, by: Member, at: datetime
) -> Import:
    """确认列对应关系: fix which column is which field, remember it by the heads, and let the rows be checked."""
    batch = _lock(batch)
    if batch.state not in (State.UPLOADED, State.CHECKED):
        raise _refused(_("这份文件已经在导入或者已导入,不能再改列对应关系。"))
    missing = [BY_NAME[field].label for field in REQUIRED if field not in columns]
    if missing:
        raise _refused(_("必须指定这些字段对应哪一列:{fields}。").format(fields="、".join(missing)))
    if len(set(columns.values())) < len(columns):
        raise _refused(_("有一列对应了两个字段,请每列只对应一个字段。"))
    batch.columns, batch.port, batch.kind, batch.state = columns, port, kind, State.CHECKING
    batch.save()
    ColumnMapping.objects.update_or_create(
        signature=batch.heads[0]["signature"],
        defaults={"columns": columns, "port": port, "kind": kind, "saved_by": by.username, "saved_at": at},
    )
    _event("mapped", batch, by, at, columns=columns, port=port, kind=kind)
    return batch


@transaction.atomic
def check(*, batch: Import, at: datetime) -> Import:
    """检查: read every row again by the confirmed columns and stage it; the register is not touched.

    Run again after an interruption it starts anew and comes to the same result.
    """
    batch = _lock(batch)
    if batch.state != State.CHECKING:
        return batch
    content = sealing.unseal(ImportOriginal.objects.get(owner=batch).sealed)
    stage(batch, read_sheets(content, batch.name), at=at)
    batch.state = State.CHECKED
    batch.save()
    _event("checked", batch, batch.uploaded_by, at, rows=batch.rows, good=batch.good, bad=batch.bad)
    return batch


@transaction.atomic
def confirm(*, batch: Import, without_bad: bool, by: Member, at: datetime) -> Import:
    """确认导入: let the good rows be taken in; with bad rows in the file only when the person says so."""
    batch = _lock(batch)
    if batch.state != State.CHECKED:
        raise _refused(_("只有检查完成的文件可以确认导入。"))
    if batch.bad and not without_bad:
        raise _refused(
            _("有{bad}行有问题。请改正原文件后重新上传,或者勾选“只导入没有问题的{good}行”。").format(
                bad=batch.bad, good=batch.good
            )
        )
    batch.state = State.TAKING_IN
    batch.save(update_fields=["state"])
    _event("confirmed", batch, by, at, good=batch.good, bad=batch.bad)
    return batch


@transaction.atomic
def stop(*, batch: Import, by: Member, at: datetime) -> Import:
    """停止导入: stop after the rows under way; what is in stays in, the rest can be continued."""
    return _switch(batch, State.TAKING_IN, State.STOPPED, "stopped", by, at)


@transaction.atomic
def resume(*, batch: Import, by: Member, at: datetime) -> Import:
    """继续导入: go on with the rows that are not in yet."""
    return _switch(batch, State.STOPPED, State.TAKING_IN, "resumed", by, at)


def _switch(batch: Import, source: str, target: str, verb: str, by: Member, at: datetime) -> Import:
    batch = _lock(batch)
    if batch.state != source:
        raise _refused(_("导入现在是“{state}”,不能这样办。").format(state=batch.get_state_display()))
    batch.state = target
    batch.save(update_fields=["state"])
    _event(verb, batch, by, at, created=batch.created)
    return batch


def take_in(*, batch: Import, at: datetime, limit: int | None = None) -> Import:
    """导入: take in all good rows, a thousand at a time, each thousand one transaction.

    Killed at any moment it loses at most the thousand under way, which stays good and is taken in next time. Ends
    early when somebody stops it, or after `limit` thousands.
    """
    rounds = 0
    while limit is None or rounds < limit:
        batch = take_in_some(batch=batch, at=at)
        if batch.state != State.TAKING_IN:
            break
        rounds += 1
    return batch


@transaction.atomic
def take_in_some(*, batch: Import, at: datetime) -> Import:
    """Take in the next thousand rows; without any left the import is completed."""
    batch = _lock(batch)
    if batch.state != State.TAKING_IN:
        return batch
    rows = list(ImportRow.objects.filter(batch=batch, state=ImportRow.State.GOOD).order_by("pk")[:BATCH])
    if not rows:
        batch.state = State.COMPLETED
        batch.save(update_fields=["state"])
        facts = {"created": batch.created, "already_there": batch.already_there, "bad": batch.bad}
        _event("completed", batch, batch.uploaded_by, at, **facts)
        return batch
    known = registers.known_numbers(batch.port, [row.values["source_number"] for row in rows])
    old = [row for row in rows if row.values["source_number"] in known]
    new = [row for row in rows if row.values["source_number"] not in known]
    receive_many([_incoming(batch, row) for row in new], by=batch.uploaded_by, at=at)
    _mark(new, ImportRow.State.CREATED)
    _mark(old, ImportRow.State.ALREADY_THERE)
    batch.created += len(new)
    batch.already_there += len(old)
    batch.save(update_fields=["created", "already_there"])
    return batch


def _mark(rows: Sequence[ImportRow], state: str) -> None:
    # The identity is in the register's own seal from here on: one place to keep, one to open.
    ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(state=state, sealed=b"")


def _incoming(batch: Import, row: ImportRow) -> Incoming:
    values = row.values
    name = values.get("party_name", "")
    return Incoming(
        port=batch.port,
        text=values["text"],
        kinds=tuple(values["kinds"]),
        received_at=datetime.fromisoformat(values["received_at"]),
        title=values.get("title", ""),
        source_number=values["source_number"],
        goods=values.get("goods", ""),
        platform=values.get("platform", ""),
        place=values.get("place", ""),
        respondent=PartyFacts(
            name,
            address=values.get("party_address", ""),
            credit_code=values.get("party_code", ""),
            phone=values.get("party_phone", ""),
        )
        if name
        else None,
        sender=sealing.unseal_sender(row.sealed) if row.sealed else Sender(),
        original=row.original,
        import_ref=f"{batch.pk}/{row.sheet}/{row.row}",
    )


@transaction.atomic
def fail(*, batch: Import, fault: str) -> None:
    """Note that a file could not be read after all; nothing of it was taken in."""
    Import.objects.filter(pk=batch.pk).update(state=State.FAILED, fault=fault[:500])


@transaction.atomic
def open_original(*, batch: Import, reason: str, by: Member, at: datetime) -> bytes:
    """下载导入原件: return the file as uploaded; who asked and why is recorded, for it holds identities."""
    batch = _lock(batch)
    if batch.uploaded_by_id != by.pk:
        raise _refused(_("导入原件含有来件人身份信息,只有上传人可以下载。"))
    if len(reason.strip()) < 4:
        raise _refused(_("请写明下载原件的理由。理由会记入台账。"))
    _event("original-opened", batch, by, at, reason=reason.strip())
    return sealing.unseal(ImportOriginal.objects.get(owner=batch).sealed)
