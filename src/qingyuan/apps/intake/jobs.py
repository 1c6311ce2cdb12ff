"""Work of intake that takes longer than a request: checking and taking in an import."""

from django.utils import timezone
from procrastinate.contrib.django import app

from qingyuan.apps.intake import actions
from qingyuan.apps.intake.queries.imports import import_by_id
from qingyuan.domain.decision import RefusedError


@app.task(name="intake.check-import")
def check_import(pk: int) -> None:
    """Check and stage an import; harmless when run twice."""
    batch = import_by_id(pk)
    try:
        actions.check_import(batch=batch, at=timezone.now())
    except RefusedError as error:
        actions.fail_import(batch=batch, fault=str(error))


@app.task(name="intake.take-in-import")
def take_in_import(pk: int) -> None:
    """Take in the rows of a confirmed import; continues where an earlier run was cut off."""
    actions.take_in(batch=import_by_id(pk), at=timezone.now())
