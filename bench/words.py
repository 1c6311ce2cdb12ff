"""Synthetic Chinese: letters and shop names with common words, rare words and a long tail of names.

Nothing here is real. A fixed seed gives the same text every time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

GOODS = [
    "白酒",
    "葡萄酒",
    "香烟",
    "化妆品",
    "面膜",
    "洗衣液",
    "运动鞋",
    "羽绒服",
    "手提包",
    "手表",
    "手机",
    "充电器",
    "电动车",
    "轮胎",
    "机油",
    "化肥",
    "农药",
    "玉米种子",
    "小麦种子",
    "兽药",
    "中药材",
    "保健品",
    "医用口罩",
    "体温计",
    "血压计",
    "奶粉",
    "食用油",
    "大米",
    "面粉",
    "酱油",
    "火腿肠",
    "茶叶",
    "蜂蜜",
    "枸杞",
    "图书",
    "教辅材料",
    "光盘",
    "软件",
    "游戏机",
    "玩具",
    "文具",
    "插座",
    "电线电缆",
    "水管",
    "涂料",
    "门锁",
    "灭火器",
    "安全帽",
    "燃气灶",
    "热水器",
    "空调",
    "净水器",
]
PLACES = [
    "东关街",
    "南大街",
    "北环路",
    "建设路",
    "人民广场",
    "团结路",
    "和平市场",
    "农贸市场",
    "汽车城",
    "建材城",
    "步行街",
    "高铁站",
    "工业园",
    "大学城",
    "河滨路",
]
CLAIMS = [
    "销售假冒伪劣商品",
    "侵犯注册商标专用权",
    "包装与正品不一致",
    "以次充好",
    "虚假宣传",
    "没有合格证",
    "生产日期被涂改",
    "防伪码查询不到",
    "擅自使用他人字号",
    "盗版印刷",
    "冒用地理标志",
    "授权已经过期",
    "使用后皮肤过敏",
    "质量与描述不符",
    "拒绝提供票据",
]
RARE = [
    "掺杂掺假",
    "仿冒专利",
    "骗取补贴",
    "私刻印章",
    "走私入境",
    "翻新冒充",
    "传销返利",
    "虹膜识别",
    "量子饮用",
    "玄铁锅具",
]
ASKS = [
    "请求退款",
    "要求赔偿",
    "希望查处",
    "请依法调查",
    "要求书面答复",
    "请尽快处理",
    "要求三倍赔偿",
    "请求调解",
]
PLATFORMS = ["", "", "", "短视频平台", "购物平台", "外卖平台", "团购平台", "直播间"]
NAME_CHARACTERS = (
    "丰味源祥瑞福康宁泰和兴盛隆昌达顺鑫旺嘉美佳华茂恒信诚德仁义礼智明光辉煌宏伟博远博雅清泉甘露金玉满堂春夏秋冬东西南北"
    "天地山川江河湖海云霞星月龙凤麒麟松柏梅兰竹菊桃李杏梨葡萄石榴牡丹芙蓉芝兰百合玫瑰紫荆丁香桂花茉莉水仙杜鹃青禾绿野"
    "良田沃土广厦千秋万代永久安平吉利如意圆通汇聚众合联创新未来时代先锋卓越优品精工匠心巧手妙笔文苑书香墨韵雅集逸轩致远"
)
TRADES = [
    "食品店",
    "商贸有限公司",
    "百货店",
    "超市",
    "烟酒行",
    "化妆品店",
    "手机店",
    "五金店",
    "农资店",
    "药店",
    "服装店",
    "鞋店",
    "餐饮店",
    "建材店",
    "汽修厂",
    "书店",
]


@dataclass(frozen=True)
class Wording:
    """What a letter says."""

    title: str
    text: str
    goods: str
    platform: str
    place: str


def wordings(count: int, seed: int = 20260101) -> Iterator[Wording]:
    """Yield letters of about ninety characters."""
    chosen = random.Random(seed)
    for number in range(count):
        goods, place, claim = chosen.choice(GOODS), chosen.choice(PLACES), chosen.choice(CLAIMS)
        rare = f",疑似{RARE[number % len(RARE)]}" if number % 500 == 0 else ""
        brand = "".join(chosen.sample(NAME_CHARACTERS, 2))
        month, day, price = chosen.randint(1, 12), chosen.randint(1, 28), chosen.randint(10, 9999)
        text = (
            f"{month}月{day}日在{place}一家门店购买{brand}牌{goods},花费{price}元。回家后发现{claim}{rare},"
            f"与商家协商时对方称{chosen.choice(CLAIMS)}与其无关,态度恶劣。{chosen.choice(ASKS)},{chosen.choice(ASKS)}。"
        )
        title = f"{place}门店{claim}({brand}牌{goods})"
        yield Wording(
            title, text, goods, chosen.choice(PLATFORMS), f"青禾区{place}{chosen.randint(1, 300)}号"
        )


def shop_names(first: int, last: int) -> Iterator[tuple[int, str]]:
    """Yield a number and a shop's name for each number in the range; names are all different."""
    size = len(NAME_CHARACTERS)
    for number in range(first, last + 1):
        chosen = random.Random(number)
        characters = [
            NAME_CHARACTERS[chosen.randrange(size)] for _position in range(chosen.choice((2, 2, 3)))
        ]
        yield number, f"青禾区{''.join(characters)}{chosen.choice(TRADES)}{number}"
