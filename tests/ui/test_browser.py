"""In a real Chromium: the content policy holds, pages fit a phone, keys and fragments work, axe finds nothing."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from qingyuan.ui.gallery import PARTS
from tests.browser.chromium import chromium, opened, violations

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
ADDRESSES = ["gallery/", "told/", *(f"gallery/{part}/" for part in PARTS)]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """ui's own pages on a small server of their own; no database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.ui.pages",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    command = [sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}", "--noreload"]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}/"
    for _attempt in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as running:
        yield running


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_keeps_the_policy_fits_and_passes_axe(browser: Browser, address: str, width: int):
    page, errors = opened(browser, width)
    checked, _errors = opened(browser, width, bypass_csp=True)  # axe itself is injected
    for path in ADDRESSES:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        assert errors == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        checked.goto(address + path)
        assert violations(checked) == [], path
    for one in (page, checked):
        one.context.close()


def test_the_gallery_draws_all_charts(browser: Browser, address: str):
    page, _errors = opened(browser)
    page.goto(f"{address}gallery/")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-chart] canvas").count() == page.locator("[data-chart]").count() - 1 == 5
    assert page.locator("[data-graph] canvas").count() > 0
    expect(page.locator("[data-chart=gallery-map-data] svg path")).to_have_count(4)
    expect(page.locator("[data-chart=gallery-map-data] text").first).to_have_text("甲区 41")
    page.context.close()


def test_a_list_by_keyboard_alone(browser: Browser, address: str):
    page, errors = opened(browser)
    page.goto(f"{address}gallery/list/")
    for key in "jjx":
        page.keyboard.press(key)
    expect(page.locator("tr.qy-here")).to_contain_text("2号")
    expect(page.locator("[x-text=chosen]")).to_have_text("1")
    page.keyboard.press("x")
    expect(page.locator("[x-text=chosen]")).to_be_hidden()
    page.get_by_label("勾选本页全部").check()
    expect(page.locator("[x-text=chosen]")).to_have_text("12")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#list-search")).to_be_focused()
    page.keyboard.type("jx")
    expect(page.locator("#list-search")).to_have_value("jx")
    page.keyboard.press("Enter")
    expect(page.locator(".qy-tag")).to_contain_text("jx")
    expect(page.locator("#announcer")).to_have_text("共 10,000+ 条")
    expect(page).to_have_url(f"{address}gallery/list/?q=jx")
    for key in ("j", "Enter"):
        page.locator("body").evaluate("() => document.activeElement.blur()") if key == "j" else None
        page.keyboard.press(key)
    page.wait_for_url("**/record/")
    assert errors == []
    page.context.close()


def test_the_pair_is_answered_by_a_key(browser: Browser, address: str):
    page, _errors = opened(browser)
    page.goto(f"{address}gallery/pair/")
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.keyboard.press("u")
    assert "answer=unsure" in (posted.value.post_data or "")
    page.context.close()


def test_an_upload_shows_the_answer_in_place(browser: Browser, address: str):
    page, errors = opened(browser)
    page.goto(f"{address}gallery/form/")
    page.get_by_label("线索标题").fill("甲")
    page.locator("[name=received_on]").fill("2023-09-01")
    page.get_by_label("附件").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 1000}
    )
    with page.expect_response(lambda response: response.request.method == "POST") as answered:
        page.get_by_role("button", name="登记线索").click()
    assert answered.value.status == 200
    expect(page.locator("[data-focus]")).to_be_focused()
    assert errors == []
    page.context.close()


def test_messages_are_announced_and_close(browser: Browser, address: str):
    page, _errors = opened(browser)
    page.goto(f"{address}told/")
    expect(page.locator("#announcer")).to_contain_text("已登记，编号 17。")
    page.locator("[data-toast]").first.get_by_label("关闭").click()
    expect(page.locator("[data-toast]")).to_have_count(1)
    page.context.close()


def test_without_javascript_a_phone_reaches_menu_filters_and_figures(browser: Browser, address: str):
    page, _errors = opened(browser, 390, java_script_enabled=False)
    page.goto(f"{address}gallery/list/")
    page.locator(".qy-phone-menu summary").click()
    expect(page.get_by_role("link", name="督办")).to_be_visible()
    page.locator(".qy-phone-menu summary").click()
    page.locator(".qy-more > summary").click()
    page.get_by_label("承办单位").select_option("scj")
    page.locator(".qy-control-end button").click()
    expect(page.locator(".qy-tag")).to_contain_text("区市场监管局")
    page.goto(f"{address}gallery/")
    page.locator(".qy-figures summary").first.click()
    expect(page.get_by_role("rowheader", name="9月")).to_be_visible()
    page.context.close()
