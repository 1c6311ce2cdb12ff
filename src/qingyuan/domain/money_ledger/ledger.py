"""The ledger itself: sums of one metric as one regime counts them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qingyuan.domain.money_ledger.entries import ANY, BOTH, GOODS, SERVICES, MoneyEntry, SetAside, Total
from qingyuan.domain.money_ledger.sums import CALCULATORS
from qingyuan.law.thresholds import Regime

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class MoneyLedger:
    """涉案金额台账: the entries of one case. Raises ValueError when two entries share an id."""

    entries: tuple[MoneyEntry, ...] = ()

    def __post_init__(self) -> None:
        ids = [entry.id for entry in self.entries]
        doubled = sorted({id for id in ids if ids.count(id) > 1})
        if doubled:
            raise ValueError(f"金额台账里编号重复：{'、'.join(doubled)}。请给每笔一个编号。")

    def act_days(self) -> tuple[date, ...]:
        """The days of the acts that are known, in order."""
        return tuple(sorted({entry.act_on for entry in self.entries if entry.act_on is not None}))

    def total(
        self, metric: str, regime: Regime, *, form: str = ANY, factors: Mapping[str, int] | None = None
    ) -> Total:
        """The sum of `metric` as `regime` counts it, of the goods, the services, `any`, or `both` together.

        `factors` weighs the parts of a mixed sum (sales ×3 + unsold). Raises ValueError for a metric that is not
        money.
        """
        if metric not in CALCULATORS:
            raise ValueError(f"“{metric}”不是金额，请在数量（counts）里给出。")
        if form == BOTH and {entry.form for entry in self.entries if not entry.dealt_with} != {
            GOODS,
            SERVICES,
        }:
            return Total(metric, ZERO, ZERO)
        chosen = [entry for entry in self.entries if form in (ANY, BOTH, entry.form)]
        fresh = sorted((entry for entry in chosen if not entry.dealt_with), key=lambda entry: entry.id)
        basis = f"（依据：{regime.accumulation.citation.text}）" if regime.accumulation else ""
        dealt = tuple(
            SetAside(entry.id, f"已经处理过的行为不再累计{basis}")
            for entry in sorted(chosen, key=lambda entry: entry.id)
            if entry.dealt_with
        )
        found = CALCULATORS[metric](fresh, regime, factors or {})
        return Total(
            metric, found.at_least, found.at_most, found.counted, found.set_aside + dealt, found.open
        )
