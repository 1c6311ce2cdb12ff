"""The gallery: every component in every state, for those who build pages. All records in it are invented."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from qingyuan.basics.clock import CHINA
from qingyuan.ui.gallery_list import sample_page
from qingyuan.ui.listing import respond
from qingyuan.ui.shapes import (
    Chart,
    DutyCard,
    Edge,
    Explanation,
    Fact,
    FileItem,
    Graph,
    Ground,
    Node,
    Pair,
    PairRow,
    Pause,
    Progress,
    SkippedDay,
    TimelineEvent,
)

PARTS = {
    "list": "ui/gallery_list.html",
    "record": "ui/gallery_record.html",
    "form": "ui/gallery_form.html",
    "review": "ui/gallery_review.html",
    "pair": "ui/pair_page.html",
    "400": "ui/error_400.html",
    "403": "ui/error_403.html",
    "404": "ui/error_404.html",
    "409": "ui/error_409.html",
    "429": "ui/error_429.html",
    "500": "ui/error_500.html",
}
_NINE = datetime(2023, 9, 1, 9, 0, tzinfo=CHINA)


class SampleForm(forms.Form):
    """One of each kind of control."""

    title = forms.CharField(label="线索标题", help_text="一句话说清：谁、卖什么、在哪里。", max_length=100)
    state = forms.ChoiceField(label="来源", choices=[("", "请选择"), ("report", "举报"), ("patrol", "巡查")])
    kinds = forms.MultipleChoiceField(
        label="涉嫌行为",
        choices=[("mark", "商标侵权"), ("fake", "假冒伪劣"), ("copy", "盗版"), ("secret", "侵犯商业秘密")],
        widget=forms.CheckboxSelectMultiple,
        help_text="可以多选。",
    )
    urgent = forms.TypedChoiceField(
        label="紧急程度", choices=[("n", "一般"), ("y", "紧急")], widget=forms.RadioSelect, required=False
    )
    received_on = forms.DateField(label="收到日期", widget=forms.DateInput(attrs={"type": "date"}))
    amount = forms.DecimalField(label="货值金额（元）", required=False, min_value=0)
    account = forms.CharField(label="经过", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    attachment = forms.FileField(label="附件", required=False, help_text="单个文件不超过 50 MB。")
    named = forms.BooleanField(label="举报人实名", required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    return render(request, "ui/gallery.html", _context())


def gallery_part(request: HttpRequest, part: str) -> HttpResponse:
    """One whole-page template (list, record, form, review, pair) or error page, with invented content."""
    if part not in PARTS:
        raise Http404
    if part == "list":
        return respond(request, sample_page(request.GET, request.path), PARTS[part])
    return render(request, PARTS[part], _context())


def _context() -> dict[str, Any]:
    return {
        "duties": _duties(),
        "facts": _facts(),
        "events": _events(),
        "grounds": [Ground("本单位承办", "数据范围：本单位"), Ground("你是联合专案组成员")],
        "works": _works(),
        "files": _files(),
        "charts": _charts(),
        "graph": _graph(),
        "pair": _pair(),
        "action": "",
        "remaining": "第 3 对，还有 27 对",
        "form": SampleForm({"title": "", "state": "report", "received_on": "九月", "kinds": ["mark"]}),
        "clean_form": SampleForm(initial={"received_on": date(2023, 9, 1)}),
        "verb": "登记线索",
        "multipart": True,
        "cancel_url": "..",
        "tabs": [
            {"label": "概要", "url": "?", "current": True},
            {"label": "证据", "url": "?tab=evidence", "count": 4},
            {"label": "期限", "url": "?tab=duties", "count": 2},
        ],
        "tones": ["", "blue", "green", "yellow", "red", "purple"],
        "moment": _NINE,
        "reason": "这起案件由公安机关承办，你可以查看进展，不能修改。",
        "reasons": [
            "案件 2023-017 还有 3 批物品未处置（第 4、7、9 批）。"
            "请先登记发还或销毁。（依据：《示例办法》第一条）"
        ],
        "incident": "7F3A-20C1",
    }


def _duties() -> list[DutyCard]:
    why = Explanation(
        start=date(2023, 9, 26),
        counted="7个工作日，从收到的次日起算",
        due=date(2023, 10, 12),
        skipped=[SkippedDay(date(2023, 9, 29) + timedelta(days=n), "中秋节、国庆节放假") for n in range(8)],
        pauses=[Pause(date(2023, 10, 9), date(2023, 10, 10), "等待鉴定结论")],
        extensions=["经负责人批准延长15个工作日"],
        articles=["《示例办法》（令1号）第十四条第一款"],
    )
    return [
        DutyCard(
            "告知是否受理",
            date(2023, 8, 30),
            "red",
            "已超期2天",
            "区市场监管局",
            "未履行",
            "#",
            "现在告知",
            why,
        ),
        DutyCard(
            "作出立案决定", date(2023, 9, 4), "yellow", "剩1个工作日", "区市场监管局", "", "#", "办理", why
        ),
        DutyCard("处罚信息公示", _NINE + timedelta(days=20), "green", "剩14个工作日", "区市场监管局"),
        DutyCard("移送决定", None, "grey", "已中止", "区公安分局", "中止"),
    ]


def _facts() -> list[Fact]:
    return [
        Fact("编号", "甘打假线〔2023〕17号"),
        Fact("被举报人", "示例商贸有限公司", url="#", note="与另外 2 条线索是同一主体"),
        Fact("收到", _NINE),
        Fact("承办", "区市场监管局", edit_url="#"),
        Fact("货值", 12345),
        Fact("实名举报", True),
        Fact("备注", None),
    ]


def _events() -> list[TimelineEvent]:
    article = "《示例办法》（令1号）第十四条"
    return [
        TimelineEvent(
            _NINE + timedelta(days=3),
            "移送公安机关",
            "王示例",
            "区市场监管局",
            [("货值", "123,456.00元")],
            [article],
            "transfer",
            "red",
        ),
        TimelineEvent(
            _NINE + timedelta(days=2), "核查属实", "李示例", "区市场监管局", icon="zoom-check", tone="green"
        ),
        TimelineEvent(_NINE, "收到举报", "", "12345热线", basis=[article], icon="message-report"),
    ]


def _works() -> list[Progress]:
    return [
        Progress("导入投诉举报（三季度.xlsx）", "waiting"),
        Progress("导入投诉举报（三季度.xlsx）", "running", 3120, 5000),
        Progress("比对主体", "running", 812),
        Progress(
            "导入投诉举报（二季度.xlsx）",
            "finished",
            5000,
            5000,
            result_url="#",
            message="写入 4,988 条，12 行有误。",
        ),
        Progress(
            "导出案件",
            "failed",
            message="第 3 张表没有“编号”列。请下载模板对照后重传。",
            result_url="#",
            result_label="下载模板",
        ),
    ]


def _files() -> list[FileItem]:
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    return [
        FileItem("现场笔录.pdf", "#", 482_133, "文书", _NINE, "李示例", digest),
        FileItem("店面照片.jpg", "#", 2_913_004, "照片", _NINE, "李示例"),
        FileItem("举报人材料.pdf", "#", 81_000, "证据", locked="含举报人身份，查看须说明理由"),
    ]


def _charts() -> list[Chart]:
    months = [f"{n}月" for n in range(1, 10)]
    seen = [31, 28, 45, 52, 49, 61, 58, 73, 66]
    done = [22, 25, 39, 41, 50, 55, 49, 60, 62]
    kinds = ["商标侵权", "假冒伪劣", "盗版", "专利侵权"]
    places = ["甲区", "乙区", "丙县", "丁县"]
    return [
        Chart("gallery-line", "line", "线索与办结", months, [("收到", seen), ("办结", done)], "件"),
        Chart("gallery-bar", "bar", "各领域案件", kinds, [("立案", [41, 63, 12, 8])], "件"),
        Chart(
            "gallery-stacked",
            "stacked",
            "各月办结",
            months[:4],
            [("处罚", done[:4]), ("移送", [3, 5, 4, 9])],
            "件",
        ),
        Chart(
            "gallery-pie",
            "pie",
            "线索来源",
            ["举报", "巡查", "监测", "移交"],
            [("件", [210, 84, 133, 27])],
            "件",
        ),
        Chart(
            "gallery-waterfall",
            "waterfall",
            "为什么像同一主体",
            ["名称", "地址", "电话", "法定代表人"],
            [("权重", [5.2, 3.1, 6.4, -2.3])],
            note="正数支持是同一个，负数反对。",
        ),
        Chart(
            "gallery-map",
            "map",
            "各区县案件",
            places,
            [("立案", [41, 12, 26, None])],
            "件",
            map_url=static("ui/gallery-map.json"),
            note="示意图，不作为划界依据。",
        ),
    ]


def _graph() -> Graph:
    nodes = [
        Node("a", "示例商贸有限公司", "party", marked=True),
        Node("b", "示例百货店", "party"),
        Node("c", "甲某", "person"),
        Node("d", "138****0001", "phone"),
        Node("e", "示例路1号库房", "place"),
        Node("f", "示例牌机油", "goods"),
        Node("g", "2023-017案", "case"),
        Node("h", "shili.example", "domain"),
    ]
    edges = [
        Edge("a", "c", "法定代表人", 5),
        Edge("b", "c", "经营者", 5),
        Edge("a", "d", "电话"),
        Edge("b", "d", "电话"),
        Edge("a", "e", "仓库", 3),
        Edge("e", "f", "查获", 4),
        Edge("g", "a", "当事人"),
        Edge("h", "b", "备案"),
    ]
    return Graph("gallery-graph", "关联网络", nodes, edges)


def _pair() -> Pair:
    return Pair(
        "示例商贸有限公司",
        "示例商贸有限责任公司",
        [
            PairRow("统一社会信用代码", "91620000EXAMPLE001", None, None),
            PairRow("名称", "示例商贸有限公司", "示例商贸有限责任公司", False, "只差组织形式"),
            PairRow("地址", "示例区示例路1号", "示例区示例路1号", True),
            PairRow("电话", "138****0001", "138****0001", True),
            PairRow("法定代表人", "甲某", "乙某", False),
            PairRow("登记日期", date(2019, 3, 1), date(2021, 7, 15), False),
        ],
        [("电话相同，且只有这两家用", 6.4), ("地址相同", 3.1), ("法定代表人不同", -2.3)],
        score="合计 +7.2，很可能是同一个",
    )
