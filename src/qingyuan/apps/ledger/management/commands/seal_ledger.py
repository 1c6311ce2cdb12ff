"""`qingyuan seal_ledger`: seal what was written since the last seal; the worker does this every night."""

from datetime import date, timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from qingyuan.apps.ledger.actions import seal
from qingyuan.basics.clock import civil_date


class Command(BaseCommand):
    help = "为昨日及以前的台账加封;已封则不变。"

    def handle(self, *args: object, **options: object) -> None:
        day: date = civil_date(timezone.now()) - timedelta(days=1)
        made = seal(day=day)
        self.stdout.write(f"{day} 已封:{made.root}" if made else f"{day} 已有封印,无需再封。")
