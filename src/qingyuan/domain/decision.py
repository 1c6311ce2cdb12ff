"""A decision: allowed or refused, both with reasons, each reason with its citations.

The same object is shown on the page, stored in the event and returned by the API.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from qingyuan.law.citation import Citation


@dataclass(frozen=True, slots=True)
class Reason:
    """理由: one sentence in Chinese, and the provisions it rests on."""

    text: str
    citations: tuple[Citation, ...] = ()

    def __str__(self) -> str:
        basis = "、".join(citation.text for citation in self.citations)
        return f"{self.text}（依据：{basis}）" if basis else self.text

    def facts(self) -> dict[str, object]:
        """The reason as plain JSON: `text` and `basis`."""
        return {"text": self.text, "basis": [citation.facts() for citation in self.citations]}


class RefusedError(Exception):
    """What was asked may not be done; `reasons` say why, with citations, and what to do next."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(";".join(str(reason) for reason in self.reasons))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision the refusal rests on, in order, each once."""
        return citations_of(self.reasons)


@dataclass(frozen=True, slots=True)
class Allowed:
    """准许: it may be done, for these reasons (possibly none worth saying)."""

    reasons: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """True."""
        return True

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision the decision rests on, in order, each once."""
        return citations_of(self.reasons)

    def require(self) -> "Allowed":
        """Return this decision."""
        return self

    def facts(self) -> dict[str, object]:
        """The decision as plain JSON, for the event."""
        return {"allowed": True, "reasons": [reason.facts() for reason in self.reasons]}


@dataclass(frozen=True, slots=True)
class Refused:
    """不准: it may not be done. Raises ValueError without a reason: a refusal always says why."""

    reasons: tuple[Reason, ...]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("拒绝必须写明理由：Refused 至少需要一条 Reason。")

    @property
    def allowed(self) -> bool:
        """False."""
        return False

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision the decision rests on, in order, each once."""
        return citations_of(self.reasons)

    def require(self) -> NoReturn:
        """Raise RefusedError with the reasons."""
        raise RefusedError(self.reasons)

    def facts(self) -> dict[str, object]:
        """The decision as plain JSON, for the event."""
        return {"allowed": False, "reasons": [reason.facts() for reason in self.reasons]}


Decision = Allowed | Refused


def citations_of(reasons: Iterable[Reason]) -> tuple[Citation, ...]:
    """The citations of all `reasons` in order, each once."""
    return tuple(dict.fromkeys(citation for reason in reasons for citation in reason.citations))


def decide(refusals: Iterable[Reason], grounds: Iterable[Reason] = ()) -> Decision:
    """Refused with all `refusals` if there is any (a person is told everything at once), else Allowed by `grounds`."""
    against = tuple(refusals)
    return Refused(against) if against else Allowed(tuple(grounds))
