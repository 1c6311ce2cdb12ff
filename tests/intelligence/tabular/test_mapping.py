"""Columns are proposed from their heads; cells are read as people write them."""

from datetime import datetime

import pytest

from qingyuan.basics.clock import CHINA
from qingyuan.intelligence.tabular.cells import CellError, kinds, moment, prose
from qingyuan.intelligence.tabular.mapping import head_row, signature, suggest

MUNICIPAL = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "一级分类"]
PLATFORM = [
    "登记编号",
    "登记时间",
    "投诉人姓名",
    "联系电话",
    "被投诉主体",
    "统一社会信用代码",
    "投诉内容*",
    "商品名称",
]


def columns(heads: list[str]) -> dict[str, str]:
    return {name: heads[found.column] for name, found in suggest(heads).items()}


def test_heads_of_a_municipal_message_board() -> None:
    assert columns(MUNICIPAL) == {
        "source_number": "留言编号",
        "received_at": "留言时间",
        "title": "留言主题",
        "text": "留言详情",
        "sender_name": "留言用户",
    }


def test_heads_of_a_complaint_platform() -> None:
    assert columns(PLATFORM) == {
        "source_number": "登记编号",
        "received_at": "登记时间",
        "text": "投诉内容*",
        "goods": "商品名称",
        "party_name": "被投诉主体",
        "party_code": "统一社会信用代码",
        "sender_name": "投诉人姓名",
        "sender_phone": "联系电话",
    }


def test_no_column_serves_two_fields() -> None:
    found = suggest(["时间", "时间", "编号", "内容", "电话"])
    assert len({each.column for each in found.values()}) == len(found)


def test_the_phone_of_a_business_is_not_the_senders() -> None:
    found = columns(["投诉内容", "登记时间", "企业电话", "投诉人电话"])
    assert (found["party_phone"], found["sender_phone"]) == ("企业电话", "投诉人电话")


def test_heads_are_found_below_a_title() -> None:
    assert (
        head_row(
            [["2026年5月工单汇总", "", ""], ["", "", ""], ["工单编号", "登记时间", "投诉内容"], ["1", "", ""]]
        )
        == 2
    )
    assert head_row([["", ""], ["甲", "乙"]]) == 1


def test_the_signature_ignores_decoration_and_not_order() -> None:
    assert signature(["留言 编号*", "内容"]) == signature(["留言编号", "内容"])
    assert signature(["内容", "留言编号"]) != signature(["留言编号", "内容"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020/1/6 12:09:38", (2020, 1, 6, 12, 9, 38)),
        ("2020-01-06", (2020, 1, 6)),
        ("2020年1月6日 下午3:05", (2020, 1, 6, 15, 5)),
        ("2020-01-06T12:09:38.120", (2020, 1, 6, 12, 9, 38)),
        ("20200106120938", (2020, 1, 6, 12, 9, 38)),
        ("43836.5", (2020, 1, 6, 12)),
        (datetime(2020, 1, 6, 8), (2020, 1, 6, 8)),
    ],
)
def test_times_are_read_as_china_time(written: object, meant: tuple[int, ...]) -> None:
    assert moment(written) == datetime(*meant, tzinfo=CHINA)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("written", ["", "2020/13/6", "2020-02-30 10:00", "昨天", "12:30"])
def test_what_is_no_time_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(CellError, match="2026-05-06"):
        moment(written)


def test_kinds_in_words() -> None:
    assert kinds("投诉举报") == ("complaint", "report")
    assert kinds("业务咨询") == ("enquiry",)
    with pytest.raises(CellError, match="表扬"):
        kinds("表扬")


def test_layout_is_taken_out_of_text() -> None:
    assert prose("\n\t\t\t\n  第一行\xa0 有 字。\r\n\n\n 第二行\t") == "第一行 有 字。\n第二行"
