"""How values are written for people: dates, moments, money, yes and no, nothing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingyuan.basics.clock import in_china
from qingyuan.basics.money import format_wan, format_yuan

NOTHING = "—"
"""Shown where there is no value."""


def day(value: date | datetime | None) -> str:
    """`2023年9月1日`; a moment is given its civil date in China."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, datetime):
        value = in_china(value).date()
    return _("{year}年{month}月{day}日").format(year=value.year, month=value.month, day=value.day)


def moment(value: datetime | None) -> str:
    """`2023年9月1日 14:05`, China time. A plain date is written without time."""
    if not isinstance(value, datetime):
        return day(value)
    return f"{day(value)} {in_china(value):%H:%M}"


def short_day(value: date | datetime | None) -> str:
    """`2023-09-01`, the civil date in China: for dense tables."""
    if value is None or value == "":
        return NOTHING
    return (in_china(value).date() if isinstance(value, datetime) else value).isoformat()


def month(value: date | datetime | None) -> str:
    """`2023年9月`."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, datetime):
        value = in_china(value).date()
    return _("{year}年{month}月").format(year=value.year, month=value.month)


def yuan(value: Decimal | int | None) -> str:
    """`12,345.60元`, as decisions write it."""
    return NOTHING if value is None or value == "" else format_yuan(value)


def wan(value: Decimal | int | None) -> str:
    """`1.23万元`, as reports write it."""
    return NOTHING if value is None or value == "" else format_wan(value)


def capped(count: int, cap: int) -> str:
    """`9,999`, or `10,000+` when there are more than `cap`."""
    return f"{cap:,}+" if count > cap else f"{count:,}"


def shown(value: Any) -> Any:
    """Any raw value as text by its type."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(str(shown(part)) for part in value) or NOTHING
    return value
