"""Routing (分派): which unit a record goes to, by which rule, and on which of its words.

Rules are data kept by the office. The evaluation is pure: the same record and rules give the same answer, whatever
the order in which the rules come.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

Within = Callable[[str, str], bool]
"""Whether what a record has lies within what a rule wants."""
EXCERPT = 8
"""Characters shown on each side of a word that was found."""


@dataclass(frozen=True, slots=True)
class RoutingRecord:
    """待分派的记录: what a rule may look at.

    `goods` is a class of goods, narrower classes after a dot (`food.liquor`); `region` an administrative code;
    `platform`, `source` plain names; `text` everything written in the record.
    """

    text: str = ""
    goods: str = ""
    region: str = ""
    platform: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """分派规则: every condition given must hold; within one condition any of its values will do.

    `priority` 1 comes first. `goods` covers narrower classes, `regions` the regions within. `words` must occur in
    the text, `without` must not. `power` is a power the receiving unit must hold. A rule with no condition takes
    every record. Raises ValueError for a rule that names no unit or an empty word.
    """

    id: str
    name: str
    unit: str
    priority: int
    goods: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    power: str = ""

    def __post_init__(self) -> None:
        if not self.unit:
            raise ValueError(f"分派规则“{self.name}”没有写接收单位。请选择单位。")
        if any(not folded(word) for word in (*self.words, *self.without)):
            raise ValueError(f"分派规则“{self.name}”里有空白词语,它会匹配所有记录。请删去。")

    @property
    def conditions(self) -> int:
        """How many kinds of condition it has: the more, the more particular."""
        given = (
            self.goods, self.regions, self.platforms, self.sources, self.words, self.without, self.power,
        )  # fmt: skip
        return sum(bool(values) for values in given)


@dataclass(frozen=True, slots=True)
class Matched:
    """符合的条件: the condition's name in Chinese, what the rule wanted, and what the record has."""

    condition: str
    wanted: str
    found: str

    @property
    def text(self) -> str:
        """`文字含“假酒”(……在小卖部买到假酒一箱……)`."""
        return (
            f"{self.condition}“{self.wanted}”({self.found})"
            if self.found
            else f"{self.condition}“{self.wanted}”"
        )


