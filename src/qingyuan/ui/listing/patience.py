"""Waiting no longer than a page may: a query that takes too long is given up, and asked another way.

The planner takes the windows of a searched word for independent of each other, and the records of one unit for spread
evenly over the years. Where that is far from the truth it takes the wrong one of two ways to a page: by the index of
what is looked for, which then finds half the table, or along the order of the list, which then finds nothing for years.
The other way is quick exactly there, so it is tried next.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from psycopg.errors import QueryCanceled

T = TypeVar("T")

FIRST_TRY, SECOND_TRY = 60, 200
"""Milliseconds."""
ALONG_THE_ORDER = {"enable_bitmapscan": "off", "enable_seqscan": "off", "enable_sort": "off"}
BY_WHAT_IS_SOUGHT = {"enable_indexscan": "off", "enable_indexonlyscan": "off", "enable_seqscan": "off"}


class TookTooLongError(Exception):
    """The query was given up."""


def within(milliseconds: int, work: Callable[[], T], **settings: str) -> T:
    """Do `work` (one query) with a time limit, planned with `settings`. Raises TookTooLongError.

    Not inside a transaction: giving up would end it.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                for name, value in {"statement_timeout": str(milliseconds), **settings}.items():
                    cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
            return work()
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TookTooLongError from error
        raise


def rows(queryset: QuerySet[Any]) -> list[Any]:
    """The rows of a limited, ordered queryset, whichever way to them is quick; at last as the planner would."""
    if connection.in_atomic_block:
        return list(queryset)
    ways: tuple[tuple[int, dict[str, str]], ...] = (
        (FIRST_TRY, {}),
        (SECOND_TRY, ALONG_THE_ORDER),
        (SECOND_TRY, BY_WHAT_IS_SOUGHT),
    )
    for milliseconds, settings in ways:
        try:
            return within(milliseconds, lambda: list(queryset.all()), **settings)
        except TookTooLongError:
            continue
    return list(queryset.all())
