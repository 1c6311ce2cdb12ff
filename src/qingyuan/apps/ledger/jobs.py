"""What the ledger does by itself: seal every night, keep partitions ahead."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from qingyuan.apps.ledger import actions
from qingyuan.basics.clock import civil_date


@app.periodic(cron="10 17 * * *")  # 01:10 in China; the queue's clock is UTC
@app.task(name="ledger.seal")
def seal_yesterday(timestamp: int) -> None:
    """Seal what was written up to now under yesterday's date. Harmless when run twice."""
    today = civil_date(datetime.fromtimestamp(timestamp, UTC))
    actions.seal(day=today - timedelta(days=1))
    actions.make_partitions(day=today)
