"""Write the money ledger: enter, strike with a reason, confirm. Nothing is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies.models import Member
from qingyuan.apps.cases import queries
from qingyuan.apps.cases.actions.stepping import lock_open, note, refuse
from qingyuan.apps.cases.models import Case, Goods, MoneyEntry
from qingyuan.apps.files.models import Attachment
from qingyuan.basics.clock import civil_date
from qingyuan.basics.money import format_yuan, yuan


@dataclass(frozen=True)
class MoneyFacts:
    """One amount: what it measures, in yuan (None while not established), and on what it rests."""

    measure: str
    valuation: str
    act_on: date
    amount: Decimal | None = None
    quantity: Decimal | None = None
    quantity_unit: str = ""
    unit_price: Decimal | None = None
    form: str = "goods"
    goods: Goods | None = None
    attachment: Attachment | None = None
    note: str = ""


@transaction.atomic
def enter_money(
    *, case: Case, facts: MoneyFacts, by: Member, at: datetime, seen: int | None = None
) -> MoneyEntry:
    """登记金额: add an amount. Where quantity and unit price are given, the amount must be their product.

    The ledger has to be confirmed and the transfer test made again afterwards.
    """
    case = lock_open(case, by, seen)
    facts = _sound(case, facts, at)
    entry = MoneyEntry.objects.create(case=case, entered_by=by.name, entered_at=at, **_columns(facts))
    _unsettle(case)
    note("case.money-entered", case, by=by, at=at, facts={"entry": entry.pk, **_words(entry)})
    return entry


@transaction.atomic
def strike_money(
    *,
    entry: MoneyEntry,
    reason: str,
    by: Member,
    at: datetime,
    replacement: MoneyFacts | None = None,
    seen: int | None = None,
) -> MoneyEntry:
    """更正金额: strike an entry with a reason, by a new entry that states the right amount or by a bare strike."""
    case = lock_open(entry.case, by, seen)
    if not reason.strip():
        raise refuse(_("更正金额必须写明理由。原条目保留,新条目冲销它。"))
    if MoneyEntry.objects.filter(strikes=entry).exists():
        raise refuse(_("这一条已经更正过。请更正后来的那一条。"))
    if entry.strikes_id and entry.amount is None:
        raise refuse(_("这一条本身就是冲销,不能再更正。请登记新的金额。"))
    given = _sound(case, replacement, at) if replacement else _bare(entry)
    new = MoneyEntry.objects.create(
        case=case, strikes=entry, reason=reason.strip(), entered_by=by.name, entered_at=at, **_columns(given)
    )
    _unsettle(case)
    facts = {
        "entry": new.pk,
        "struck": entry.pk,
        "was": _words(entry),
        "reason": reason.strip(),
        **_words(new),
    }
    note("case.money-struck", case, by=by, at=at, facts=facts)
    return new


@transaction.atomic
def confirm_money(*, case: Case, by: Member, at: datetime, seen: int | None = None) -> Case:
    """核定金额台账: say that the ledger is complete as it stands; the event keeps the sums."""
    case = lock_open(case, by, seen)
    rows = list(queries.entries(case))
    if not queries.standing(rows):
        raise refuse(_("金额台账还没有条目。没有金额的案件,请登记一条金额为 0 的条目并说明依据。"))
    case.money_confirmed_at = at
    case.save(update_fields=["money_confirmed_at"])
    sums = {label: str(total) for label, total, _count in queries.sums(rows)}
    note("case.money-confirmed", case, by=by, at=at, facts={"sums": sums})
    return case


def _sound(case: Case, facts: MoneyFacts, at: datetime) -> MoneyFacts:
    if facts.act_on > civil_date(at):
        raise refuse(_("行为日期晚于今天,请核对。适用哪一时期的法律要看行为日期。"))
    if facts.goods is not None and facts.goods.case_id != case.pk:
        raise refuse(_("所选物品不属于本案,请重新选择。"))
    if facts.amount is not None and facts.amount < 0:
        raise refuse(_("金额不能小于零。退款、成本请另登记一条“成本”。"))
    if facts.quantity is None or facts.unit_price is None:
        return facts
    product = yuan(facts.quantity * facts.unit_price)
    if facts.amount is None:
        return MoneyFacts(**{**_columns(facts), "amount": product})
    if yuan(facts.amount) != product:
        text = _("金额{amount}与数量乘以单价{product}不一致。请改正其中一项,或者只填金额并在备注说明算法。")
        raise refuse(text.format(amount=format_yuan(facts.amount), product=format_yuan(product)))
    return facts


def _bare(entry: MoneyEntry) -> MoneyFacts:
    return MoneyFacts(
        measure=entry.measure,
        valuation=entry.valuation,
        act_on=entry.act_on,
        form=entry.form,
        goods=entry.goods,
    )


def _columns(facts: MoneyFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in MoneyFacts.__dataclass_fields__}


def _words(entry: MoneyEntry) -> dict[str, Any]:
    return {
        "measure": str(entry.get_measure_display()),
        "amount": "" if entry.amount is None else str(entry.amount),
        "valuation": str(entry.get_valuation_display()),
        "act_on": entry.act_on.isoformat(),
    }


def _unsettle(case: Case) -> None:
    """The ledger moved: its confirmation and the transfer test no longer speak of what is there."""
    case.amount = queries.at_stake(queries.entries(case))
    case.money_confirmed_at = case.transfer_test_at = None
    case.save(update_fields=["amount", "money_confirmed_at", "transfer_test_at"])