@dataclass(frozen=True, slots=True)
class Match:
    """命中: a rule and the conditions by which it holds for the record."""

    rule: RoutingRule
    matched: tuple[Matched, ...]

    @property
    def text(self) -> str:
        """The rule and its grounds in one sentence."""
        grounds = ";".join(item.text for item in self.matched) or "没有条件,适用于全部记录"
        return f"按规则“{self.rule.name}”(优先级{self.rule.priority}):{grounds}"

    def as_dict(self) -> dict[str, object]:
        """The match as plain JSON."""
        return {
            "rule": self.rule.id,
            "name": self.rule.name,
            "unit": self.rule.unit,
            "priority": self.rule.priority,
            "matched": [
                {"condition": item.condition, "wanted": item.wanted, "found": item.found}
                for item in self.matched
            ],
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Routing:
    """分派结果: the unit and the match that sends it there; both None when no rule holds (待人工分派).

    `others` are the other rules that hold, in order. `contested` is True when one of them has the same priority and
    another unit: the more particular rule won, and a person should look.
    """

    unit: str | None
    match: Match | None
    others: tuple[Match, ...]
    contested: bool

    @property
    def explanation(self) -> str:
        """Why it goes where it goes, in words."""
        if self.match is None:
            return "没有任何分派规则符合,交双打办人工分派。"
        also = "、".join(f"“{other.rule.name}”" for other in self.others)
        contested = "其中有同一优先级而去向不同的规则,请核对。" if self.contested else ""
        return f"{self.match.text}。" + (f"另有符合的规则:{also}。{contested}" if also else "")

    def as_dict(self) -> dict[str, object]:
        """The result as plain JSON, for the event and the page."""
        return {
            "unit": self.unit,
            "match": self.match.as_dict() if self.match else None,
            "others": [other.as_dict() for other in self.others],
            "contested": self.contested,
            "explanation": self.explanation,
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """规则冲突: two rules of one priority that can hold for the same record and send it to different units."""

    first: RoutingRule
    second: RoutingRule

    @property
    def text(self) -> str:
        """What clashes and how to mend it."""
        return (
            f"“{self.first.name}”(送{self.first.unit})与“{self.second.name}”(送{self.second.unit})"
            f"优先级同为{self.first.priority},可能同时符合同一条记录。请调整其中一条的优先级或者条件。"
        )


def route(
    record: RoutingRecord, rules: Iterable[RoutingRule], powers: Mapping[str, Collection[str]]
) -> Routing:
    """Find the unit for `record`.

    Of the rules that hold, the lowest priority number wins, then the more particular rule, then the lower id.
    `powers` maps a unit to the powers it holds; a rule that asks for a power its unit lacks does not hold.
    """
    text = folded(record.text)
    tried = (Match(rule, _conditions(rule, record, text, powers)) for rule in rules)
    matches = sorted((match for match in tried if _holds(match)), key=lambda match: _order(match.rule))
    if not matches:
        return Routing(None, None, (), contested=False)
    best, *others = matches
    rivals = (other.rule for other in others if other.rule.priority == best.rule.priority)
    contested = any(rival.unit != best.rule.unit for rival in rivals)
    return Routing(best.rule.unit, best, tuple(others), contested)


def conflicts(rules: Iterable[RoutingRule]) -> tuple[Conflict, ...]:
    """Every pair of rules with the same priority and different units that some record could satisfy together."""
    ordered = sorted(rules, key=_order)
    return tuple(
        Conflict(first, second)
        for first, second in combinations(ordered, 2)
        if first.priority == second.priority and first.unit != second.unit and _compatible(first, second)
    )


def folded(text: str) -> str:
    """The text with full-width forms, case and spaces evened out, as words are compared."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _order(rule: RoutingRule) -> tuple[int, int, str]:
    return (rule.priority, -rule.conditions, rule.id)


def _holds(match: Match) -> bool:
    return len({item.condition for item in match.matched}) == match.rule.conditions


def _conditions(
    rule: RoutingRule, record: RoutingRecord, text: str, powers: Mapping[str, Collection[str]]
) -> tuple[Matched, ...]:
    return tuple(
        (
            *_first("商品类别", rule.goods, record.goods, _class_within),
            *_first("地区", rule.regions, record.region, _region_within),
            *_first("平台", rule.platforms, record.platform, _same),
            *_first("来源", rule.sources, record.source, _same),
            *(
                Matched("文字含", word, _excerpt(text, folded(word)))
                for word in rule.words
                if folded(word) in text
            ),
            *_absent(rule, text),
            *_held(rule, powers),
        )
    )


def _first(name: str, wanted: tuple[str, ...], found: str, within: Within) -> Iterator[Matched]:
    for value in wanted:
        if found and within(found, value):
            yield Matched(name, value, found)
            return


def _absent(rule: RoutingRule, text: str) -> Iterator[Matched]:
    if rule.without and not any(folded(word) in text for word in rule.without):
        yield Matched("文字不含", "、".join(rule.without), "")


def _held(rule: RoutingRule, powers: Mapping[str, Collection[str]]) -> Iterator[Matched]:
    if rule.power and rule.power in powers.get(rule.unit, ()):
        yield Matched("接收单位职权", rule.power, rule.unit)


def _excerpt(text: str, word: str) -> str:
    start = text.index(word)
    end = start + len(word)
    before = "…" if start > EXCERPT else ""
    after = "…" if end + EXCERPT < len(text) else ""
    return f"{before}{text[max(0, start - EXCERPT) : end + EXCERPT]}{after}"


def _same(found: str, wanted: str) -> bool:
    return folded(found) == folded(wanted)


def _class_within(found: str, wanted: str) -> bool:
    return found == wanted or found.startswith(f"{wanted}.")


def _region_within(found: str, wanted: str) -> bool:
    return found.startswith(_stem(wanted))


def _stem(code: str) -> str:
    """An administrative code without its idle zeros: 620400 → 6204, 620402100000 → 620402100."""
    stem, streets = code[:6], code[6:]
    while streets.endswith("000"):
        streets = streets[:-3]
    if streets:
        return stem + streets
    while len(stem) > 2 and stem.endswith("00"):
        stem = stem[:-2]
    return stem


def _compatible(first: RoutingRule, second: RoutingRule) -> bool:
    return (
        _meet(first.goods, second.goods, _class_within)
        and _meet(first.regions, second.regions, _region_within)
        and _meet(first.platforms, second.platforms, _same)
        and _meet(first.sources, second.sources, _same)
        and not _excludes(first.without, second.words)
        and not _excludes(second.without, first.words)
    )


def _meet(first: tuple[str, ...], second: tuple[str, ...], within: Within) -> bool:
    if not first or not second:
        return True
    return any(within(one, other) or within(other, one) for one in first for other in second)


def _excludes(without: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """True when every word the other rule needs holds a word that this one forbids."""
    return bool(words) and all(any(folded(bad) in folded(word) for bad in without) for word in words)
