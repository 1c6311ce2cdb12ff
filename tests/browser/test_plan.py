"""The coordinator uploads a plan, settles its doubts, adopts it, and chases a unit that is late."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Doors, Site
from tests.factories.plan import UNKNOWN_UNIT

pytestmark = pytest.mark.browser
FILE = {
    "name": "2026年工作要点.txt",
    "mimeType": "text/plain",
    "buffer": UNKNOWN_UNIT.replace("2026年", "2027年").encode(),
}


def test_the_coordinator_adopts_the_plan(doors: Doors) -> None:
    coordinator = doors.member("coordinator")
    page = coordinator.goto("/plan/upload")
    page.get_by_label("文件").set_input_files(FILE)
    coordinator.press("上传并识别")
    expect(page.locator("mark").filter(has_text="区公安局").first).to_be_visible()
    while page.get_by_role("button", name="处理这个疑点").count():
        unit = page.get_by_label("对应单位")
        if unit.count():
            unit.select_option(label="公安分局")
        coordinator.press("处理这个疑点")
    page.get_by_text("设定时限").click()
    page.locator("[name=quarter]").select_option("4")
    coordinator.press("设定")
    coordinator.press("校核完成")
    coordinator.press("通过并分解任务")
    assert "9项任务" in coordinator.told()
    assert coordinator.errors == []


def test_the_coordinator_chases_a_late_unit_and_the_unit_sees_it(doors: Doors, site: Site) -> None:
    coordinator = doors.member("coordinator")
    page = coordinator.goto("/plan/tasks/")
    coordinator.page.get_by_role("link", name="逾期", exact=True).click()
    late = page.locator("tr[data-row]").filter(has_text="区市场监管局").first
    expect(late).to_contain_text("逾期")
    late.get_by_role("checkbox").check()
    coordinator.press("催办")
    page.get_by_label("催办意见").fill("请于三日内报送进展。")
    page.locator("button[name=confirmed]").click()
    page.wait_for_url("**/plan/tasks/**")
    officer = doors.member("officer")
    officer.goto(f"/plan/tasks/{site.planted['late_task']}")
    assert "催办" in officer.main()
