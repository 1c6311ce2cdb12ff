"""Give numbers without gaps: the next of a series, taken in the transaction that uses it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member, Unit
from qingyuan.apps.clues import queries
from qingyuan.apps.clues.models import DocumentWord
from qingyuan.apps.ledger.actions import Subject, record
from qingyuan.basics.clock import civil_date
from qingyuan.basics.document_numbers import DocumentNumber
from qingyuan.domain.decision import Reason, RefusedError


def next_number(unit: Unit, kind: str, *, at: datetime) -> str:
    """Return the next number of the unit's series (`青市监案〔2026〕12号` for kind 案) in the civil year of `at`.

    The sequence's row stays locked until the transaction ends: two writers get two numbers, and a transaction that
    fails gives its number back.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction that uses it; open one first")
    code, year = f"{queries.word_of(unit)}{kind}", civil_date(at).year
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO clues_numbersequence (series, year, last) VALUES (%s, %s, 1)
               ON CONFLICT ON CONSTRAINT number_sequence_once
               DO UPDATE SET last = clues_numbersequence.last + 1 RETURNING last""",
            [code, year],
        )
        (serial,) = cursor.fetchone()
    return str(DocumentNumber(code, year, serial))


@transaction.atomic
def set_word(*, unit: Unit, word: str, by: Member, at: datetime) -> DocumentWord:
    """设定机关代字: set the word the unit's numbers begin with from now on; numbers given stay as they are."""
    taken = DocumentWord.objects.filter(word=word).exclude(unit=unit).select_related("unit").first()
    if taken:
        text = _("机关代字“{word}”已由{unit}使用,请换一个。").format(word=word, unit=taken.unit)
        raise RefusedError([Reason(text)])
    row, _created = DocumentWord.objects.update_or_create(unit=unit, defaults={"word": word})
    record("unit.word-set", subject=Subject.of("unit", unit.pk), by=by.actor, at=at, facts={"word": word})
    return row
