"""What the journeys find when they begin, written through the real actions into the server's own database.

    python -m tests.browser.seed        prints one line of JSON: where things are

It is a program and not a fixture, because the server's database belongs to the server and not to pytest.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime, timedelta
from typing import Any

import django

from qingyuan.basics.clock import CHINA

CODE, NEXT_DOOR = "620499", "620498"


def main() -> None:
    """Write the districts, their people, one record of every kind and a plan with a late unit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingyuan.site.settings")
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        made = planted(datetime.fromtimestamp(time.time(), CHINA))
    json.dump(made, sys.stdout)


def planted(now: datetime) -> dict[str, Any]:
    """Return kind → pk of the records made, and the late task's pk, the day being `now`."""
    from tests.factories import plan as make_plan
    from tests.factories import records
    from tests.factories.agencies import PASSWORD, district

    here = district(password=PASSWORD)
    make_plan.enrol(here)
    next_door = district(code=NEXT_DOOR, password=PASSWORD)
    made = {kind: maker(here) for kind, maker in records.MAKERS.items()}
    urls = {key: find(made["plan"]) for key, find in records.PARTS_OF_PLAN.items()}
    late = make_plan.adopted_plan(
        here,
        text=make_plan.TEXT.replace("2026年", "2025年"),
        at=now - timedelta(days=90),
        due_on=(now - timedelta(days=10)).date(),
    )
    return {
        "records": {kind: record.pk for kind, record in made.items()},
        "parts": urls,
        "late_task": make_plan.task_of(late, here.market.code).pk,
        "late_plan": late.pk,
        "elsewhere": next_door.region.code,
    }


if __name__ == "__main__":
    main()
