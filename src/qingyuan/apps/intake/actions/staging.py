"""Check the rows of an import and stage them: nothing of them is in the register yet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from qingyuan.apps.intake.models import Import, ImportRow
from qingyuan.apps.intake.queries import sealing
from qingyuan.apps.intake.queries.reading import Sheet, json_of, text_of
from qingyuan.apps.intake.queries.sealing import Sender
from qingyuan.basics.credit_code import credit_code_fault
from qingyuan.basics.hashing import canonical_json, sha256_hex
from qingyuan.intelligence.tabular.cells import CellError, kinds, moment, prose
from qingyuan.intelligence.tabular.fields import BY_NAME, IDENTITY
from qingyuan.intelligence.tabular.mapping import signature
from qingyuan.ui.spreadsheet import original as without_apostrophe

LONGEST = {
    "source_number": 80,
    "goods": 120,
    "platform": 80,
    "place": 200,
    "party_name": 120,
    "party_address": 200,
}


PERSONAL = (
    *("电话", "手机", "姓名", "身份证", "证件", "联系人", "联系方式", "住址", "来电", "邮箱", "微信"),
    *("投诉人", "举报人", "反映人", "诉求人", "来信人", "来访人"),
)
"""Words in a head that nobody mapped which tell of a person: better a column lost from the copy than a name kept."""


@dataclass(frozen=True)
class CheckedRow:
    """A row after the check: its values by field, what is wrong with it, who sent it."""

    values: dict[str, Any]
    faults: list[dict[str, str]]
    sender: Sender


def columns_for(sheet: Sheet, batch: Import) -> dict[str, int]:
    """Return field → position for a sheet: as confirmed; by head where a sheet orders otherwise."""
    heads = next((each for each in batch.heads if each["signature"] == signature(sheet.heads)), None)
    chosen: dict[str, Any] = batch.columns
    if heads is batch.heads[0] or heads is None:
        return {
            field: int(position) for field, position in chosen.items() if int(position) < len(sheet.heads)
        }
    names = {field: batch.heads[0]["heads"][int(position)] for field, position in chosen.items()}
    return {field: sheet.heads.index(name) for field, name in names.items() if name in sheet.heads}


def check_row(
    row: Sequence[Any], columns: dict[str, int], heads: Sequence[str], *, kind: str, at: datetime
) -> CheckedRow:
    """Read one row; every fault names its column and says what to do."""
    raw = {field: row[position] for field, position in columns.items() if position < len(row)}
    faults: list[dict[str, str]] = []

    def wrong(field: str, reason: str) -> None:
        position = columns.get(field)
        column = heads[position] if position is not None else BY_NAME[field].label
        faults.append({"column": column, "reason": reason})

    texts = {field: without_apostrophe(text_of(cell)).strip() for field, cell in raw.items()}
    values: dict[str, Any] = {f: texts[f] for f in texts if f not in IDENTITY and texts[f]}
    values["text"] = prose(texts.get("text", ""))
    if not values["text"]:
        wrong("text", _("没有内容。请补上来件内容,或者删去这一行。"))
    values["received_at"] = _moment(raw.get("received_at", ""), at, wrong)
    values["kinds"] = _kinds(texts.get("kind", ""), kind, wrong)
    for field, longest in LONGEST.items():
        if len(texts.get(field, "")) > longest:
            wrong(
                field,
                _("超过{longest}个字,可能列对应错了。请缩短或者检查列对应关系。").format(longest=longest),
            )
    if texts.get("party_code") and (fault := credit_code_fault(texts["party_code"])):
        wrong("party_code", fault)
    if texts.get("party_code") and not texts.get("party_name"):
        wrong("party_name", _("填了统一社会信用代码而没有名称。请补上主体名称。"))
    sender = Sender(*(texts.get(f"sender_{part}", "") for part in ("name", "phone", "address", "id")))
    values.setdefault("source_number", _fingerprint(values, sender))
    return CheckedRow(values, faults, sender)


def _moment(cell: Any, at: datetime, wrong: Any) -> str:
    try:
        found = moment(cell)
    except CellError as error:
        wrong("received_at", str(error))
        return ""
    if found > at:
        wrong("received_at", _("收到时间晚于现在。请更正:期限从收到之日起算。"))
    return found.isoformat()


def _kinds(text: str, kind: str, wrong: Any) -> list[str]:
    if not text:
        return [kind]
    try:
        return list(kinds(text))
    except CellError as error:
        wrong("kind", str(error))
        return []


def _fingerprint(values: dict[str, Any], sender: Sender) -> str:
    """Return a number for a row that has none, so that importing it twice is noticed."""
    parts = {key: values.get(key, "") for key in ("received_at", "text", "party_name", "title")}
    return f"row:{sha256_hex(canonical_json({**parts, 'phone': sealing.phone_mac(sender.phone)}))[:40]}"


def stage(batch: Import, sheets: Sequence[Sheet], *, at: datetime) -> None:
    """Check every row and write it to the staging table with COPY. Runs in the caller's transaction."""
    ImportRow.objects.filter(batch=batch).delete()
    counts = {ImportRow.State.GOOD: 0, ImportRow.State.BAD: 0}
    with connection.cursor() as cursor:
        statement = (
            "COPY intake_importrow (batch_id, sheet, row, values, original, sealed, faults, state) FROM STDIN"
        )
        with cursor.copy(statement) as copy:
            for values, state in _staged(batch, sheets, at):
                copy.write_row(values)
                counts[state] += 1
    batch.good, batch.bad = counts[ImportRow.State.GOOD], counts[ImportRow.State.BAD]
    batch.rows = batch.good + batch.bad


