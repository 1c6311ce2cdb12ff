"""Lists on a real table: every page once, in order, in both directions, by two queries."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps.registry import Apps
from django.core.exceptions import BadRequest
from django.db import connection, models
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingyuan.basics.clock import CHINA
from qingyuan.ui.listing import (
    Boolean,
    Choice,
    Column,
    DateRange,
    Listing,
    MultiChoice,
    NumberRange,
    Page,
    Preset,
    counting,
)

TABLES = Apps()  # not the project's registry: no migration is due for these


class Shop(models.Model):
    name = models.CharField(max_length=20)

    class Meta:
        app_label = "ui_tests"
        apps = TABLES

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    title = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="open")
    seen_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT)

    class Meta:
        app_label = "ui_tests"
        apps = TABLES
        indexes = (models.Index(fields=["seen_at", "id"], name="seen"),)

    def __str__(self) -> str:
        return self.title


START = datetime(2023, 9, 1, 8, 0, tzinfo=CHINA)
STATES = [("open", "待核查"), ("done", "已办结")]
VISITS = Listing(
    key="visits",
    columns=(
        Column("title", "标题", sort="title", priority=1),
        Column("seen_at", "时间", sort="seen_at"),
        Column("due_on", "到期", sort="due_on"),
        Column("due_last", "到期（空在后）", value="due_on", sort="due_on", nulls_last=True, export=False),
        Column("shop", "门店", value="shop.name", sort="shop__name"),
        Column("amount", "金额"),
    ),
    default_sort="-seen_at",
    filters=(
        MultiChoice("state", "状态", choices=STATES),
        Choice("shop", "门店", field="shop__name", choices=lambda: [("甲店", "甲店"), ("乙店", "乙店")]),
        DateRange("seen", "时间", field="seen_at", moment=True),
        DateRange("due", "到期", field="due_on"),
        NumberRange("amount", "金额", unit="元"),
        Boolean("dated", "有期限", apply=lambda found, yes: found.filter(due_on__isnull=not yes)),
    ),
    search=lambda found, text: found.filter(title__contains=text),
    presets=(Preset("全部"), Preset("待核查", (("state", "open"),))),
    row_url=lambda visit: f"/visits/{visit.pk}/",
    sizes=(10, 25),
    selectable=True,
)


@pytest.fixture
def visits(db: None) -> Iterator[models.QuerySet[Any]]:
    """60 visits; every third has no due day, and days repeat, so that the id must decide."""
    with connection.schema_editor() as editor:
        editor.create_model(Shop)
        editor.create_model(Visit)
    first, second = Shop.objects.create(name="甲店"), Shop.objects.create(name="乙店")
    Visit.objects.bulk_create(
        Visit(
            title=f"巡查{n:03}",
            state="done" if n % 4 == 0 else "open",
            seen_at=START + timedelta(hours=n // 2),
            due_on=None if n % 3 == 0 else date(2023, 9, 1) + timedelta(days=n % 7),
            amount=Decimal(n) * 100,
            shop=second if n % 2 else first,
        )
        for n in range(60)
    )
    yield Visit.objects.select_related("shop")


def ids(page: Page) -> list[int]:
    return [row.pk for row in page.rows]


def query_of(url: str) -> QueryDict:
    return QueryDict(url.partition("?")[2])


def walk(queryset: models.QuerySet[Any], query: str) -> tuple[list[list[int]], Page]:
    """All pages forward from the first; returns their ids and the last page."""
    page = VISITS.page(queryset, QueryDict(query), "/visits/")
    pages = [ids(page)]
    while page.next_url:
        page = VISITS.page(queryset, query_of(page.next_url), "/visits/")
        pages.append(ids(page))
    return pages, page


ORDERS = {
    "seen_at": (lambda v: (v.seen_at, v.pk), False),
    "-seen_at": (lambda v: (v.seen_at, v.pk), True),
    "due_on": (lambda v: (v.due_on is None, v.due_on or date.max, v.pk), False),
    "-due_on": (lambda v: (v.due_on is None, v.due_on or date.max, v.pk), True),
    "due_last": (lambda v: (v.due_on is None, v.due_on or date.max, v.pk), False),
    "shop": (lambda v: (v.shop.name, v.pk), False),
    "-shop": (lambda v: (v.shop.name, v.pk), True),
}


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("size", [10, 25])
def test_pages_hold_every_record_once_in_order_and_lead_back(
    visits: models.QuerySet[Any], sort: str, size: int
):
    key, reverse = ORDERS[sort]
    expected = [visit.pk for visit in sorted(visits, key=key, reverse=reverse)]
    pages, last = walk(visits, f"sort={sort}&size={size}")
    assert [pk for page in pages for pk in page] == expected
    back = [ids(last)]
    while last.previous_url:
        last = VISITS.page(visits, query_of(last.previous_url), "/visits/")
        back.insert(0, ids(last))
    assert back == pages


def test_descending_with_nulls_last_ends_with_them(visits: models.QuerySet[Any]):
    pages, _last = walk(visits, "sort=-due_last&size=10")
    dues = [Visit.objects.get(pk=pk).due_on for page in pages for pk in page]
    assert dues[:40] == sorted(dues[:40], reverse=True)
    assert dues[40:] == [None] * 20


def test_a_page_costs_two_queries_wherever_it_is(
    visits: models.QuerySet[Any], django_assert_num_queries: Any
):
    with django_assert_num_queries(2):
        page = VISITS.page(visits, QueryDict("state=open"), "/visits/")
        [cell.text for row in page.rows for cell in row.cells]
    with django_assert_num_queries(2):
        VISITS.page(visits, query_of(page.next_url), "/visits/")


def test_crossing_from_values_to_null_costs_one_query_more(
    visits: models.QuerySet[Any], django_assert_num_queries: Any
):
    page = VISITS.page(visits, QueryDict("sort=due_on&size=25"), "/visits/")
    with django_assert_num_queries(3):
        page = VISITS.page(visits, query_of(page.next_url), "/visits/")
    with django_assert_num_queries(2):
        VISITS.page(visits, query_of(page.next_url), "/visits/")


def test_a_record_added_before_does_not_shift_the_next_page(visits: models.QuerySet[Any]):
    first = VISITS.page(visits, QueryDict("sort=seen_at&size=10"), "/visits/")
    shop = Shop.objects.first()
    Visit.objects.create(title="新来的", seen_at=START - timedelta(days=1), shop=shop)
    second = VISITS.page(visits, query_of(first.next_url), "/visits/")
    assert ids(second) == [row.pk for row in visits.order_by("seen_at", "pk")[11:21]]


def test_sort_values_that_fall_on_an_index_are_found_by_it(visits: models.QuerySet[Any]):
    with connection.cursor() as cursor:  # 60 rows: the planner would rather read the table
        cursor.execute("SET LOCAL enable_seqscan = off")
    cursor_value = Visit.objects.get(title="巡查050")
    order = VISITS.columns[1].order(Visit, descending=False)
    (span,) = order.ranges(cursor_value.seen_at, cursor_value.pk)
    plan = Visit.objects.filter(span).order_by(*order.expressions())[:11].explain()
    assert "Index Scan using seen" in plan
    assert "Index Cond: (seen_at >=" in plan
    assert "Sort" not in plan


def test_the_count_stops_at_the_cap(visits: models.QuerySet[Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counting, "CAP", 20)
    page = VISITS.page(visits, QueryDict(""), "/visits/")
    assert (page.total, page.count) == (21, "20+")
    page = VISITS.page(visits, QueryDict("state=done"), "/visits/")
    assert (page.total, page.count) == (15, "15")


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("state=open", {"state": "open"}),
        ("state=open&state=done", {}),
        ("shop=甲店", {"shop__name": "甲店"}),
        ("seen_from=2023-09-02", {"seen_at__gte": datetime(2023, 9, 2, tzinfo=CHINA)}),
        ("seen_to=2023-09-01", {"seen_at__lt": datetime(2023, 9, 2, tzinfo=CHINA)}),
        ("due_from=2023-09-02&due_to=2023-09-03", {"due_on__in": [date(2023, 9, 2), date(2023, 9, 3)]}),
        ("amount_from=1,000&amount_to=2000", {"amount__gte": 1000, "amount__lte": 2000}),
        ("dated=0", {"due_on": None}),
        ("q=01", {"title__contains": "01"}),
    ],
)
def test_each_filter_selects_what_it_says_and_its_tag_takes_it_away(
    visits: models.QuerySet[Any], query: str, condition: dict[str, Any]
):
    page = VISITS.page(visits, QueryDict(query), "/visits/")
    assert page.total == visits.filter(**condition).count()
    assert page.narrowed
    assert page.tags
    for _tag, _url in page.tags:
        page = VISITS.page(visits, query_of(page.tags[0][1]), "/visits/")
    assert (page.tags, page.total, page.narrowed) == ([], 60, False)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("state=gone", "没有“gone”这一项"),
        ("seen_from=九月", "不是日期"),
        ("due_from=2023-09-05&due_to=2023-09-01", "起点晚于终点"),
        ("amount_from=很多", "不是数"),
        ("amount_to=NaN", "不是数"),
        ("dated=perhaps", "没有“perhaps”这一项"),
        ("at=forged", "已回到第一页"),
    ],
)
def test_what_makes_no_sense_is_ignored_and_said(visits: models.QuerySet[Any], query: str, words: str):
    page = VISITS.page(visits, QueryDict(query), "/visits/")
    assert words in page.notices[0]
    assert page.total == 60


def test_a_cursor_of_another_order_leads_to_the_first_page(visits: models.QuerySet[Any]):
    page = VISITS.page(visits, QueryDict("sort=seen_at"), "/visits/")
    query = query_of(page.next_url).copy()
    query["sort"] = "title"
    page = VISITS.page(visits, query, "/visits/")
    assert page.notices == ["翻页位置已失效，已回到第一页。"]
    assert page.previous_url == ""


def test_heads_turn_the_order_round_and_presets_know_where_we_are(visits: models.QuerySet[Any]):
    page = VISITS.page(visits, QueryDict("state=open&sort=seen_at"), "/visits/")
    heads = {head.column.name: head for head in page.heads}
    assert heads["seen_at"].direction == "ascending"
    assert query_of(heads["seen_at"].sort_url)["sort"] == "-seen_at"
    assert heads["amount"].sort_url == ""
    assert [link.current for link in page.presets] == [False, True]


def test_ticked_records_and_all_of_the_filter_are_selected(visits: models.QuerySet[Any]):
    some = list(visits.values_list("pk", flat=True)[:3])
    ticked = VISITS.selection(visits, QueryDict("&".join(f"selected={pk}" for pk in some)))
    assert sorted(ticked.queryset.values_list("pk", flat=True)) == sorted(some)
    assert (ticked.total, ticked.by_filter) == (3, False)
    everything = QueryDict(mutable=True)
    everything.update({"scope": "filter", "filter": "state=done"})
    by_filter = VISITS.selection(visits, everything)
    assert (by_filter.total, by_filter.by_filter, by_filter.tags[0].text) == (15, True, "已办结")
    again = QueryDict(mutable=True)
    for name, value in by_filter.hidden:
        again.appendlist(name, value)
    assert VISITS.selection(visits, again).total == 15


def test_a_selection_never_reaches_beyond_what_the_member_may_act_on(visits: models.QuerySet[Any]):
    mine = visits.filter(state="done")
    foreign = visits.filter(state="open").first()
    assert VISITS.selection(mine, QueryDict(f"selected={foreign.pk}")).total == 0


@pytest.mark.parametrize("data", ["selected=1%20OR%201", "scope=filter&filter=state%3Dgone"])
def test_a_selection_that_makes_no_sense_is_refused_not_widened(visits: models.QuerySet[Any], data: str):
    with pytest.raises(BadRequest):
        VISITS.selection(visits, QueryDict(data))


def test_the_export_has_the_filter_the_order_and_the_types(visits: models.QuerySet[Any]):
    table = VISITS.export(
        visits, QueryDict("state=done&sort=-title"), ["title", "due_on", "due_last", "amount"]
    )
    rows = list(table.rows)
    assert table.heads == ("标题", "到期", "金额")
    assert len(rows) == 15
    assert rows[0] == ["巡查056", date(2023, 9, 1), Decimal("5600.00")]


def test_a_saved_filter_selects_the_same_again(visits: models.QuerySet[Any]):
    query = QueryDict("state=open&state=done&q=01&sort=title&at=x&size=25&unknown=1")
    saved = VISITS.to_saved(query)
    assert saved == {"q": ["01"], "state": ["open", "done"], "sort": ["title"]}
    again = VISITS.page(visits, QueryDict(VISITS.from_saved(saved)), "/visits/")
    assert again.total == visits.filter(title__contains="01").count()


def test_a_declaration_that_cannot_work_is_refused():
    with pytest.raises(ValueError, match="默认排序"):
        Listing(key="x", columns=(Column("title", "标题"),), default_sort="title")
    with pytest.raises(ValueError, match="保留名或重复"):
        Listing(key="x", columns=VISITS.columns, default_sort="title", filters=(Choice("sort", "排序"),))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    dues=st.lists(st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2023, 1, 4))), max_size=35),
    down=st.booleans(),
)
def test_whatever_the_values_pages_are_a_partition(
    visits: models.QuerySet[Any], dues: list[date | None], down: bool
):
    shop = Shop.objects.first()
    Visit.objects.all().delete()
    Visit.objects.bulk_create(Visit(title="x", seen_at=START, due_on=due, shop=shop) for due in dues)
    pages, _last = walk(visits, f"sort={'-' if down else ''}due_on&size=10")
    flat = [pk for page in pages for pk in page]
    assert sorted(flat) == sorted(visits.values_list("pk", flat=True))
    assert len(flat) == len(set(flat))
    assert all(len(page) == 10 for page in pages[:-1])
