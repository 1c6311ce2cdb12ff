"""Campaigns (专项行动) among the quoted words of a clause.

A quotation is a campaign when what follows says so: “铁拳”行动, “剑网2022”专项行动, “雷霆”专项整治, also
through a list (“剑网”“秋风”等专项行动); or when its own words do: “百日攻坚行动”, or a short code name that
carries a year (“昆仑2022”). “三合一”, “直播带货”, “一市场一档案”, “中国制造2025” are none.
"""

from __future__ import annotations

import re

from .model import CampaignName

_QUOTED = re.compile(
    r"“(?P<a>[^“”\n]{1,40})”|「(?P<b>[^「」\n]{1,40})」|『(?P<c>[^『』\n]{1,40})』|\"(?P<d>[^\"\n]{1,40})\""
)
_QUOTE = r"(?:“[^“”\n]{1,40}”|「[^「」\n]{1,40}」|『[^『』\n]{1,40}』|\"[^\"\n]{1,40}\")"
_WORK = r"(?:专项|执法|整治|治理|打击|保护|系列|集中|联合|统一|稽查|监管|护航|攻坚|严打|清查)"
_IS_CAMPAIGN_AFTER = re.compile(
    rf"(?:\s*[、，,和与及]?\s*{_QUOTE})*\s*(?:等)?\s*(?:"
    rf"{_WORK}*(?:行动|战役|会战|攻势)|专项(?:整治|执法|治理|斗争|打击|检查|活动))"
)
_OWN_WORDS = re.compile(r"(?:行动|战役|会战)(?:20\d\d)?$")
_CODE_NAME_WITH_YEAR = re.compile(r"^[一-鿿]{2,3}[·\-—]?20\d\d$")
_STRATEGY_AFTER = re.compile(r"\s*(?:战略|规划|纲要|计划|目标|方案|建设)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def find_campaigns(text: str, start: int, end: int) -> tuple[CampaignName, ...]:
    """Campaign names quoted in text[start:end], each once, in the order of the text."""
    found: dict[str, CampaignName] = {}
    for match in _QUOTED.finditer(text, start, end):
        name = next(group for group in match.groups() if group)
        if _is_campaign(name, text, match.end(), end):
            found.setdefault(name, CampaignName(name=name, span=(match.start() + 1, match.end() - 1)))
    return tuple(found.values())


def campaign_year(name: str) -> int | None:
    """The year a campaign's name carries (剑网2022 carries 2022), or None."""
    match = _YEAR.search(name)
    return int(match[1]) if match else None


def _is_campaign(name: str, text: str, after: int, end: int) -> bool:
    if _IS_CAMPAIGN_AFTER.match(text, after, end) or _OWN_WORDS.search(name):
        return True
    return bool(_CODE_NAME_WITH_YEAR.match(name)) and not _STRATEGY_AFTER.match(text, after, end)
