"""A directory of known units with their other names, given by the caller or read from YAML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml


class DirectoryError(ValueError):
    """单位名录写得不对: says which entry, what is wrong and how it should look."""


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit: its settled name and every other name it goes by."""

    name: str
    aliases: tuple[str, ...] = ()


class UnitDirectory:
    """Resolves a name or alias to the unit's settled name."""

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        """`units`: no two may share a name or alias; DirectoryError names the pair otherwise."""
        self._names: dict[str, str] = {}
        for unit in units:
            for name in (unit.name, *unit.aliases):
                taken = self._names.setdefault(name, unit.name)
                if taken != unit.name:
                    raise DirectoryError(
                        f"单位名录：“{name}”同时属于“{taken}”和“{unit.name}”。一个名称只能指一个单位，请改掉其中一处。"
                    )

    def resolve(self, name: str) -> str | None:
        """The settled name of the unit called `name`, or None when nobody is."""
        return self._names.get(name)

    def all_names(self) -> tuple[str, ...]:
        """Every name and alias."""
        return tuple(self._names)


def read_directory(text: str) -> UnitDirectory:
    """Directory from YAML: `units:` holds entries with `name` and optional `short_name`, `aliases`.

    Raises DirectoryError, which names the entry and shows the form.
    """
    form = "写法：units: [{name: 区市场监督管理局, aliases: [区市场监管局]}]"
    try:
        data: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DirectoryError(f"单位名录不是合法的 YAML：{error}。{form}") from error
    entries = data.get("units") if isinstance(data, dict) else data
    if not isinstance(entries, list) or not entries:
        raise DirectoryError(f"单位名录里没有 units 列表。{form}")
    return UnitDirectory(_entry(entry, number, form) for number, entry in enumerate(entries, start=1))


def _entry(entry: Any, number: int, form: str) -> KnownUnit:
    if isinstance(entry, str):
        return KnownUnit(entry.strip())
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise DirectoryError(f"单位名录第{number}项没有 name。{form}")
    aliases = entry.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise DirectoryError(f"单位名录第{number}项（{entry['name']}）的 aliases 应是名称的列表。{form}")
    short = [entry["short_name"]] if isinstance(entry.get("short_name"), str) else []
    return KnownUnit(entry["name"], tuple(dict.fromkeys([*short, *aliases])))
