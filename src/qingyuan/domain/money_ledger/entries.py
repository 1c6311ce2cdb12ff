"""Entries of a money ledger, and the sums they come to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

GOODS, SERVICES, BOTH, ANY = "goods", "services", "both", "any"


class Measure(StrEnum):
    """金额性质: what an amount measures."""

    SOLD = "sold"
    UNSOLD = "unsold"
    LABEL_VALUE = "label_value"
    LOSS = "loss"
    GAIN = "gain"
    COST = "cost"

    @property
    def label(self) -> str:
        """The measure in Chinese."""
        return _MEASURES[self]


class PriceBasis(StrEnum):
    """计价依据: where the price behind an amount comes from."""

    ACTUAL_PRICE = "actual_price"
    ACTUAL_AVERAGE_PRICE = "actual_average_price"
    MARKED_PRICE = "marked_price"
    MARKET_MIDDLE_PRICE = "market_middle_price"
    APPRAISED_PRICE = "appraised_price"
    INVOICE = "invoice"
    ACCOUNT_BOOK = "account_book"
    STATEMENT = "statement"

    @property
    def label(self) -> str:
        """The basis in Chinese."""
        return _BASES[self]


_MEASURES = {
    Measure.SOLD: "已销售金额",
    Measure.UNSOLD: "未销售货值",
    Measure.LABEL_VALUE: "标识价值",
    Measure.LOSS: "权利人损失",
    Measure.GAIN: "违法所得",
    Measure.COST: "购进或者原材料价款",
}
_BASES = {
    PriceBasis.ACTUAL_PRICE: "实际销售价格",
    PriceBasis.ACTUAL_AVERAGE_PRICE: "实际销售平均价格",
    PriceBasis.MARKED_PRICE: "标价",
    PriceBasis.MARKET_MIDDLE_PRICE: "市场中间价格",
    PriceBasis.APPRAISED_PRICE: "委托估价",
    PriceBasis.INVOICE: "发票",
    PriceBasis.ACCOUNT_BOOK: "账册",
    PriceBasis.STATEMENT: "当事人陈述",
}
METRIC_LABELS = {
    "illegal_gain": "违法所得数额",
    "turnover": "非法经营数额",
    "sales_amount": "销售金额",
    "unsold_value": "未销售货值金额",
    "sold_plus_unsold": "已销售与未销售合计",
    "loss": "权利人损失数额",
    "label_pieces": "标识数量",
    "unsold_label_pieces": "未销售标识数量",
    "copies": "复制件数量",
    "unsold_copies": "未销售复制件数量",
    "works": "作品数量",
    "downloads": "下载次数",
    "clicks": "点击次数",
    "members": "会员人数",
    "cigarettes": "卷烟支数",
    "weight": "重量",
}


@dataclass(frozen=True, slots=True)
class MoneyEntry:
    """一笔金额: one amount of the ledger.

    `amount` in yuan, None while it is not established. `act_on` is the day of the act. `goods` says which goods it
    is about: entries of unsold goods with the same name are valuations of the same things, of which only one
    counts; left empty, the entry stands for itself. `form` is `goods` or `services`. `dealt_with` marks an act
    already punished, which is not added up again. Raises ValueError for a negative or endless amount.
    """

    id: str
    measure: Measure
    amount: Decimal | None
    basis: PriceBasis
    act_on: date | None
    evidence: str
    quantity: Decimal | None = None
    goods: str = ""
    form: str = GOODS
    dealt_with: bool = False

    def __post_init__(self) -> None:
        if self.amount is not None and not (self.amount.is_finite() and self.amount >= 0):
            raise ValueError(
                f"金额台账“{self.id}”：金额必须是不小于零的数，现为 {self.amount}。请改正；退款请另列一笔成本。"
            )
        if self.form not in (GOODS, SERVICES):
            raise ValueError(f"金额台账“{self.id}”：类别必须是 goods 或者 services，现为“{self.form}”。")


@dataclass(frozen=True, slots=True)
class SetAside:
    """未计入: an entry that a sum leaves out, and why."""

    entry: str
    why: str


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """待查明: what a sum still lacks, in words. `kind` is `cost`, `gain`, `sold`, `loss` or `valuation`."""

    kind: str
    what: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """合计: one metric, from what is proven to what is possible; `at_most` None means no upper bound is known."""

    metric: str
    at_least: Decimal
    at_most: Decimal | None
    counted: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    open: tuple[OpenAmount, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """The sum, when nothing is open; else None."""
        return self.at_least if self.at_least == self.at_most else None

    @property
    def label(self) -> str:
        """The metric in Chinese."""
        return METRIC_LABELS.get(self.metric, self.metric)

    def as_dict(self) -> dict[str, object]:
        """The sum as plain JSON, money as text."""
        return {
            "metric": self.metric,
            "label": self.label,
            "at_least": text_of(self.at_least),
            "at_most": None if self.at_most is None else text_of(self.at_most),
            "counted": list(self.counted),
            "set_aside": [{"entry": item.entry, "why": item.why} for item in self.set_aside],
            "open": [
                {"kind": item.kind, "what": item.what, "entries": list(item.entries)} for item in self.open
            ],
        }


def text_of(amount: Decimal) -> str:
    """The amount without exponent or idle zeros: `50000`, `0.5`."""
    plain = f"{amount:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
