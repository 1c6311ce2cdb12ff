"""What routing works with: records, rules, matches, results, conflicts."""

from dataclasses import dataclass

from qingyuan.domain.routing.words import folded


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
            raise ValueError(f"分派规则“{self.name}”里有空白词语，它会匹配所有记录。请删去。")

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
            f"{self.condition}“{self.wanted}”（{self.found}）"
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
        grounds = "；".join(item.text for item in self.matched) or "没有条件，适用于全部记录"
        return f"按规则“{self.rule.name}”（优先级{self.rule.priority}）：{grounds}"

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
            return "没有任何分派规则符合，交双打办人工分派。"
        also = "、".join(f"“{other.rule.name}”" for other in self.others)
        contested = "其中有同一优先级而去向不同的规则，请核对。" if self.contested else ""
        return f"{self.match.text}。" + (f"另有符合的规则：{also}。{contested}" if also else "")

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
            f"“{self.first.name}”（送{self.first.unit}）与“{self.second.name}”（送{self.second.unit}）"
            f"优先级同为{self.first.priority}，可能同时符合同一条记录。请调整其中一条的优先级或者条件。"
        )
