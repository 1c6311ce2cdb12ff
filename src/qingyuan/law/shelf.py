"""What the readers of workflows and thresholds need of the book, so that the book can use them in its turn."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from qingyuan.law.citation import Citation
from qingyuan.law.dated import Timeline
from qingyuan.law.rules import Instrument


class Item(Protocol):
    """One item of one file of the book, as written."""

    @property
    def file(self) -> str:
        """Its path inside the book."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def data(self) -> Mapping[str, Any]:
        """Its content."""


class RuleKind(Protocol):
    """A dated rule, as far as its kind is concerned."""

    @property
    def kind(self) -> str:
        """`deadline`, `amount`, …."""


class Shelf(Protocol):
    """The checked content of the book: its instruments, its dated rules, its other items."""

    @property
    def instruments(self) -> Mapping[str, Timeline[Instrument]]:
        """Every instrument with its versions."""

    @property
    def rules(self) -> Mapping[str, RuleKind]:
        """Every dated rule."""

    def documents(self, folder: str) -> tuple[Item, ...]:
        """Every item of a folder."""

    def document(self, folder: str, id: str) -> Item:
        """One item of a folder."""

    def cite(self, raw: Mapping[str, Any] | Iterable[Mapping[str, Any]]) -> tuple[Citation, ...]:
        """Citations with their titles."""
