"""Two reports become one clue and a case that must go to the police; they refuse, the prosecutor orders.

One long journey, because each part needs what the part before it did; afterwards strangers try every address it saw.
"""

from __future__ import annotations

import io
import re
import time
from datetime import datetime, timedelta

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from qingyuan.basics.clock import CHINA
from tests.browser.conftest import Doors, Site, Visitor

pytestmark = pytest.mark.browser

MARK = f"{time.time_ns() // 10**9 % 10**6:06}"
"""Tells this run's shop and letters from those of a run before it on the same database."""
SHOP, PLACE = f"青禾区河畔{MARK}号烟酒店", f"青禾区河畔路{MARK}号"
HEADS = (
    "登记编号",
    "登记时间",
    "联系人",
    "联系电话",
    "被举报主体",
    "主体地址",
    "举报内容",
    "商品名称",
    "诉求类型",
)
WORDS = "销售标有“青禾牌”商标的白酒,包装粗糙、价格明显偏低,涉嫌假冒注册商标。"
TEXT = "情况属实,材料齐全。"


def today() -> datetime:
    return datetime.fromtimestamp(time.time(), CHINA)


def workbook() -> dict[str, object]:
    """A spreadsheet as the hotline sends it: two reports of one shop."""
    book, buffer = Workbook(), io.BytesIO()
    book.active.append(HEADS)
    for number in (1, 2):
        received = (today() - timedelta(days=3 - number)).strftime("%Y-%m-%d 09:30:00")
        told = f"该店第{number}次被反映:{WORDS}"
        book.active.append(
            (f"R{MARK}-{number}", received, "测试举报人", "13900001234", SHOP, PLACE, told, "白酒", "举报")
        )
    book.save(buffer)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "热线工单.xlsx", "mimeType": kind, "buffer": buffer.getvalue()}


def take(person: Visitor, label: str, button: str | None = None) -> None:
    """Take a step from a record's page: state what it asks to be stated, write what it asks to be written."""
    page = person.page
    page.get_by_role("link", name=label, exact=True).first.click()
    page.wait_for_url("**/step*/**")
    for box in page.locator("[name^=stated__]").all():
        box.check()
    for area in page.locator("main textarea").all():
        area.fill(TEXT)
    person.press(button or label)
    assert f"已办理:{label}" in person.told(), person.main()


def path_of(person: Visitor) -> str:
    return person.page.url.removeprefix(person.site.address).partition("?")[0]


def imported(officer: Visitor) -> None:
    page = officer.goto("/intake/imports")
    page.get_by_label("文件").set_input_files(workbook())
    officer.press("上传并识别列")
    page.get_by_label("来源渠道").select_option("12345")
    page.get_by_label("默认类别").select_option("report")
    officer.press("确认并检查")
    expect(page.get_by_role("heading", name="检查结果")).to_be_visible(timeout=60_000)
    officer.press("确认导入")
    expect(page.get_by_text("登记 2 件")).to_be_visible(timeout=60_000)
    assert "13900001234" not in officer.main()


def clue_of(officer: Visitor, number: int) -> str:
    """Make a clue of the report of that number; its path."""
    page = officer.goto(f"/intake/?q={SHOP}")
    page.get_by_role("link", name=re.compile(f"第{number}次")).first.click()
    page.wait_for_url(re.compile(r"/intake/\d+"))
    officer.press("转为线索")
    page.get_by_label("当事人名称").fill(SHOP)
    officer.press("登记")
    assert "已登记线索" in officer.told(), officer.main()
    return path_of(officer)


