"""`qingyuan export_ledger FOLDER`: write the ledger with a checker that needs neither the system nor its database."""

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from qingyuan.apps.ledger import queries
from qingyuan.basics import chain


class Command(BaseCommand):
    help = "导出台账(事件、封印)和独立校验程序 check_ledger.py 到一个空文件夹。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="目标文件夹,应不存在或为空")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} 不是空文件夹;导出不会覆盖已有文件,请另选一个。")
        folder.mkdir(parents=True, exist_ok=True)
        events = self._write(folder / "events.jsonl", queries.exported_events())
        seals = self._write(folder / "seals.jsonl", queries.exported_seals())
        shutil.copyfile(Path(chain.__file__), folder / "check_ledger.py")
        self.stdout.write(f"已导出 {events} 个事件、{seals} 个封印。核验:python3 check_ledger.py .")

    @staticmethod
    def _write(path: Path, rows: object) -> int:
        count = 0
        with path.open("w", encoding="utf-8") as file:
            for row in rows:  # type: ignore[attr-defined]
                file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
                count += 1
        return count
