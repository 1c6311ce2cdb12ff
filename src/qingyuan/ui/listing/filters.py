"""Filters of a list: read from the address, applied to the queryset, shown as a control and as removable tags."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from qingyuan.basics.clock import start_of_day
from qingyuan.ui.formats import day

Choices = Sequence[tuple[str, Any]]
Apply = Callable[[QuerySet[Any], Any], QuerySet[Any]]


@dataclass(frozen=True)
class Tag:
    """One active filter: its words, and the parameters to drop so that it goes away."""

    label: Any
    text: Any
    drop: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Reading:
    """What the address said: the value (None: not filtered) and, where it made no sense, why it was ignored."""

    value: Any = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """What all filters have: the parameter's `name`, the `label`, the ORM `field` (default: name), or own `apply`."""

    name: str
    label: Any
    field: str = ""
    apply: Apply | None = None

    kind = "text"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The address parameters this filter owns."""
        return (self.name,)

    @property
    def path(self) -> str:
        """The ORM path it filters by."""
        return self.field or self.name

    def narrow(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The records of `queryset` that pass."""
        return self.apply(queryset, value) if self.apply else self.match(queryset, value)

    def match(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The default: equality on the path."""
        return queryset.filter(**{self.path: value})

    def read(self, query: QueryDict) -> Reading:
        """The value in the address."""
        return Reading(query.get(self.name, "").strip() or None)

    def tags(self, value: Any) -> list[Tag]:
        """The removable tags of an active value."""
        return [Tag(self.label, value, ((self.name, None),))]

    def control(self, value: Any) -> dict[str, Any]:
        """What the form's template needs to draw the control."""
        return {"kind": self.kind, "name": self.name, "label": self.label, "value": value or ""}


@dataclass(frozen=True)
class Choice(Filter):
    """One of several. `choices`: pairs (stored word, label), or a callable giving them (once per page)."""

    choices: Choices | Callable[[], Choices] = ()
    kind = "choice"

    def options(self) -> dict[str, Any]:
        """Stored word → label."""
        pairs = self.choices() if callable(self.choices) else self.choices
        return {str(word): label for word, label in pairs}

    def read(self, query: QueryDict) -> Reading:
        word = query.get(self.name, "").strip()
        if not word:
            return Reading()
        if word not in self.options():
            return Reading(errors=(_unknown(self.label, word),))
        return Reading(word)

    def tags(self, value: Any) -> list[Tag]:
        return [Tag(self.label, self.options()[value], ((self.name, None),))]

    def control(self, value: Any) -> dict[str, Any]:
        options = [(word, label, word == value) for word, label in self.options().items()]
        return {**super().control(value), "options": options}


@dataclass(frozen=True)
class MultiChoice(Choice):
    """Any of several: the parameter repeats (`?state=open&state=late`), each value has its own tag."""

    kind = "multi"

    def read(self, query: QueryDict) -> Reading:
        words = list(dict.fromkeys(word.strip() for word in query.getlist(self.name) if word.strip()))
        options = self.options()
        known = [word for word in words if word in options]
        errors = tuple(_unknown(self.label, word) for word in words if word not in options)
        return Reading(known or None, errors)

    def match(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return queryset.filter(**{f"{self.path}__in": value})

    def tags(self, value: Any) -> list[Tag]:
        options = self.options()
        return [Tag(self.label, options[word], ((self.name, word),)) for word in value]

    def control(self, value: Any) -> dict[str, Any]:
        chosen = set(value or ())
        options = [(word, label, word in chosen) for word, label in self.options().items()]
        return {**Filter.control(self, value), "options": options, "chosen": len(chosen)}


@dataclass(frozen=True)
class Boolean(Filter):
    """Yes or no: `?overdue=1`, `?overdue=0`."""

    kind = "boolean"

    def read(self, query: QueryDict) -> Reading:
        word = query.get(self.name, "").strip()
        if not word:
            return Reading()
        if word not in ("0", "1"):
            return Reading(errors=(_unknown(self.label, word),))
        return Reading(word == "1")

    def tags(self, value: Any) -> list[Tag]:
        return [Tag(self.label, _("是") if value else _("否"), ((self.name, None),))]

    def control(self, value: Any) -> dict[str, Any]:
        options = [("1", _("是"), value is True), ("0", _("否"), value is False)]
        return {**super().control(value), "options": options}


@dataclass(frozen=True)
class _Range(Filter):
    @property
    def parameters(self) -> tuple[str, ...]:
        return (f"{self.name}_from", f"{self.name}_to")

    def parse(self, text: str) -> Any:
        """One end of the range. Raises ValueError, with words for the user."""
        raise NotImplementedError

    def words(self, bound: Any) -> str:
        """One end of the range, for the tag."""
        return str(bound)

    def read(self, query: QueryDict) -> Reading:
        ends: list[Any] = []
        errors: list[str] = []
        for parameter in self.parameters:
            text = query.get(parameter, "").strip()
            try:
                ends.append(self.parse(text) if text else None)
            except ValueError as problem:
                ends.append(None)
                errors.append(str(problem))
        first, last = ends
        if first is not None and last is not None and first > last:
            errors.append(_("“%(label)s”的起点晚于终点，已忽略。请把两端对调。") % {"label": self.label})
            return Reading(errors=tuple(errors))
        value = None if first is None and last is None else (first, last)
        return Reading(value, tuple(errors))

    def tags(self, value: Any) -> list[Tag]:
        first, last = value
        if first is not None and last is not None:
            text = f"{self.words(first)} – {self.words(last)}"
        elif first is not None:
            text = _("%(bound)s起") % {"bound": self.words(first)}
        else:
            text = _("至%(bound)s") % {"bound": self.words(last)}
        return [Tag(self.label, text, tuple((name, None) for name in self.parameters))]

    def control(self, value: Any) -> dict[str, Any]:
        first, last = value or (None, None)
        names = dict(zip(("name_from", "name_to"), self.parameters, strict=True))
        return {**super().control(None), **names, "first": first, "last": last}


@dataclass(frozen=True)
class DateRange(_Range):
    """From one day to another, both included. `moment=True` where the field is a date with time (China time)."""

    moment: bool = False
    kind = "dates"

    def parse(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            words = {"label": self.label, "text": text}
            raise ValueError(
                _("“%(label)s”的“%(text)s”不是日期，已忽略。请写成 2023-09-01。") % words
            ) from None

    def words(self, bound: Any) -> str:
        return day(bound)

    def match(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        first, last = value
        if first is not None:
            queryset = queryset.filter(**{f"{self.path}__gte": start_of_day(first) if self.moment else first})
        if last is not None and self.moment and last < date.max:
            queryset = queryset.filter(**{f"{self.path}__lt": start_of_day(last + timedelta(days=1))})
        elif last is not None and not self.moment:
            queryset = queryset.filter(**{f"{self.path}__lte": last})
        return queryset

    def control(self, value: Any) -> dict[str, Any]:
        control = super().control(value)
        ends = {end: control[end].isoformat() if control[end] else "" for end in ("first", "last")}
        return {**control, **ends}


@dataclass(frozen=True)
class NumberRange(_Range):
    """From one number to another, both included; `unit` is shown beside the control (元, 件)."""

    unit: Any = ""
    kind = "numbers"

    def parse(self, text: str) -> Decimal:
        try:
            number = Decimal(text.replace(",", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            words = {"label": self.label, "text": text}
            raise ValueError(_("“%(label)s”的“%(text)s”不是数，已忽略。请写成 12345.60。") % words)
        return number

    def words(self, bound: Any) -> str:
        return f"{bound:,f}{self.unit}"

    def match(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        first, last = value
        if first is not None:
            queryset = queryset.filter(**{f"{self.path}__gte": first})
        if last is not None:
            queryset = queryset.filter(**{f"{self.path}__lte": last})
        return queryset

    def control(self, value: Any) -> dict[str, Any]:
        return {**super().control(value), "unit": self.unit}


def _unknown(label: Any, word: str) -> str:
    return _("筛选“%(label)s”没有“%(word)s”这一项，已忽略。") % {"label": label, "word": word}
