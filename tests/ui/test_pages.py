"""Whole pages: each renders, under the strict policy, with what a screen reader and a phone need."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from qingyuan.ui.gallery import PARTS

ADDRESSES = ["/gallery/", "/told/", *(f"/gallery/{part}/" for part in PARTS), "/gallery/list/?none=1&q=x"]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
DRAWN = {"path", "circle", "rect", "use"}


class Reader(HTMLParser):
    """Notes elements, ids, labels and nesting mistakes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.mistakes: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "form" and "form" in self.open:
            self.mistakes.append("a form inside a form")
        if tag == "a" and "a" in self.open:
            self.mistakes.append("a link inside a link")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.mistakes.append(f"</{tag}> closes {self.open[-3:]}")
        else:
            self.open.pop()

    def attributes(self, *tags: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.elements if tag in tags]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_sound(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    reader = Reader(response.content.decode())
    assert (reader.mistakes, reader.open) == ([], [])
    ids = [attrs["id"] for _tag, attrs in reader.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for attrs in reader.attributes("script"):
        assert attrs.get("src", "/static/").startswith("/static/")
        assert "src" in attrs or attrs["type"] == "application/json"
    assert not [attrs for _tag, attrs in reader.elements if "style" in attrs]
    assert len(reader.attributes("h1")) == len(reader.attributes("main")) == 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_controls_have_names_and_descriptions_exist(client: Client, address: str):
    reader = Reader(client.get(address).content.decode())
    ids = {attrs["id"] for _tag, attrs in reader.elements if "id" in attrs}
    targets = {attrs.get("for") for attrs in reader.attributes("label")}
    for attrs in reader.attributes("input", "select", "textarea"):
        named = (
            attrs.get("aria-label")
            or attrs.get("id") in targets
            or attrs.get("type") in ("hidden", "radio", "checkbox")
        )
        assert named, attrs
    for _tag, attrs in reader.elements:
        for reference in ("aria-describedby", "aria-labelledby"):
            assert set((attrs.get(reference) or "").split()) <= ids


def test_the_form_says_what_is_wrong_beside_each_field_and_at_the_top(client: Client):
    text = client.get("/gallery/form/").content.decode()
    assert "有 2 处需要改正，没有保存：" in text
    assert '<a href="#id_received_on">收到日期</a>' in text
    reader = Reader(text)
    (title,) = [attrs for attrs in reader.attributes("input") if attrs.get("name") == "title"]
    assert title["aria-describedby"] == "id_title_help id_title_error"
    assert title["aria-invalid"] == "true"


def test_messages_are_on_the_page_and_can_be_announced(client: Client):
    text = client.get("/told/").content.decode()
    assert "已登记，编号 17。" in text
    assert 'id="announcer" role="status" aria-live="polite"' in text


def test_a_phone_has_its_own_menu_without_javascript(client: Client):
    text = client.get("/gallery/").content.decode()
    start = text.index('<details class="qy-phone-menu">')
    assert "督办" in text[start : text.index("</details>", start)]


def test_htmx_gets_the_rows_and_others_the_page(client: Client):
    rows = client.get("/gallery/list/", headers={"HX-Request": "true", "HX-Target": "listing"})
    assert b"<html" not in rows.content
    assert rows.content.count(b'id="listing"') == 1
    assert rows.templates[0].name == "ui/_rows.htmx.html"
    page = client.get("/gallery/list/")
    assert page.content.count(b"<html") == page.content.count(b'id="listing"') == 1
    assert "HX-Request" in page.headers["Vary"]
    boosted = client.get(
        "/gallery/list/", headers={"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "listing"}
    )
    assert b"<html" in boosted.content


def test_the_list_offers_its_parts(client: Client):
    text = client.get("/gallery/list/?q=机油&state=open&state=done").content.decode()
    for words in (
        "搜索：机油",
        "状态：待核查",
        "状态：已办结",
        "共 10,000+ 条",
        "筛选出的全部 10,000+ 条",
        "保存的筛选",
        "下一页",
        "导出",
    ):
        assert words in text
    assert 'aria-sort="ascending"' in text
    empty = client.get("/gallery/list/?none=1").content.decode()
    assert "还没有线索" in empty
    assert "登记线索" in empty
    narrowed = client.get("/gallery/list/?none=1&q=x").content.decode()
    assert "没有符合条件的记录" in narrowed


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("403", "这起案件由公安机关承办"),
        ("404", "没有内容，或你无权查看"),
        ("409", "3 批物品未处置"),
        ("429", "操作太频繁"),
        ("500", "7F3A-20C1"),
    ],
)
def test_an_error_says_why(client: Client, part: str, words: str):
    assert words in client.get(f"/gallery/{part}/").content.decode()


def test_an_unknown_part_is_not_found(client: Client):
    assert client.get("/gallery/none/").status_code == 404


def test_the_pair_marks_differences_in_words_and_asks_three_ways(client: Client):
    text = client.get("/gallery/pair/").content.decode()
    assert text.count("qy-differs") == 3
    assert "缺一边" in text
    answers = [a["value"] for a in Reader(text).attributes("button") if a.get("name") == "answer"]
    assert answers == ["yes", "no", "unsure"]


def test_charts_carry_their_figures_as_a_table(client: Client, settings: Any):
    text = client.get("/gallery/").content.decode()
    assert '<script id="gallery-line-data" type="application/json">' in text
    assert '<th scope="row">9月</th>' in text
