"""Numbers of official documents (发文字号): 白打假办发〔2023〕5号."""

import re
from dataclasses import dataclass

# Full-width ASCII is made narrow first, so that any bracket people type is understood.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NUMBER = re.compile(
    r"(?P<code>[^\s〔\[(【{0-9]{1,20})\s*[〔\[(【{](?P<year>\d{4})[〕\])】}]\s*第?\s*(?P<serial>\d{1,6})\s*号"
)


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """发文字号: the issuer's code (机关代字), the year, the serial number within the year."""

    code: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        if not self.code or self.year < 1949 or self.serial < 1:
            raise ValueError(f"发文字号不完整：代字“{self.code}”、年份 {self.year}、序号 {self.serial}。")

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


def parse_document_number(text: str) -> DocumentNumber:
    """Read one document number; brackets of any shape and full-width digits are understood.

    Raises ValueError when the whole text is not one document number.
    """
    found = _NUMBER.fullmatch(text.translate(_NARROW).strip())
    if found is None:
        raise ValueError(
            f"“{text}”不是发文字号。请写成“机关代字〔年份〕序号号”，例如 某打假办发〔2023〕5号。"
        )
    return DocumentNumber(found["code"], int(found["year"]), int(found["serial"]))
