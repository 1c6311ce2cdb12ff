"""Which clues, cases and transfers are told, and from which day: every state at least once, the rest by chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from qingyuan.site.demo.casework import CASE_ENDINGS, Amounts
from qingyuan.site.demo.enforcement import CLOSED_ENDINGS, HANDLERS, OPEN_ENDINGS, Outline
from qingyuan.site.demo.handing_over import DETOURS, PATHS, days_needed, path_of

OVER = (
    Amounts("sell_counterfeit", 62_000, 18_000),
    Amounts("counterfeit_mark", 83_000, 0),
    Amounts("fake_or_inferior", 71_500, 9_000),
    Amounts("sell_counterfeit", 310_000, 45_000),
    Amounts("sell_counterfeit", 27_000, 128_000),
)
"""Above a criminal line: by sales, by illegal turnover, in the upper tier, by goods not yet sold."""
NEAR = (
    Amounts("sell_counterfeit", 46_800, 2_100),
    Amounts("counterfeit_mark", 48_200, 0),
    Amounts("fake_or_inferior", 44_900, 3_300),
    Amounts("sell_counterfeit", 39_500, 9_000),
)
"""Below a line, but not by much."""
MISSED = (
    Amounts("sell_counterfeit", 31_000, 2_000, found_later=41_000),
    Amounts("counterfeit_mark", 22_000, 0, found_later=55_000),
    Amounts("fake_or_inferior", 18_000, 4_000, found_later=64_000),
)
"""应移未移: more came to light after the test, and nobody tested again before the case was closed."""
FIRST_TRANSFERS = (
    "proposed",
    "handed_over",
    "received",
    "police_not_filed",
    "supervision_suggested",
    "police_filed",
)
"""Transfers that are there when the first page opens; the others follow while people look around."""
SPAN = {
    "enforcing": (250, 420), "closed": (175, 690), "performed": (125, 145), "served": (106, 125),
    "decided": (98, 118), "hearing": (84, 105), "notified": (80, 102), "reviewed": (78, 100),
    "evidence_complete": (72, 95), "suspended": (56, 72), "paused": (56, 72), "dropped": (56, 72),
    "referred_out": (56, 72),
}  # fmt: skip
"""Days ago at which a case with this ending began, long enough for the slowest; the others began lately."""
LATELY = (28, 62)
STANDARD = 3000
CLUES, CASES, TRANSFERS = 150, 90, 25


def outlines(*, today: date, size: int, seed: str) -> list[Outline]:
    """Return what is told of clues for a district of `size` letters, in no order of time."""
    rng = Random(f"{seed}:outlines")
    told = [*_transfers(today, rng), *_cases(today, size, rng), *_others(today, size, rng)]
    return [replace(each, name=f"线索{number:04d}") for number, each in enumerate(told, start=1)]


def first(told: list[Outline]) -> list[Outline]:
    """Return the outlines to tell before the first page opens: of every kind of clue and case, some transfers."""
    chosen: dict[str, Outline] = {}
    for each in told:
        if not each.transfer or each.transfer in FIRST_TRANSFERS:
            missed = str(each.amounts) if each.amounts in MISSED[:1] else ""
            chosen.setdefault(f"{each.ending}-{each.case}-{each.transfer}-{missed}", each)
    return list(chosen.values())


def _ago(today: date, rng: Random, span: tuple[int, int]) -> date:
    return today - timedelta(days=rng.randint(*span))


def _transfers(today: date, rng: Random) -> list[Outline]:
    names = [*PATHS, *(str(number) for number in range(len(DETOURS)))]
    made = []
    for number, name in enumerate(names):
        least = days_needed(path_of(name))
        day = _ago(today, rng, (least, least + 25))
        unit = "agriculture" if number % 7 == 6 else "market"
        amounts = OVER[number % len(OVER)]
        made.append(Outline("", day, unit, "filed", transfer=name, case="transferred", amounts=amounts))
    return made


def _cases(today: date, size: int, rng: Random) -> list[Outline]:
    wanted = max(len(CASE_ENDINGS) + len(MISSED), round(size * CASES / STANDARD) - TRANSFERS)
    endings = list(CASE_ENDINGS[: len(set(CASE_ENDINGS))])
    made = [_case(today, ending, Amounts(), rng) for ending in endings]
    made += [_case(today, "closed", amounts, rng) for amounts in MISSED]
    while len(made) < wanted:
        near = rng.random() < 0.15
        amounts = rng.choice(NEAR) if near else Amounts(
            rng.choice(("sell_counterfeit", "sell_counterfeit", "counterfeit_mark", "fake_or_inferior")),
            rng.randrange(8, 220) * 100,
            rng.randrange(0, 90) * 100,
        )  # fmt: skip
        made.append(_case(today, "closed" if rng.random() < 0.7 else rng.choice(CASE_ENDINGS), amounts, rng))
    return made


def _case(today: date, ending: str, amounts: Amounts, rng: Random) -> Outline:
    day = _ago(today, rng, SPAN.get(ending, LATELY))
    return Outline("", day, rng.choice(HANDLERS), "filed", case=ending, amounts=amounts)


def _others(today: date, size: int, rng: Random) -> list[Outline]:
    wanted = max(10, round(size * (CLUES - CASES) / STANDARD))
    made = []
    for number in range(wanted):
        open_one = number % 2 == 0
        endings = OPEN_ENDINGS if open_one else CLOSED_ENDINGS
        span = (4, 34) if open_one else (25, 690)
        ending = endings[number // 2 % len(endings)]
        made.append(Outline("", _ago(today, rng, span), rng.choice(HANDLERS), ending))
    return made
