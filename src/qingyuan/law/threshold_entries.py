"""Turns the threshold files of the book into offences, regimes, lines and the rules of the transfer test."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from qingyuan.law.dated import Period, Timeline
from qingyuan.law.faults import BookError, Fault
from qingyuan.law.rules import Evidence
from qingyuan.law.shelf import Item, Shelf
from qingyuan.law.threshold_lines import (
    Element,
    GainRule,
    Line,
    Offence,
    Regime,
    Repeat,
    Route,
    Source,
    TransferRules,
    TwoMarks,
    Valuation,
)

FOLDER = "thresholds"


def read_offences(book: Shelf) -> tuple[Offence, ...]:
    """Every offence of the book, in the order of their ids. Raises BookError when one cannot be used.

    Reads the documents afresh; `book.all_offences` keeps the result.
    """
    found = (document for document in book.documents(FOLDER) if document.data["kind"] == "offence")
    return tuple(offence_from(document, book) for document in sorted(found, key=lambda item: item.id))


def offence_from(document: Item, book: Shelf) -> Offence:
    """The offence a document of the book describes. Raises BookError when two of its regimes overlap."""
    data = document.data
    regimes = [_regime(raw, book) for raw in data["regimes"]]
    try:
        timeline = Timeline((regime.period, regime) for regime in regimes)
    except ValueError as error:
        raise BookError(
            [Fault(document.file, document.id, str(error), "同一天只能有一套标准。", "改正 from 或者 to。")]
        ) from error
    return Offence(
        id=document.id,
        label=data["label"],
        short=data["short"],
        source=_source(data["statute"], book),
        intellectual_property=data["intellectual_property"],
        conduct=tuple(data["conduct"]),
        elements=tuple(Element(raw["id"], raw["label"]) for raw in data["elements"]),
        regimes=timeline,
    )


def _regime(raw: Mapping[str, Any], book: Shelf) -> Regime:
    period = Period(raw["from"], raw.get("to"))
    lines = tuple(_line(item, period, book) for item in raw["lines"])
    multiple = raw.get("multiple")
    gain, valuation, accumulation = raw.get("gain"), raw.get("valuation"), raw.get("accumulation")
    return Regime(
        id=raw["id"],
        label=raw["label"],
        period=period,
        lines=lines + (_multiplied(lines, multiple, book) if multiple else ()),
        valuation=Valuation(
            tuple(tuple(rank) for rank in valuation["unsold"]), _source(valuation["cite"], book)
        )
        if valuation
        else None,
        gain=GainRule(gain["goods"], gain["services"], _source(gain["cite"], book)) if gain else None,
        accumulation=_source(accumulation["cite"], book) if accumulation else None,
        two_marks=_two_marks(raw.get("two_marks"), book),
        repeat=_repeat(raw.get("repeat"), book),
        silent={item["form"]: item["reason"] for item in raw.get("silent", ())},
        note=raw.get("note"),
    )


def _line(raw: Mapping[str, Any], period: Period, book: Shelf) -> Line:
    return Line(
        id=raw["id"],
        metric=raw["metric"],
        form=raw.get("form", "any"),
        condition=raw["condition"],
        op=raw["op"],
        amount=Decimal(raw["amount"]),
        unit=raw["unit"],
        source=_source(raw["cite"], book),
        period=Period(raw.get("from", period.first), raw.get("to", period.last)),
        tier=raw.get("tier", "ordinary"),
        degree=raw.get("degree", 1),
        tier_label=raw.get("tier_label", ""),
        attempt=raw.get("attempt", False),
        factors=raw.get("factors"),
        note=raw.get("note"),
        doubt=raw.get("doubt"),
    )


def _multiplied(lines: tuple[Line, ...], raw: Mapping[str, Any], book: Shelf) -> tuple[Line, ...]:
    source = _source(raw["cite"], book)
    return tuple(
        replace(
            line,
            id=f"{line.id}-upper",
            amount=line.amount * raw["by"],
            source=source,
            tier="upper",
            degree=raw["degree"],
            tier_label=raw["tier_label"],
            note=f"{line.amount.normalize():f}元的{raw['by']}倍"
            if line.unit == "CNY"
            else f"一般标准的{raw['by']}倍",
        )
        for line in lines
        if line.tier == raw["of"]
    )


def _two_marks(raw: Mapping[str, Any] | None, book: Shelf) -> TwoMarks | None:
    if raw is None:
        return None
    return TwoMarks(raw["at_least"], raw["different_sources"], _source(raw["cite"], book), raw.get("doubt"))


def _repeat(raw: Mapping[str, Any] | None, book: Shelf) -> Repeat | None:
    if raw is None:
        return None
    return Repeat(
        years=raw.get("years"),
        kinds=tuple(raw["kinds"]),
        offences=tuple(raw["offences"]),
        at_least=raw["at_least"],
        source=_source(raw["cite"], book),
        doubt=raw.get("doubt"),
    )


def _source(raw: Mapping[str, Any], book: Shelf) -> Source:
    (citation,) = book.cite(raw)
    return Source(citation, Evidence(raw["evidence"]), tuple(raw.get("fact", ())))


def transfer_rules(book: Shelf) -> TransferRules:
    """The rules of the transfer test itself."""
    data = book.document(FOLDER, "transfer-test").data
    choice = data["choice_of_law"]
    return TransferRules(
        near_share=Decimal(data["near_share"]),
        near_practice="、".join(basis["office-practice"] for basis in data["near_basis"]),
        choice_label=choice["label"],
        choice_sources=tuple(_source(raw, book) for raw in choice["cite"]),
        choice_doubt=choice["doubt"],
        routes={
            id: Route(id, raw["label"], raw["from"], tuple(_source(cite, book) for cite in raw["cite"]))
            for id, raw in data["routes"].items()
        },
    )
