"""Read imports: their rows, their faults, what the columns look like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from qingyuan.apps.intake.models import Import, ImportOriginal, ImportRow
from qingyuan.apps.intake.queries.reading import read_sheets, text_of
from qingyuan.apps.intake.queries.sealing import unseal

SAMPLE = 3


def import_by_id(pk: int) -> Import:
    """Return an import. Raises Import.DoesNotExist."""
    return Import.objects.get(pk=pk)


def sample(batch: Import) -> list[list[str]]:
    """Return the first cells of each column, to whoever uploaded the file, for the mapping page."""
    content = unseal(ImportOriginal.objects.get(owner=batch).sealed)
    sheet = read_sheets(content, batch.name)[0]
    rows = [row for _number, row in sheet.numbered()][:SAMPLE]
    return [
        [" ".join(text_of(row[position]).split())[:60] for row in rows if position < len(row)]
        for position in range(len(sheet.heads))
    ]


def preview(batch: Import, *, limit: int = 20) -> list[ImportRow]:
    """Return the first good rows as they will be registered."""
    return list(
        ImportRow.objects.filter(batch=batch).exclude(state=ImportRow.State.BAD).order_by("pk")[:limit]
    )


def bad_rows(batch: Import, *, limit: int | None = None) -> list[ImportRow]:
    """Return the rows with faults, in the order of the file."""
    return list(ImportRow.objects.filter(batch=batch, state=ImportRow.State.BAD).order_by("pk")[:limit])


def fault_lines(batch: Import) -> Iterator[list[Any]]:
    """Yield one line a fault: sheet, row, column, reason, and the value as it came (never the sender's)."""
    rows = ImportRow.objects.filter(batch=batch, state=ImportRow.State.BAD).order_by("pk")
    for row in rows.iterator(chunk_size=2000):
        for fault in row.faults:
            value = row.original.get(fault["column"], "")
            yield [row.sheet, row.row, fault["column"], fault["reason"], value[:200]]


def download_name(batch: Import) -> str:
    """Return the file's own name as a header writes it."""
    return quote(batch.name)
