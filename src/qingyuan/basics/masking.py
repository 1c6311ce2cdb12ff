"""Masking: what may be shown of a person's data where the whole is not needed."""

import re

_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")
_BANK_CARD = re.compile(r"(?<!\d)(\d{4})\d{8,11}(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}-?)\d{3,4}(\d{4})(?!\d)")
_MAIL = re.compile(r"([A-Za-z0-9])[A-Za-z0-9._%+-]*@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_COMPOUND_SURNAMES = frozenset(
    {
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "夏侯",
        "诸葛",
        "尉迟",
        "皇甫",
        "公孙",
        "慕容",
        "司徒",
        "令狐",
        "宇文",
        "长孙",
        "澹台",
        "申屠",
    }
)


def mask_name(name: str) -> str:
    """`张三丰` → `张**`, `欧阳修` → `欧阳*`; a name of one character becomes `*`."""
    written = name.strip()
    if len(written) <= 1:
        return "*" * len(written)
    kept = 2 if len(written) > 2 and written[:2] in _COMPOUND_SURNAMES else 1
    return written[:kept] + "*" * (len(written) - kept)


def mask_phone(number: str) -> str:
    """`13812345678` → `138****5678`; any other number keeps its last four digits at most half its length."""
    digits = re.sub(r"[\s-]", "", number)
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]}****{digits[-4:]}"
    kept = min(4, len(digits) // 2)
    return "*" * (len(digits) - kept) + digits[len(digits) - kept :]


def mask_identity(number: str) -> str:
    """A citizen's number (公民身份号码) keeps its first six and last four characters; anything else is hidden whole."""
    written = number.strip()
    return f"{written[:6]}********{written[-4:]}" if _IDENTITY.fullmatch(written) else "*" * len(written)


def mask_address(address: str) -> str:
    """An address keeps what stands before the street: `某市某区某街道12号3楼` → `某市某区****`."""
    found = re.match(r"(?:.*?(?:省|自治区))?(?:.*?(?:市|自治州|盟|地区))?(?:.*?[区县旗市])?", address.strip())
    kept = found[0] if found else ""
    return f"{kept}****" if address.strip() else ""


def mask_text(text: str) -> str:
    """Free text with citizens' numbers, bank cards, phone numbers and mail addresses masked; the rest unchanged."""
    masked = _IDENTITY.sub(r"\1********\2", text)
    masked = _BANK_CARD.sub(lambda found: f"{found[1]}{'*' * (len(found[0]) - 8)}{found[2]}", masked)
    masked = _MOBILE.sub(r"\1****\2", masked)
    masked = _LANDLINE.sub(r"\1****\2", masked)
    return _MAIL.sub(r"\1***@\2", masked)
