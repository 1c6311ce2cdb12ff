"""Figures, the bars they are held against, and the two files they are written to."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from bench.machine import load

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "bench"


@dataclass(frozen=True)
class Figure:
    """One result. `bar` is what it must reach (`at_least`) or may not pass; `peer` what else did the same work."""

    group: str
    name: str
    value: float
    unit: str
    bar: float | None = None
    at_least: bool = True
    peer: str = ""
    peer_value: float | None = None
    note: str = ""
    load: float = field(default_factory=load)

    @property
    def holds(self) -> bool | None:
        """Whether the bar is held; None without one."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    @property
    def ratio(self) -> float | None:
        """This figure by its peer's, or by its bar where there is no peer."""
        other = self.peer_value if self.peer_value is not None else self.bar
        return self.value / other if other else None


@dataclass
class Report:
    """All figures of one run. `say` shows each as it comes."""

    command: str
    machine: dict[str, str]
    started: datetime
    figures: list[Figure] = field(default_factory=list)

    def add(self, figure: Figure) -> None:
        """Keep and show a figure."""
        self.figures.append(figure)
        verdict = {True: "holds", False: "MISSED", None: ""}[figure.holds]
        against = _against(figure)
        print(
            f"  {figure.name:58} {_number(figure.value):>10} {figure.unit:10} {against} {verdict}", flush=True
        )

    def missed(self) -> list[Figure]:
        """Return the figures below their bar."""
        return [figure for figure in self.figures if figure.holds is False]

    def write(self, finished: datetime, folder: Path = FOLDER) -> None:
        """Write `results.json` and `results.md`."""
        folder.mkdir(parents=True, exist_ok=True)
        facts = {
            "command": self.command,
            "measured": f"{self.started:%Y-%m-%d %H:%M}",
            "minutes": round((finished - self.started).total_seconds() / 60, 1),
            "machine": self.machine,
            "figures": [
                {**asdict(figure), "holds": figure.holds, "ratio": figure.ratio} for figure in self.figures
            ],
        }
        text = json.dumps(facts, ensure_ascii=False, indent=1)
        (folder / "results.json").write_text(text + "\n", encoding="utf-8")
        (folder / "results.md").write_text("\n".join(self._lines(facts)) + "\n", encoding="utf-8")
        print(f"\n{folder / 'results.md'}", file=sys.stderr)

    def _lines(self, facts: dict[str, object]) -> list[str]:
        lines = [
            "# Measurements",
            "",
            f"Written by `{self.command}` on {facts['measured']} in {facts['minutes']} minutes. "
            "Client, web and database share the cores named here.",
            "",
            "; ".join(f"{name}: {value}" for name, value in self.machine.items()) + ".",
            "",
            "What each figure is made of is said in the module that measures it, under `bench/`.",
        ]
        for group in dict.fromkeys(figure.group for figure in self.figures):
            lines += ["", f"## {group}", "", "| what | value | bar or peer | ratio | holds | load |"]
            lines += ["|---|--:|---|--:|---|--:|"]
            lines += [_line(figure) for figure in self.figures if figure.group == group]
        return lines


def _line(figure: Figure) -> str:
    verdict = {True: "yes", False: "**no**", None: ""}[figure.holds]
    ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
    note = f" ({figure.note})" if figure.note else ""
    value = f"{_number(figure.value)} {figure.unit}"
    return f"| {figure.name}{note} | {value} | {_against(figure)} | {ratio} | {verdict} | {figure.load} |"


def _against(figure: Figure) -> str:
    parts = []
    if figure.bar is not None:
        parts.append(f"{'≥' if figure.at_least else '≤'} {_number(figure.bar)}")
    if figure.peer_value is not None:
        parts.append(f"{figure.peer}: {_number(figure.peer_value)}")
    return "; ".join(parts)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return float(statistics.median(values))
