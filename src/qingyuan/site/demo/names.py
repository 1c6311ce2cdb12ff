"""Invented people, firms, goods and places: from word tables that name nobody, by a seeded generator.

Surnames are words that are no surnames; telephone numbers lie in a block that is not given out (199-0000-xxxx);
credit codes have a right check character, but a registrar and a region that do not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from qingyuan.basics.credit_code import check_character

SURNAMES = "禾溪檐苔霁岫霭磬砚笺黛穗筝鹭蕤暄"
GIVEN = (
    "听雨",
    "望川",
    "拾光",
    "知秋",
    "临风",
    "怀瑾",
    "观澜",
    "扶摇",
    "清晏",
    "若谷",
    "照野",
    "归帆",
    "停云",
    "枕石",
)
WORDS = (
    "溪檐", "苔花", "霁月", "岫云", "磬山", "砚溪", "黛瓦", "穗丰", "鹭洲", "暄禾", "筝鸣", "蕤宾", "霭林", "笺香",
    "檐雨", "岭晴", "禾浦", "溪亭", "苔径", "霁野", "岫泉", "砚池", "穗光", "鹭湾", "暄风", "云禾", "青砚", "黛溪",
)  # fmt: skip
STREETS = (
    "砚溪路",
    "檐岭街",
    "苔花巷",
    "穗丰路",
    "鹭洲街",
    "霁月路",
    "禾浦巷",
    "岫云路",
    "东关批发城",
    "青禾大集",
)
PLATFORMS = ("岭上直播", "青禾拼购", "云岭集市", "穗穗团购")
MARKS = ("岭上春", "砚溪泉", "穗光", "鹭洲", "檐下客", "禾浦", "霁月", "黛溪")
LARGEST_HOUSE = 199


@dataclass(frozen=True)
class Trade:
    """What a firm deals in: goods as letters name them, the ending of its name, a price in yuan, and who regulates."""

    goods: str
    ending: str
    price: int
    measure: str
    unit: str


TRADES = (
    Trade("白酒", "酒业商行", 128, "瓶", "market"),
    Trade("电动自行车充电器", "车行", 65, "个", "market"),
    Trade("洗衣液", "百货店", 32, "桶", "market"),
    Trade("运动鞋", "鞋服店", 180, "双", "market"),
    Trade("手机配件", "数码店", 45, "件", "market"),
    Trade("食用油", "粮油店", 75, "桶", "market"),
    Trade("燃气灶", "厨具经营部", 390, "台", "market"),
    Trade("保健食品", "健康用品店", 268, "盒", "market"),
    Trade("化肥", "农资经营部", 150, "袋", "agriculture"),
    Trade("玉米种子", "种业门市部", 68, "袋", "agriculture"),
    Trade("农药", "植保服务部", 40, "瓶", "agriculture"),
    Trade("教辅图书", "书店", 36, "册", "culture"),
    Trade("苗木", "苗圃", 25, "株", "forestry"),
    Trade("玉器摆件", "工艺品店", 520, "件", "market"),
    Trade("宠物用品", "宠物店", 58, "件", "market"),
    Trade("消毒液", "卫生用品店", 18, "瓶", "health"),
)


@dataclass(frozen=True)
class Firm:
    """An invented party."""

    name: str
    trade: Trade
    kind: str
    head: str
    phone: str
    address: str
    code: str


def person(rng: Random) -> str:
    """Return the name of somebody who does not exist."""
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def phone(rng: Random) -> str:
    """Return a telephone number that is nobody's."""
    return f"1990000{rng.randrange(10_000):04d}"


def address(rng: Random) -> str:
    """Return an address in 青禾区."""
    return f"云岭市青禾区{rng.choice(STREETS)}{rng.randint(1, LARGEST_HOUSE)}号"


def credit_code(number: int) -> str:
    """Return a credit code whose check character is right and whose registrar (0) and region do not exist."""
    first = f"00620499{number:09d}"
    return first + check_character(first)


def firms(count: int, seed: str) -> list[Firm]:
    """Return `count` firms with different names."""
    rng = Random(f"{seed}:firms")
    made: dict[str, Firm] = {}
    number = 0
    while len(made) < count:
        number += 1
        trade = TRADES[number % len(TRADES)]
        name = f"青禾区{rng.choice(WORDS)}{rng.choice(WORDS)}{trade.ending}"
        if name in made:
            continue
        company = rng.random() < 0.3
        made[name] = Firm(
            name=name,
            trade=trade,
            kind="legal_person" if company else "individual_business",
            head=person(rng),
            phone=phone(rng),
            address=address(rng),
            code=credit_code(number) if rng.random() < 0.7 else "",
        )
    return list(made.values())
