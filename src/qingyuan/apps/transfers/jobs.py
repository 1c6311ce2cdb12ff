"""What the transfers department does by itself: look again at closed cases every night."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from qingyuan.apps.transfers import actions


@app.periodic(cron="40 18 * * *")  # 02:40 in China; the queue's clock is UTC
@app.task(name="transfers.retest_closed")
def retest_closed(timestamp: int) -> None:
    """应移未移: find closed cases that reach a line after all. Harmless when run twice."""
    actions.retest_closed(at=datetime.fromtimestamp(timestamp, UTC))