def merged(officer: Visitor, earlier: str, later: str) -> None:
    page = officer.goto(later)
    proposal = page.get_by_role("row").filter(has=page.locator(f'a[href="{earlier}"]'))
    expect(proposal).to_contain_text("当事人名称相同")
    proposal.get_by_role("link", name="比对").click()
    expect(page.get_by_text("为什么提出这一对")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("y")
    page.get_by_label("理由").fill("同一店铺同一商品")
    officer.press("并入其他线索")
    expect(page.locator("main")).to_contain_text("已并入其他线索")


def filed(officer: Visitor, leader: Visitor, clue: str) -> str:
    """File a case of the clue; its path."""
    page = officer.goto(clue)
    take(officer, "开始核查")
    officer.press("制作文书")
    page.locator("select[name=kind]").select_option("filing_approval")
    page.get_by_label("正文").fill("经核查,有证据初步证明违法行为,建议立案。")
    officer.press("存入")
    leader.goto(clue)
    leader.press("审批")
    leader.page.get_by_label("同意", exact=True).check()
    leader.page.locator("main form button.btn-primary").first.click()
    leader.page.wait_for_url(f"**{clue}")
    officer.goto(clue)
    officer.press("立案")
    page.get_by_label("案由").fill("涉嫌销售侵犯注册商标专用权的商品")
    page.get_by_label("违法事实").fill("购进并销售标有“青禾牌”商标的白酒,不能提供合法来源。")
    page.get_by_label(re.compile("销售假冒注册商标的商品罪")).first.check()
    for name in ("执法甲", "执法乙"):
        page.get_by_label(re.compile(name)).check()
    for box in page.locator("[name^=stated__]").all():
        box.check()
    officer.press("立案")
    assert "已立案,案号" in officer.told(), officer.main()
    return path_of(officer)


def told_to_transfer(officer: Visitor, case: str) -> None:
    """Enter sales over the line; the panel then says that the case must go to the police."""
    page = officer.goto(case)
    take(officer, "开展调查")
    page.goto(f"{page.url.partition('?')[0]}?tab=money")
    officer.press("登记金额")
    page.get_by_label("金额性质").select_option("sold")
    page.get_by_label("计价依据").select_option("account_book")
    page.get_by_label("金额(元)").fill("90000")
    page.get_by_label("行为日期").fill((today() - timedelta(days=20)).strftime("%Y-%m-%d"))
    officer.press("登记")
    officer.press("核定台账")
    officer.goto(case)
    officer.press("对照刑事追诉标准审查")
    for element in ("knowing", "registered_mark"):
        page.locator(f"[name=element__{element}]").select_option("yes")
    page.locator("[name=earlier_checked]").check()
    officer.press("审查")
    expect(page.get_by_text("应当移送公安机关").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("第五条")


def handed_over(officer: Visitor, leader: Visitor, case: str) -> str:
    """Propose, approve and hand over; the transfer's path."""
    page = officer.goto(case)
    page.get_by_role("link", name="提出移送").click()
    page.wait_for_url("**/propose")
    page.get_by_label(re.compile("书面报告")).fill("涉案金额九万元,已达追诉标准,建议移送。")
    officer.press("提出移送")
    transfer = path_of(officer)
    leader.goto(transfer)
    take(leader, "批准移送")
    officer.goto(transfer)
    take(officer, "送交公安机关")
    return transfer


def refused_and_ordered(doors: Doors, transfer: str) -> None:
    officer, police, prosecutor = (doors.member(name) for name in ("officer", "police_officer", "prosecutor"))
    for person, label in (
        (police, "签收回执"),
        (police, "不予立案"),
        (officer, "直接建议检察院立案监督"),
        (prosecutor, "要求说明不立案理由"),
        (police, "说明不立案理由"),
        (prosecutor, "通知公安机关立案"),
        (police, "按通知立案"),
    ):
        person.goto(transfer)
        take(person, label)
    expect(police.page.locator("main")).to_contain_text("公安机关已立案")


def strangers_see_nothing(doors: Doors, site: Site) -> None:
    """Every address of a record that the journey saw is absent for the next district and for an uninvolved unit."""
    seen = {path.partition("?")[0] for path in site.visited}
    addresses = sorted(path for path in seen if re.match(r"/(intake|clues|cases|transfers)/.*\d", path))
    assert len(addresses) > 20, addresses
    strangers = ("officer-620498", "leader-620498", "prosecutor-620498", "agriculture_officer")
    answers: dict[str, set[int]] = {path: set() for path in addresses}
    for name in strangers:
        request = doors.member(name).page.request
        for path, statuses in answers.items():
            statuses.add(request.get(site.url(path), max_redirects=0).status)
    # A page for another role is refused before its record is looked up (403); some stranger has each role.
    leaks = {path: statuses for path, statuses in answers.items() if statuses - {403, 404, 405}}
    assert leaks == {}
    assert [path for path, statuses in answers.items() if statuses == {403}] == []


def test_from_two_reports_to_the_prosecutors_order(doors: Doors, site: Site) -> None:
    officer, leader = doors.member("officer"), doors.member("leader")
    imported(officer)
    first, second = clue_of(officer, 1), clue_of(officer, 2)
    merged(officer, first, second)
    case = filed(officer, leader, first)
    told_to_transfer(officer, case)
    transfer = handed_over(officer, leader, case)
    refused_and_ordered(doors, transfer)
    strangers_see_nothing(doors, site)
    for person in (officer, leader):
        assert person.errors == []
