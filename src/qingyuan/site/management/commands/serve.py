from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from qingyuan.site.processes import LOCAL, ProcessError, migrate, running


class Command(BaseCommand):
    help = "Bring the tables up to date, then run web and worker until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=LOCAL, help="address to listen on (default: this machine only)")
        parser.add_argument(
            "--port", type=int, help="port (default: the last one, else 8000 or the next free)"
        )
        parser.add_argument("--workers", type=int, default=2, help="web processes (default: 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            migrate()
            with running(host=options["host"], port=options["port"], web_workers=options["workers"]) as site:
                self.stdout.write(_("清源已启动：%(address)s（Ctrl-C 停止）") % {"address": site.address})
                self.stdout.flush()
                site.wait()
        except ProcessError as error:
            raise CommandError(str(error)) from error
