"""What people write in their letters, with gaps for the firm, the goods, the mark, the platform and the price."""

PORTS = ("12315",) * 8 + ("12345",) * 5 + ("web",) * 3 + ("phone",) * 2 + ("letter", "visit", "right_holder")
REPORTS = (
    "在{firm}看到出售的{goods}标有“{mark}”字样,包装印刷粗糙、没有防伪码,售价只有正品的一半,怀疑是假冒商品,请核查。",
    "{firm}销售的{goods}没有厂名厂址,店主说是从外地低价进的货,涉嫌销售侵犯“{mark}”商标的商品。",
    "{firm}仓库里堆放大量{goods},夜间有面包车送货,外包装“{mark}”与正品不同,疑似制假窝点,望尽快查处。",
    "在{platform}上由{firm}发货的{goods},收到后发现“{mark}”标识与官方图样不一致,质量很差,举报其售假。",
)
COMPLAINTS = (
    "在{firm}购买{goods}两{measure},付款{price}元,使用三天后出现质量问题,商家拒绝退换,要求退款并赔偿。",
    "通过{platform}在{firm}购买{goods},收到的与宣传不符,要求退一赔三,商家不予理睬。",
    "{firm}出售的{goods}已过保质期,找商家协商未果,请求调解,要求退还货款{price}元。",
)
ENQUIRIES = (
    "想了解购买{goods}时如何辨别“{mark}”的真伪,去哪里可以查询商标注册情况?",
    "买到假冒{goods}以后应当保存哪些证据,向哪个部门举报?",
)
TEMPLATES = {"report": REPORTS, "complaint": COMPLAINTS, "enquiry": ENQUIRIES}
