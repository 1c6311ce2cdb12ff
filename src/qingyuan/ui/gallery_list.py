"""The gallery's list page: the real list machinery over records that exist only here (no database)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from qingyuan.ui.formats import yuan
from qingyuan.ui.listing import (
    Boolean,
    BulkAction,
    Choice,
    Column,
    DateRange,
    Empty,
    Link,
    Listing,
    MultiChoice,
    NumberRange,
    Page,
    Preset,
)
from qingyuan.ui.listing.counting import counted
from qingyuan.ui.listing.keyset import Cursor, Order, Slice
from qingyuan.ui.listing.page import build
from qingyuan.ui.templatetags.ui import badge

STATES = [("open", "待核查"), ("checking", "核查中"), ("done", "已办结")]
_TITLES = (
    "涉嫌销售假冒机油",
    "网店涉嫌商标侵权",
    "农资门店销售套牌种子",
    "涉嫌盗版教辅图书",
    "直播间售卖仿冒化妆品",
)


@dataclass(frozen=True)
class Sample:
    """An invented clue."""

    pk: int
    number: str
    title: str
    state: str
    due_on: date
    amount: Decimal | None


def _state(record: Sample) -> SafeString:
    return badge(
        dict(STATES)[record.state], {"open": "yellow", "checking": "blue", "done": "green"}[record.state]
    )


SAMPLES = Listing(
    key="gallery",
    columns=(
        Column("title", "线索", priority=1),
        Column("number", "编号", sort="number"),
        Column("state", "状态", show=_state),
        Column("due_on", "到期", sort="due_on", template="ui/gallery_due.html"),
        Column(
            "amount", "货值", sort="amount", show=lambda record: yuan(record.amount), numeric=True, priority=3
        ),
    ),
    default_sort="due_on",
    filters=(
        Choice("unit", "承办单位", choices=[("scj", "区市场监管局"), ("gaj", "区公安分局")]),
        MultiChoice("state", "状态", choices=STATES),
        DateRange("due_on", "到期"),
        NumberRange("amount", "货值", unit="元"),
        Boolean("named", "实名"),
    ),
    search=lambda queryset, text: queryset,
    search_hint="编号、标题、当事人",
    presets=(
        Preset("全部"),
        Preset("待核查", (("state", "open"),)),
        Preset("核查中", (("state", "checking"),)),
    ),
    row_url=lambda record: "../record/",
    selectable=True,
    empty=Empty("还没有线索", "从投诉举报转入，或自己登记一条。", "../form/", "登记线索"),
)


def sample_page(query: QueryDict, path: str) -> Page:
    """A page of invented records that obeys the filter form as far as tags and links go; `?none=1` is empty."""
    records: Sequence[Any] = () if "none" in query else [_sample(n) for n in range(1, 13)]
    narrowed = SAMPLES.narrow(_Nothing(), query)
    cursor = Cursor("due_on", date(2023, 9, 1), 1, False)
    order = Order("due_on", "due_on", False, False)
    found = Slice(records, cursor, cursor)
    page = build(SAMPLES, narrowed, query, path, order, 25, found, counted(10_001), list(narrowed.errors))
    page.saved = (Link("我的超期线索", "?state=open"), Link("本月机油专项（共享）", "?q=机油"))
    page.save_url = page.import_url = page.export_url = "#"
    page.bulk = (BulkAction("转办", "#", "send"), BulkAction("并入案件", "#", "git-merge"))
    return page


def _sample(n: int) -> Sample:
    state = STATES[n % 3][0]
    amount = None if n % 4 == 0 else Decimal(n * 1234) + Decimal("0.5")
    title = f"示例{'甲乙丙丁戊'[n % 5]}店{_TITLES[n % 5]}"
    return Sample(n, f"甘打假线〔2023〕{n}号", title, state, date(2023, 8, 28) + timedelta(days=n), amount)


class _Nothing:
    """Takes every filter and stays what it is."""

    def filter(self, **_conditions: Any) -> "_Nothing":
        return self