def _staged(batch: Import, sheets: Sequence[Sheet], at: datetime) -> Iterator[tuple[tuple[Any, ...], str]]:
    seen: dict[str, tuple[str, int]] = {}
    for sheet in sheets:
        columns = columns_for(sheet, batch)
        hidden = _hidden(columns, sheet.heads)
        for number, row in sheet.numbered():
            checked = check_row(row, columns, sheet.heads, kind=batch.kind, at=at)
            key = checked.values["source_number"]
            if key in seen:
                reason = _("与{sheet}第{row}行是同一来源编号。一个编号只能登记一次,请删去其中一行。").format(
                    sheet=seen[key][0], row=seen[key][1]
                )
                checked.faults.append({"column": BY_NAME["source_number"].label, "reason": reason})
            seen.setdefault(key, (sheet.name, number))
            state = ImportRow.State.BAD if checked.faults else ImportRow.State.GOOD
            yield _line(batch, sheet, number, row, hidden, checked, state), state


def _hidden(columns: dict[str, int], heads: Sequence[str]) -> frozenset[int]:
    """Return the columns that are not kept in clear: the sender's, and unmapped ones whose head speaks of a person."""
    mapped = set(columns.values())
    personal = {
        position
        for position, head in enumerate(heads)
        if position not in mapped and any(word in head for word in PERSONAL)
    }
    return frozenset(personal | {columns[field] for field in IDENTITY if field in columns})


def _line(
    batch: Import,
    sheet: Sheet,
    number: int,
    row: Sequence[Any],
    hidden: frozenset[int],
    checked: CheckedRow,
    state: str,
) -> tuple[Any, ...]:
    sender = checked.sender

    def clean(value: Any) -> Any:
        return sealing.without_sender(value, sender) if sender and isinstance(value, str) else value

    values = {key: clean(value) for key, value in checked.values.items()}
    original = {key: clean(value) for key, value in json_of(sheet.heads, row, hidden).items()}
    return (
        batch.pk,
        sheet.name,
        number,
        json.dumps(values, ensure_ascii=False),
        json.dumps(original, ensure_ascii=False),
        sealing.seal_sender(sender) if sender else b"",
        json.dumps(checked.faults, ensure_ascii=False),
        str(state),
    )
