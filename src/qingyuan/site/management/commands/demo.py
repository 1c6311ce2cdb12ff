from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyuan.site.demo import chronicle, summary
from qingyuan.site.demo.district import LOGINS, PASSWORD
from qingyuan.site.demo.visits import Visit, visit
from qingyuan.site.processes import LOCAL, ProcessError, Running, migrate, running

TELL_EVERY = 2.0  # seconds


class StoppedError(Exception):
    """The load was told to stop; what is not finished is loaded the next time."""


class Command(BaseCommand):
    help = "Load the invented district 青禾区 and run the system on it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="load all, one request per role, a summary, exit"
        )
        parser.add_argument(
            "--size", type=int, default=chronicle.STANDARD, help="letters in two years (default: 3000)"
        )
        parser.add_argument("--host", default=LOCAL, help="address to listen on (default: this machine only)")
        parser.add_argument(
            "--port", type=int, help="port (default: the last one, else 8000 or the next free)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._stop, self._told = threading.Event(), time.monotonic()
        self._stages: dict[str, float] = {}
        try:
            with self._stage(_("数据库结构")):
                migrate()
            setting = self._begin(options["size"])
            if options["once"]:
                self._load(setting)
                with running(host=options["host"], port=options["port"]) as site:
                    self._visit(site)
            else:
                self._load(setting, only=chronicle.FIRST)
                with running(host=options["host"], port=options["port"]) as site:
                    self._introduce(site)
                    self._load_behind(site, setting)
        except (ProcessError, chronicle.DemoError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("已停止。再次运行会接着装入。")) from error

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _stage(self, name: str) -> _Stage:
        return _Stage(name, self._stages, self._say)

    def _begin(self, size: int) -> chronicle.Setting:
        now = datetime.now(UTC)
        with self._stage(_("青禾区的单位和人员")):
            setting = chronicle.begin(chronicle.Setting(chronicle.start_of(now), size))
        if setting.size != size:
            self._say(
                _("已有规模为 {size} 的示范数据,按它继续;要换规模请换一个数据文件夹(QINGYUAN_DATA)。").format(
                    size=setting.size
                )
            )
        return setting

    def _load(self, setting: chronicle.Setting, only: int | None = None) -> None:
        """Load the chapters that are missing, the first `only` of them or all."""
        missing = [
            chapter for chapter in list(chronicle.chapters(setting, self._step))[:only] if not chapter.done()
        ]
        for number, chapter in enumerate(missing, start=1):
            self._current, self._taken = f"[{number}/{len(missing)}] {chapter.name}", 0
            with self._stage(chapter.stage or chapter.name):
                chronicle.load(chapter)
        if missing and only is None:
            chronicle.finish(setting)

    def _step(self, _at: datetime) -> None:
        """Show progress while a chapter is told, and stop when told to."""
        if self._stop.is_set():
            raise StoppedError
        self._taken += 1
        if time.monotonic() - self._told > TELL_EVERY:
            self._told = time.monotonic()
            self._say(_("  {chapter}:已办 {taken} 步").format(chapter=self._current, taken=self._taken))

    def _introduce(self, site: Running) -> None:
        self._say(_("\n清源已启动:{address}(Ctrl-C 停止)").format(address=site.address))
        self._say(_("示范账号(密码都是 {password},只用于示范):").format(password=PASSWORD))
        labels = dict(LABELS)
        for username, _unit, role in LOGINS:
            self._say(f"  {username:<14}{labels[role]}")
        self._say("")

    def _load_behind(self, site: Running, setting: chronicle.Setting) -> None:
        """Load the rest while the pages are in use, until everything is there or the operator stops us."""

        def work() -> None:
            try:
                self._load(setting)
                self._say(_("示范数据已全部装入。"))
            except StoppedError:
                pass
            except Exception as error:
                self.stderr.write(_("示范数据没有装完:{error}。网页可以继续使用。").format(error=error))
            finally:
                connection.close()

        thread = threading.Thread(target=work, name="demo")
        thread.start()
        site.wait()
        self._stop.set()
        thread.join()

    def _visit(self, site: Running) -> None:
        with self._stage(_("每种角色登录并打开两页")):
            visits = visit(site.address)
        with self._stage(_("核验台账")):
            fault = summary.first_fault()
        for line in summary.lines(at=datetime.now(UTC), stages=self._stages):
            self._say(line)
        for each in visits:
            pages = " ".join(f"{path} {status}" for path, status in each.statuses)
            self._say(f"  {each.username:<14}{pages}  {each.seconds:.2f} s  {each.fault}")
        self._say(_("  台账核验  {result}").format(result=fault or _("通过")))
        self._judge(visits, fault)

    def _judge(self, visits: list[Visit], fault: str) -> None:
        wrong = [f"{each.username}:{each.fault} {each.statuses}" for each in visits if each.fault]
        if fault:
            wrong.append(fault)
        if wrong:
            raise CommandError(_("示范没有通过:\n{faults}").format(faults="\n".join(wrong)))


LABELS = (
    ("coordinator", gettext_lazy("双打办统筹人员")),
    ("officer", gettext_lazy("执法人员")),
    ("leader", gettext_lazy("单位负责人")),
    ("police_officer", gettext_lazy("公安民警")),
    ("prosecutor", gettext_lazy("检察官")),
    ("court_clerk", gettext_lazy("法院书记员")),
    ("destruction_supervisor", gettext_lazy("销毁监督员")),
    ("administrator", gettext_lazy("系统管理员")),
)


class _Stage:
    """Times a stage and says when it took long enough to wonder about."""

    def __init__(self, name: str, kept: dict[str, float], say: Any) -> None:
        self._name, self._kept, self._say = name, kept, say

    def __enter__(self) -> None:
        self._begun = time.monotonic()

    def __exit__(self, kind: object, *_rest: object) -> None:
        seconds = time.monotonic() - self._begun
        self._kept[self._name] = self._kept.get(self._name, 0.0) + seconds
        if kind is None and seconds > TELL_EVERY:
            self._say(f"{self._name}  {seconds:.1f} s")
