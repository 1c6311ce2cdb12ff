"""`qingyuan recompute_duties`: after a change of calendar or rule, set every open duty right and list what moved."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from qingyuan.apps.ledger import actions, queries


class Command(BaseCommand):
    help = "按现行日历和规则重算全部未结期限,列出变动及原因。可随时中断并重来。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--why", default="日历或规则变更", help="写入事件的原因")

    def handle(self, *args: object, why: str, **options: object) -> None:
        moved = actions.recompute_duties(
            book=queries.book(), calendar=queries.calendar(), at=timezone.now(), why=why
        )
        for move in moved:
            duty = move.duty
            self.stdout.write(
                f"{duty.rule} {duty.subject_kind} {duty.subject_id} {duty.title}:"
                f"{move.before:%Y-%m-%d %H:%M} → {move.after:%Y-%m-%d %H:%M}"
            )
        self.stdout.write(f"变动 {len(moved)} 项。原因:{why}")
