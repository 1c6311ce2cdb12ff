"""The same work by other ways: without JavaScript, by keyboard alone, and from outside as the public."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Doors, Visitor

pytestmark = pytest.mark.browser

MARK = f"{time.time_ns() // 10**9 % 10**6:06}"
"""Tells this run's records from those of a run before it on the same database."""


def registered(officer: Visitor, shop: str) -> None:
    """Register a complaint by telephone against a shop."""
    page = officer.goto("/intake/receive")
    page.locator("[name=port]").select_option("phone")
    page.locator("[name=kinds][value=complaint]").check()
    page.locator("[name=title]").fill(f"投诉{shop}")
    page.locator("[name=text]").fill("购买的白酒疑为假酒,要求退款。")
    page.locator("[name=party_name]").fill(shop)
    page.locator("[name=sender_name]").fill("测试来件人")
    page.locator("[name=sender_phone]").fill("199-0000-1234")
    page.locator("[name=unit]").select_option(label="区市场监管局")
    officer.press("登记")


def test_a_complaint_is_registered_and_accepted_without_javascript(doors: Doors) -> None:
    officer = doors.member("officer", java_script_enabled=False)
    shop = f"青禾区无脚本{MARK}商店"
    registered(officer, shop)
    page = officer.goto(f"/intake/?q={shop}")
    with page.expect_navigation():
        page.locator("a.qy-row-link").first.click()
    assert "199-0000-1234" not in officer.main()
    with page.expect_navigation():
        page.get_by_role("link", name="受理", exact=True).first.click()
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    officer.press("受理")
    assert "已受理" in officer.main()


def test_the_keyboard_alone_goes_from_the_workbench_to_a_step(doors: Doors) -> None:
    officer = doors.member("officer")
    registered(officer, f"青禾区键盘{MARK}商店")
    page = officer.goto("/")

    def tab_to(selector: str) -> None:
        for _press in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"no way by Tab to {selector}")

    tab_to('a[href="/intake/"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("j")
    expect(page.locator("[data-row].qy-here")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/intake/\d+"))
    tab_to('a[href*="/step/"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/step/"))
    assert officer.errors == []


def test_the_public_sends_a_letter_and_follows_it_by_its_code(doors: Doors) -> None:
    sender = doors.visitor(390)
    page = sender.goto("/public/")
    sender.press("提交")
    page.get_by_label("举报:反映商家涉嫌违法").check()
    page.get_by_label("被投诉举报的商家名称").fill(f"青禾区公众{MARK}商店")
    page.get_by_label("事情经过和请求").fill("店里销售假冒白酒,请查处。")
    sender.press("提交")
    found = re.search(r"\d{4}-\d{4}-\d{4}-\d{4}", sender.main())
    assert found, sender.main()
    sender.press("返回首页")
    sender.press("凭回执码查询")
    page.get_by_label("回执码").fill(found.group())
    sender.press("查询")
    assert "举报" in sender.main()
    assert f"公众{MARK}商店" not in sender.main()
    assert sender.errors == []
