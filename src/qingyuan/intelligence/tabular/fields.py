"""The fields of a letter that a spreadsheet may carry, and the heads that ports are known to give them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in the system, its label, the heads it goes by, and whether it is the sender's identity."""

    name: str
    label: str
    heads: tuple[str, ...]
    required: bool = False
    identity: bool = False


FIELDS: tuple[Field, ...] = (
    Field(
        "source_number",
        "来源编号",
        ("留言编号", "登记编号", "工单编号", "投诉编号", "举报编号", "受理编号", "信件编号", "编号", "单号"),
    ),
    Field(
        "received_at",
        "收到时间",
        (
            "留言时间",
            "登记时间",
            "接收时间",
            "收到时间",
            "受理时间",
            "来电时间",
            "创建时间",
            "提交时间",
            "日期",
            "时间",
        ),
        required=True,
    ),
    Field("title", "标题", ("留言主题", "主题", "标题", "事由", "诉求标题")),
    Field(
        "text",
        "内容",
        (
            "留言详情",
            "投诉内容",
            "举报内容",
            "诉求内容",
            "反映内容",
            "问题描述",
            "投诉举报内容",
            "具体问题",
            "详情",
            "内容",
            "正文",
        ),
        required=True,
    ),
    Field(
        "kind",
        "类别(投诉/举报/咨询)",
        ("信息类别", "诉求类型", "业务类型", "事项类别", "来件类别", "信件类型"),
    ),
    Field(
        "goods",
        "商品或者服务",
        ("商品名称", "投诉商品", "涉及商品", "产品名称", "商品", "服务名称", "客体类别"),
    ),
    Field("platform", "平台", ("电商平台", "平台名称", "购物平台", "网络平台", "平台")),
    Field(
        "party_name",
        "被投诉举报主体",
        (
            "被投诉主体",
            "被举报主体",
            "被投诉人",
            "被举报人",
            "被投诉企业",
            "被投诉单位",
            "企业名称",
            "主体名称",
            "涉事主体",
            "商家名称",
            "经营者名称",
        ),
    ),
    Field("party_code", "主体统一社会信用代码", ("统一社会信用代码", "社会信用代码", "信用代码", "注册号")),
    Field(
        "party_address",
        "主体地址",
        ("被投诉主体地址", "企业地址", "经营地址", "主体地址", "商家地址", "注册地址"),
    ),
    Field("party_phone", "主体电话", ("被投诉主体电话", "企业电话", "商家电话", "主体电话")),
    Field(
        "place", "发生地点", ("发生地点", "事发地点", "事发地址", "事件地址", "地点", "所属区域", "行政区划")
    ),
    Field(
        "sender_name",
        "来件人姓名",
        ("投诉人姓名", "举报人姓名", "来电人", "联系人", "姓名", "留言用户", "投诉人", "举报人", "用户"),
        identity=True,
    ),
    Field(
        "sender_phone",
        "来件人电话",
        ("投诉人电话", "举报人电话", "来电号码", "联系电话", "手机号码", "联系方式", "电话", "手机"),
        identity=True,
    ),
    Field(
        "sender_address",
        "来件人地址",
        ("投诉人地址", "举报人地址", "通讯地址", "联系地址", "家庭住址"),
        identity=True,
    ),
    Field("sender_id", "来件人证件号码", ("身份证号", "身份证号码", "证件号码", "证件号"), identity=True),
)
"""In the order the mapping page shows them. Heads within a field go from the most telling to the vaguest."""

BY_NAME = {field.name: field for field in FIELDS}
REQUIRED = tuple(field.name for field in FIELDS if field.required)
IDENTITY = frozenset(field.name for field in FIELDS if field.identity)
