"""A citation: which instrument, which article."""

import re
from dataclasses import dataclass

ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千]+[条章节]")


@dataclass(frozen=True, slots=True)
class Citation:
    """出处: one place in one instrument.

    `instrument` is the id in lawbook/instruments, `article` is written as the law writes itself
    (第十四条第一款第二项), `title` is the instrument's title with its number as shown to people.
    """

    instrument: str
    article: str
    title: str

    @property
    def text(self) -> str:
        """`《市场监督管理投诉举报处理办法》(令121号)第十四条第一款`."""
        return f"{self.title}{self.article}"

    def facts(self) -> dict[str, str]:
        """The citation as plain JSON, for events and interfaces."""
        return {"instrument": self.instrument, "article": self.article, "text": self.text}
