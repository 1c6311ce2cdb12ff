"""Which rules hold for a record, which of them wins, and which rules clash."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations

from qingyuan.domain.routing.rules import Conflict, Match, Matched, Routing, RoutingRecord, RoutingRule
from qingyuan.domain.routing.words import excerpt, folded

Within = Callable[[str, str], bool]
"""Whether what a record has lies within what a rule wants."""


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
                Matched("文字含", word, excerpt(record.text, folded(word)))
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
