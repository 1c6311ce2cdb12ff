"""What is wrong with the book, said so that the person who wrote it can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """错处: where (`file`, `id`), what, why it matters, how to mend it."""

    file: str
    id: str
    what: str
    why: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}[{self.id}]" if self.id else self.file
        return f"{where}：{self.what}\n  原因：{self.why}\n  改法：{self.mend}"


class LawError(Exception):
    """Something about the law could not be answered; the message says what, why and what next."""


class UnknownRuleError(LawError, KeyError):
    """The book has no rule of that id."""

    def __str__(self) -> str:
        return str(self.args[0])


class NotInForceError(LawError):
    """The rule exists, but not on that day; the message gives the days it held and any declared reason."""


class BookError(LawError):
    """The book is not fit to be used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"法规库有 {len(self.faults)} 处错误：\n" + "\n".join(str(fault) for fault in self.faults)
        )
