"""`qingyuan verify`: recompute the whole ledger and name the first record that does not fit."""

from django.core.management.base import BaseCommand, CommandError

from qingyuan.apps.ledger import queries


class Command(BaseCommand):
    help = "重新计算整个台账的哈希链和封印;有一处不符即指出并以 1 退出。"

    def handle(self, *args: object, **options: object) -> None:
        count = 0
        for fault in queries.faults():
            self.stdout.write(str(fault))
            count += 1
        if count:
            raise CommandError(
                f"台账有 {count} 处不符,首处见上。请勿继续办理,联系系统管理员并保全数据库备份。", returncode=1
            )
        self.stdout.write(
            f"台账完好:{queries.event_count()} 个事件,{queries.seal_count()} 个封印,逐条重算无误。"
        )
