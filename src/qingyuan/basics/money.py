"""Money: Decimal yuan, never floating point; 元 in decisions, 万元 in reports, capitals (大写) in documents."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN = Decimal("0.01")
"""The smallest amount that can be owed: one fen."""

WAN = Decimal(10_000)
_YI = Decimal(100_000_000)
_SCALES = {"": Decimal(1), "元": Decimal(1), "万": WAN, "万元": WAN, "亿": _YI, "亿元": _YI}
_AMOUNT = re.compile(r"(?:人民币|\u00a5|\uffe5)?\s*(-?\d[\d,]*(?:\.\d+)?)\s*(亿元|亿|万元|万|元)?(?:整|正)?")

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_LARGEST = Decimal(10) ** 16


def yuan(amount: Decimal | int | str) -> Decimal:
    """`amount` as Decimal yuan rounded half up to the fen.

    Raises TypeError for a float (0.1 + 0.2 is not 0.3) and ValueError for what is not a number.
    """
    if isinstance(amount, float | bool) or not isinstance(amount, Decimal | int | str):
        raise TypeError(f"金额必须是 Decimal、整数或文字，不能是 {type(amount).__name__}：二进制小数会丢分。")
    try:
        exact = Decimal(amount)
    except InvalidOperation:
        raise ValueError(f"“{amount}”不是金额。请写成 12345.60 这样的元数。") from None
    if not exact.is_finite():
        raise ValueError(f"“{amount}”不是金额。请写成 12345.60 这样的元数。")
    return exact.quantize(FEN, rounding=ROUND_HALF_UP)


def parse_yuan(text: str) -> Decimal:
    """Read an amount as people write it: `12,345.60`, `¥300元`, `3.5万元`, `1.2亿`; full-width digits too.

    Returns Decimal yuan. Raises ValueError when the whole text is not one amount.
    """
    narrow = "".join(_narrow(character) for character in text).strip()
    found = _AMOUNT.fullmatch(narrow)
    if found is None:
        raise ValueError(f"“{text}”不是金额。可以写 12345.60、12,345.60元、3.5万元。")
    return yuan(Decimal(found[1].replace(",", "")) * _SCALES[found[2] or ""])


def format_yuan(amount: Decimal | int) -> str:
    """`12345.6` → `12,345.60元`, as decisions write it."""
    return f"{yuan(amount):,.2f}元"


def format_wan(amount: Decimal | int, places: int = 2) -> str:
    """`123456` → `12.35万元`, as reports write it; `places` digits after the point, rounded half up."""
    in_wan = (Decimal(amount) / WAN).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{in_wan:,.{places}f}万元"


def capital_yuan(amount: Decimal | int) -> str:
    """The amount in capital numerals (大写), as receipts and decisions require: `1005.6` → `壹仟零伍元陆角`.

    Raises ValueError at ten quadrillion yuan and above.
    """
    exact = yuan(amount)
    if abs(exact) >= _LARGEST:
        raise ValueError(f"金额 {exact} 超出大写数字的范围（不足一万万亿元）。")
    fen_total = int(abs(exact) * 100)
    whole, jiao, fen = fen_total // 100, fen_total // 10 % 10, fen_total % 10
    text = _capital_whole(whole) + "元" if whole or not (jiao or fen) else ""
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif fen and whole:
        text += "零"
    text += _DIGITS[fen] + "分" if fen else ("" if jiao else "整")
    return ("负" if exact < 0 else "") + text


def _capital_whole(whole: int) -> str:
    if whole == 0:
        return "零"
    text, gap = "", False
    for group in range(len(_GROUPS) - 1, -1, -1):
        four = whole // 10_000**group % 10_000
        if four == 0:
            gap = bool(text)
            continue
        if text and (gap or four < 1_000):
            text += "零"
        text, gap = text + _capital_four(four) + _GROUPS[group], False
    return text


def _capital_four(four: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = four // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text


def _narrow(character: str) -> str:
    if "\uff01" <= character <= "\uff5e":  # the full-width forms of ASCII
        return chr(ord(character) - 0xFEE0)
    return " " if character == "\u3000" else character
