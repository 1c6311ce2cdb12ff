"""Turns checked items of the book into what the book answers with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from qingyuan.law.book import Document, Entry, Gap, Rule
from qingyuan.law.checks import means_working_days
from qingyuan.law.citation import Citation
from qingyuan.law.dated import Period, Timeline
from qingyuan.law.faults import Fault
from qingyuan.law.rules import (
    Content,
    Counting,
    DeadlineRule,
    Evidence,
    Extension,
    Ground,
    Instrument,
    PauseGround,
    Settings,
    Unit,
    Value,
)


def settings_from(document: Document | None) -> Settings:
    """The settings as written, or the defaults."""
    if document is None:
        return Settings()
    data = document.data
    exceptions = {rule: Unit(unit) for rule, unit in (data.get("silent_day_of") or {}).items()}
    return Settings(Unit(data["silent_day"]), exceptions, data["weekend_rolls"])


def instruments_from(documents: Iterable[Document], faults: list[Fault]) -> dict[str, Timeline[Instrument]]:
    """The instruments by id; a fault for versions that overlap."""
    found: dict[str, Timeline[Instrument]] = {}
    for document in documents:
        versions = [_instrument(document, version) for version in document.data["versions"]]
        try:
            found[document.id] = Timeline(
                (Period(version.effective_from, version.effective_to), version) for version in versions
            )
        except ValueError as error:
            faults.append(
                Fault(
                    document.file,
                    document.id,
                    str(error),
                    "同一文件同一天只能有一个版本。",
                    "旧版本的 to 写成新版本施行日的前一天。",
                )
            )
    return found


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds rules from items, with the instruments, ways of counting and settings of one book."""

    instruments: Mapping[str, Timeline[Instrument]]
    countings: Mapping[str, Document]
    settings: Settings
    exact_units: frozenset[str]

    def rule(self, document: Document) -> Rule:
        """One rule with all its versions. The item must have passed every check."""
        data = document.data
        entries = [
            (Period(entry["from"], entry.get("to")), self._entry(data, {**data, **entry}))
            for entry in data["values"]
        ]
        return Rule(
            id=document.id,
            label=data["label"],
            kind=data["kind"],
            file=document.file,
            timeline=Timeline(entries),
            gaps=self._gaps(document),
        )

    def _gaps(self, document: Document) -> tuple[Gap, ...]:
        return tuple(
            Gap(
                Period(gap["from"], gap.get("to")),
                gap["reason"],
                self._cite(gap.get("cite", ()), gap["from"]),
            )
            for gap in document.data.get("gaps", ())
        )

    def _entry(self, data: Mapping[str, Any], entry: Mapping[str, Any]) -> Entry:
        if data["kind"] == "deadline":
            return self._deadline(entry)
        if data["kind"] == "grounds":
            return self._grounds(entry)
        unit = entry["unit"]
        return Value(
            **self._common(entry),
            kind=data["kind"],
            unit=unit,
            value=_content(entry["value"], exact=unit in self.exact_units),
            op=entry.get("op"),
            attributes={key: _content(item) for key, item in entry.get("attributes", {}).items()},
        )

    def _deadline(self, entry: Mapping[str, Any]) -> DeadlineRule:
        on = entry["from"]
        cites = self._cite(entry["cite"], on)
        counting = self._counting(entry["counting"], cites, on)
        silent = entry["unit"] == "day" and counting.silent
        unit = self._unit(entry, silent=silent)
        in_days = unit in (Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR)
        other = Unit.WORKING_DAY if unit is Unit.CALENDAR_DAY else Unit.CALENDAR_DAY
        return DeadlineRule(
            **self._common(entry),
            length=entry["value"],
            unit=unit,
            starts=entry["starts"],
            counting=counting,
            rolls_on_holiday=in_days and counting.rolls,
            rolls_on_weekend=in_days and counting.rolls and self.settings.weekend_rolls,
            before=entry.get("before", False),
            pauses=tuple(
                PauseGround(pause["event"], pause["label"], self._cite(pause["cite"], on))
                for pause in entry.get("pauses", ())
            ),
            extension=self._extension(entry.get("extension"), unit, on),
            setting="silent_day" if silent else None,
            alternatives=(other,) if silent else (),
        )

    def _unit(self, entry: Mapping[str, Any], *, silent: bool) -> Unit:
        if silent:
            return self.settings.day(entry["id"])
        if entry["unit"] != "day":
            return Unit(entry["unit"])
        counting = self.countings[entry["counting"]].data
        return Unit.WORKING_DAY if means_working_days(counting, entry["value"]) else Unit.CALENDAR_DAY

    def _grounds(self, entry: Mapping[str, Any]) -> tuple[Ground, ...]:
        return tuple(
            Ground(
                id=item["id"],
                text=item["text"],
                citation=self._cite([{**entry["cite"][0], "article": item["article"]}], entry["from"])[0],
                evidence=Evidence(entry["evidence"]),
            )
            for item in entry["value"]
        )

    def _common(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "id": entry["id"],
            "label": entry["label"],
            "citations": self._cite(entry["cite"], entry["from"]),
            "evidence": Evidence(entry["evidence"]),
            "facts": tuple(entry.get("fact", ())),
            "effective_from": entry["from"],
            "effective_to": entry.get("to"),
            "signed": bool(entry.get("checked")),
            "doubt": entry.get("doubt"),
            "note": entry.get("note"),
        }

    def _counting(self, id: str, cites: tuple[Citation, ...], on: date) -> Counting:
        data = self.countings[id].data
        sources = {cite.instrument for cite in cites}
        own = [raw for raw in data["cite"] if raw["instrument"] in sources]
        candidates = own or (data["cite"] if data.get("general") else [])
        usable = [raw for raw in candidates if self.instruments[raw["instrument"]].on(on) is not None]
        return Counting(
            id,
            data["label"],
            self._cite(usable, on),
            data["rolls"] == "holiday",
            data["silent"],
            data["rule"],
        )

    def _extension(self, raw: Mapping[str, Any] | None, unit: Unit, on: date) -> Extension | None:
        if raw is None:
            return None
        return Extension(
            length=raw["value"],
            unit=Unit(raw["unit"]) if "unit" in raw else unit,
            times=raw["times"],
            approval=raw["approval"],
            citations=self._cite(raw["cite"], on),
            facts=tuple(raw.get("fact", ())),
            further=raw.get("further"),
        )

    def _cite(self, raws: Iterable[Mapping[str, Any]], on: date) -> tuple[Citation, ...]:
        return tuple(
            Citation(raw["instrument"], raw["article"], self._title(raw["instrument"], on)) for raw in raws
        )

    def _title(self, instrument: str, on: date) -> str:
        versions = self.instruments[instrument]
        return (versions.on(on) or versions.entries[-1][1]).display


def _instrument(document: Document, version: Mapping[str, Any]) -> Instrument:
    data = document.data
    return Instrument(
        id=document.id,
        title=version.get("title", data["title"]),
        number=version.get("number", data.get("number", "")),
        issuer=data["issuer"],
        effective_from=version["from"],
        effective_to=version.get("to"),
    )


def _content(raw: Any, *, exact: bool = False) -> Content:
    if isinstance(raw, Mapping):
        return {str(key): _content(item, exact=exact) for key, item in raw.items()}
    if isinstance(raw, list):
        return tuple(_content(item, exact=exact) for item in raw)
    if exact and isinstance(raw, int) and not isinstance(raw, bool):
        return Decimal(raw)
    if isinstance(raw, bool | int | Decimal | str | date):
        return raw
    raise TypeError(f"值里有不认识的类型：{type(raw).__name__}。")
