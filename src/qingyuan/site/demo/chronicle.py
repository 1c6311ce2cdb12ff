"""Load 青禾区 chapter by chapter: each is one transaction, so an interrupted load goes on with the next one.

What is to be loaded (the moment it is told from, size, seed) is kept as the name of a file attached to the office,
so that a load that was interrupted yesterday goes on as it began.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext as _

from qingyuan.apps.files.access import attachments
from qingyuan.apps.files.actions import attach
from qingyuan.apps.ledger import actions as ledger
from qingyuan.apps.ledger.queries import calendar
from qingyuan.basics.clock import civil_date, in_china
from qingyuan.site.demo import district as places
from qingyuan.site.demo import letters, papers, planning, specimens
from qingyuan.site.demo.enforcement import clue_life
from qingyuan.site.demo.names import firms
from qingyuan.site.demo.outlines import STANDARD, Outline, first, outlines
from qingyuan.site.demo.telling import Diary, Each, Life, tell

SEED = "青禾"
WEEKS = 104
PARTIES = 800
SET_UP_BEFORE = timedelta(days=750)
LABEL = "示范数据"
NAME = re.compile(r"示范数据_(?P<now>[^_]+)_(?P<size>\d+)_(?P<seed>.+)\.txt")
LATEST = 2
FIRST = 3 + LATEST
"""So many chapters are there when the first page opens: the plan, every state, the tasks, the latest two weeks."""
SEAL_EVERY = timedelta(days=7)


class DemoError(Exception):
    """The demonstration cannot be loaded; the message says why and what to do."""


@dataclass(frozen=True)
class Setting:
    """From which moment and how much is told."""

    now: datetime
    size: int = STANDARD
    seed: str = SEED

    @property
    def today(self) -> date:
        """The civil day from which all days are counted."""
        return civil_date(self.now)

    @property
    def file_name(self) -> str:
        """The setting as the name of a file."""
        return f"示范数据_{self.now.isoformat()}_{self.size}_{self.seed}.txt"


@dataclass(frozen=True)
class Chapter:
    """One part of the load: `done` tells whether it is there, `tell` loads it and returns how many steps it took."""

    name: str
    done: Callable[[], bool]
    tell: Callable[[], int]
    stage: str = ""
    """What several chapters are called together."""


def setting_in_database() -> Setting | None:
    """Return what the load in the database was begun with, None for an empty database.

    Raises DemoError when the database holds units that are not the demonstration's.
    """
    unit = apps.get_model("agencies", "Unit")
    office = unit.objects.filter(code="office", region=places.REGION[0]).first()
    named = attachments("unit", office.pk).filter(label=LABEL).first() if office else None
    found = NAME.fullmatch(named.name) if named else None
    if found:
        return Setting(datetime.fromisoformat(found["now"]), int(found["size"]), found["seed"])
    if unit.objects.exists():
        raise DemoError(
            _(
                "这个数据库里已有单位,不是示范数据。示范区只装入空的数据库:"
                "请用 QINGYUAN_DATA 指定另一个数据文件夹后再试。"
            )
        )
    return None


def begin(setting: Setting) -> Setting:
    """Set the district up if it is not there; return the setting that the load in the database has."""
    found = setting_in_database()
    if found:
        return found
    at = setting.now - SET_UP_BEFORE
    with transaction.atomic():
        district = places.set_up(at=at, seed=setting.seed)
        attach(
            content=papers.text("示范数据说明"),
            name=setting.file_name,
            subject=ledger.Subject.of("unit", district.units["office"].pk),
            by=ledger.SYSTEM,
            at=at,
            label=LABEL,
        )
    return setting


def chapters(setting: Setting, on_step: Each = lambda _at: None) -> Iterator[Chapter]:
    """Yield the chapters in the order of loading; `FIRST` of them are what the first pages show.

    `on_step` is told the time of every step before it is taken; what it raises ends the chapter, unwritten.
    """
    teller = _teller(setting)
    plan, task = apps.get_model("plan", "Plan"), apps.get_model("plan", "ProgressReport")
    told = outlines(today=setting.today, size=setting.size, seed=setting.seed)
    early = first(told)
    later = [outline for outline in told if outline not in early]
    later[0] = replace(later[0], source="report")  # its letter is what the chapter is known by
    make = _Maker(setting, teller, on_step)
    yield Chapter(_("工作要点"), plan.objects.exists, lambda: make.told([planning.plan_life(teller)]))
    yield Chapter(
        _("各种状态的来件、线索、案件和移送"),
        _letter_known(specimens.SPECIMEN),
        lambda: make.enforcement(early, True),
    )
    yield Chapter(
        _("任务、督办、专项行动和会议"), task.objects.exists, lambda: make.told(planning.work_lives(teller))
    )
    yield from (_week(make, number) for number in range(LATEST))
    key = f"青禾-{later[0].name}"
    yield Chapter(_("其余线索、案件和移送"), _letter_known(key), lambda: make.enforcement(later, False))
    yield from (_week(make, number) for number in range(LATEST, WEEKS))


def _week(make: _Maker, number: int) -> Chapter:
    key = f"青禾-周{number:03d}"
    name = _("第{number}周来件").format(number=WEEKS - number)
    return Chapter(name, _letter_known(key), lambda: make.week(number, key), _("逐周来件"))


class _Maker:
    """Tells the chapters of one load."""

    def __init__(self, setting: Setting, teller: letters.Teller, on_step: Each) -> None:
        self._setting, self._teller, self._on_step = setting, teller, on_step

    def told(self, lives: list[Life], *before: Each) -> int:
        """Tell lives up to the moment of the load."""

        def each(at: datetime) -> None:
            self._on_step(at)
            for one in before:
                one(at)

        return tell(lives, until=self._setting.now, before_each=each)

    def enforcement(self, told: list[Outline], opening: bool) -> int:
        """Tell clues, cases and transfers in order of time; the opening chapter with a seal every week."""
        lives = [clue_life(self._teller.of(outline.name), outline) for outline in told]
        if not opening:
            return self.told(lives)
        start = Diary(calendar(), Random(0)).working_day(self._setting.today - timedelta(days=50))
        lives.append(specimens.specimens(self._teller.of("specimens"), start))
        return self.told(lives, _Sealing(self._setting.today))

    def week(self, number: int, key: str) -> int:
        """Tell the letters of one week, counted back from this one."""
        today = self._setting.today
        start = today - timedelta(days=7 * (number + 1))
        own = self._teller.of(key)
        count = max(1, round(self._setting.size / WEEKS * own.rng.uniform(0.8, 1.2)))
        return self.told(letters.week(own, start, key, count))


def _teller(setting: Setting) -> letters.Teller:
    rng = Random(setting.seed)
    return letters.Teller(
        district=places.load(),
        firms=firms(max(40, round(PARTIES * setting.size / STANDARD)), setting.seed),
        diary=Diary(calendar(), rng),
        rng=rng,
        now=setting.now,
        seed=setting.seed,
    )


def _letter_known(key: str) -> Callable[[], bool]:
    letter = apps.get_model("intake", "Letter")
    return letter.objects.filter(source_number=f"{key}-0001").exists


class _Sealing:
    """Seals each week before the first step of the next one; the last two days stay open for what is still to come."""

    def __init__(self, today: date) -> None:
        self._last = today - timedelta(days=2)
        self._next: date | None = None

    def __call__(self, at: datetime) -> None:
        day = civil_date(at)
        self._next = self._next or day + SEAL_EVERY
        if day >= self._next:
            ledger.seal(day=min(day - timedelta(days=1), self._last))
            self._next = day + SEAL_EVERY


def load(chapter: Chapter) -> int:
    """Load one chapter in one transaction; return the number of steps, 0 when it is there already."""
    if chapter.done():
        return 0
    with transaction.atomic():
        _hurry()
        return chapter.tell()


def _hurry() -> None:
    """Do not wait for the disk in this transaction: what a crash loses is loaded again, and is in order by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def finish(setting: Setting) -> None:
    """Seal everything that was loaded, under the day before the one it was told from."""
    ledger.seal(day=setting.today - timedelta(days=1))


def start_of(now: datetime) -> datetime:
    """Return the moment a load is told from: the full minute, on the clock in China."""
    return in_china(now).replace(second=0, microsecond=0)
