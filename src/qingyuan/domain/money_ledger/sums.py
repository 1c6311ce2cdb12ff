"""How each metric is added up: sales, unsold goods by the statute's order of prices, mixed sums, illegal gain."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from qingyuan.domain.money_ledger.entries import (
    GOODS,
    SERVICES,
    Measure,
    MoneyEntry,
    OpenAmount,
    PriceBasis,
    SetAside,
    Total,
)
from qingyuan.law.thresholds import Regime

ZERO = Decimal(0)


def _sum(metric: str, entries: Iterable[MoneyEntry], kind: str) -> Total:
    known = [entry for entry in entries if entry.amount is not None]
    unknown = tuple(entry.id for entry in entries if entry.amount is None)
    total = sum((entry.amount for entry in known if entry.amount is not None), ZERO)
    missing = (OpenAmount(kind, f"{len(unknown)}笔金额尚未查明", unknown),) if unknown else ()
    return Total(metric, total, None if unknown else total, tuple(entry.id for entry in known), (), missing)


def _added(metric: str, parts: Iterable[tuple[int, Total]]) -> Total:
    weighed = list(parts)
    bounded = [part.at_most * factor for factor, part in weighed if part.at_most is not None]
    return Total(
        metric,
        sum((part.at_least * factor for factor, part in weighed), ZERO),
        sum(bounded, ZERO) if len(bounded) == len(weighed) else None,
        tuple(id for _, part in weighed for id in part.counted),
        tuple(item for _, part in weighed for item in part.set_aside),
        tuple(item for _, part in weighed for item in part.open),
    )


def _measured(entries: Iterable[MoneyEntry], measure: Measure) -> list[MoneyEntry]:
    return [entry for entry in entries if entry.measure is measure]


def _sales(entries: list[MoneyEntry], regime: Regime, factors: Mapping[str, int]) -> Total:
    return _sum("sales_amount", _measured(entries, Measure.SOLD), "sold")


def _loss(entries: list[MoneyEntry], regime: Regime, factors: Mapping[str, int]) -> Total:
    return _sum("loss", _measured(entries, Measure.LOSS), "loss")


def _unsold(entries: list[MoneyEntry], regime: Regime, factors: Mapping[str, int]) -> Total:
    groups: dict[str, list[MoneyEntry]] = {}
    for entry in _measured(entries, Measure.UNSOLD):
        groups.setdefault(entry.goods or f"\0{entry.id}", []).append(entry)
    return _added("unsold_value", [(1, _valued(groups[name], regime)) for name in sorted(groups)])


def _valued(group: list[MoneyEntry], regime: Regime) -> Total:
    """The value of one lot of unsold goods by the best basis the statute ranks."""
    ranks = regime.valuation.ranks if regime.valuation else ()
    basis = f"（依据：{regime.valuation.source.citation.text}）" if regime.valuation else ""
    usable = [entry for entry in group if entry.amount is not None]
    for rank in ranks:
        sums = {
            price: _sum("unsold_value", [entry for entry in group if entry.basis == price], "valuation")
            for price in rank
            if any(entry.basis == price for entry in usable)
        }
        if sums:
            # Bases of equal standing: the lower sum, because a doubt is not held against the person.
            price, best = min(sums.items(), key=lambda item: (item[1].at_least, item[0]))
            order = " → ".join("或者".join(PriceBasis(name).label for name in names) for names in ranks)
            left = tuple(
                SetAside(entry.id, f"同一批货物已按{PriceBasis(price).label}计价；顺序为 {order}{basis}")
                for entry in group
                if entry.basis != price
            )
            return Total("unsold_value", best.at_least, best.at_most, best.counted, left, best.open)
    left = tuple(SetAside(entry.id, f"{entry.basis.label}不是法定的计价依据{basis}") for entry in usable)
    missing = OpenAmount("valuation", "未销售货物尚未计价", tuple(entry.id for entry in group))
    return Total("unsold_value", ZERO, None, (), left, (missing,))


def _turnover(entries: list[MoneyEntry], regime: Regime, factors: Mapping[str, int]) -> Total:
    return _added("turnover", [(1, _sales(entries, regime, {})), (1, _unsold(entries, regime, {}))])


def _sold_plus_unsold(entries: list[MoneyEntry], regime: Regime, factors: Mapping[str, int]) -> Total:
    parts = [
        (factors.get("sales_amount", 1), _sales(entries, regime, {})),
        (factors.get("unsold_value", 1), _unsold(entries, regime, {})),
    ]
    return _added("sold_plus_unsold", parts)


def _gain(entries: list[MoneyEntry], regime: Regime, factors: Mapping[str, int]) -> Total:
    if regime.gain is None:
        return _sum("illegal_gain", _measured(entries, Measure.GAIN), "gain")
    calculators = {GOODS: regime.gain.goods, SERVICES: regime.gain.services}
    forms = [(form, [entry for entry in entries if entry.form == form]) for form in (GOODS, SERVICES)]
    return _added("illegal_gain", [(1, _gain_of(part, calculators[form])) for form, part in forms if part])


def _gain_of(entries: list[MoneyEntry], calculator: str) -> Total:
    """Illegal gain of one form: as established directly, else income, less what was paid where that is deducted."""
    direct = _measured(entries, Measure.GAIN)
    sold = _sum("illegal_gain", _measured(entries, Measure.SOLD), "sold")
    cost = _sum("illegal_gain", _measured(entries, Measure.COST), "cost")
    others = [entry for entry in entries if entry.measure in (Measure.SOLD, Measure.COST)]
    if direct:
        left = tuple(SetAside(entry.id, "已有直接查明的违法所得，不再由收入推算") for entry in others)
        found = _sum("illegal_gain", direct, "gain")
        return Total("illegal_gain", found.at_least, found.at_most, found.counted, left, found.open)
    if calculator == "gross_income":
        left = tuple(SetAside(id, "收入全额计入违法所得，不扣成本") for id in cost.counted)
        return Total("illegal_gain", sold.at_least, sold.at_most, sold.counted, left, sold.open)
    if not sold.counted and not sold.open:
        left = tuple(SetAside(id, "没有销售收入，不发生扣除") for id in cost.counted)
        return Total("illegal_gain", ZERO, ZERO, (), left)
    if not cost.counted or cost.open:
        paid = OpenAmount("cost", "购进或者原材料价款尚未查明，违法所得只知道上限", cost.counted)
        most = None if sold.at_most is None else max(ZERO, sold.at_most - cost.at_least)
        return Total("illegal_gain", ZERO, most, sold.counted, (), (paid, *sold.open))
    least = max(ZERO, sold.at_least - cost.at_least)
    most = None if sold.at_most is None else max(ZERO, sold.at_most - cost.at_least)
    return Total("illegal_gain", least, most, sold.counted + cost.counted, (), sold.open)


CALCULATORS: dict[str, Callable[[list[MoneyEntry], Regime, Mapping[str, int]], Total]] = {
    "illegal_gain": _gain,
    "turnover": _turnover,
    "sales_amount": _sales,
    "unsold_value": _unsold,
    "sold_plus_unsold": _sold_plus_unsold,
    "loss": _loss,
}

MONEY_METRICS = frozenset(CALCULATORS)
"""The metrics the money ledger can add up; every other metric is a count."""
