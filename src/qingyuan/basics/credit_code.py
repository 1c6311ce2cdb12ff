"""统一社会信用代码 (GB 32100-2015): eighteen characters, the last of which checks the others."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def check_character(first: str) -> str:
    """The eighteenth character for the first seventeen. Raises ValueError for a character the standard excludes."""
    total = sum(
        _ALPHABET.index(character) * weight for character, weight in zip(first, _WEIGHTS, strict=True)
    )
    return _ALPHABET[-total % 31]


def credit_code_fault(code: str) -> str:
    """Why `code` cannot be a credit code, in words for the person who typed it; empty when it can be one."""
    text = code.strip().upper()
    if len(text) != 18:
        return f"统一社会信用代码应为18位,这里是{len(text)}位。请对照营业执照核对。"
    strange = sorted(set(text) - set(_ALPHABET))
    if strange:
        return (
            f"统一社会信用代码不使用字符“{'、'.join(strange)}”(字母I、O、Z、S、V不用)。请对照营业执照核对。"
        )
    if check_character(text[:17]) != text[17]:
        return "统一社会信用代码的校验位不对,可能有一位输错。请对照营业执照逐位核对。"
    return ""
