"""What the transfer test is told. None means not known yet; an empty tuple means known to be none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from qingyuan.domain.money_ledger import MoneyLedger


@dataclass(frozen=True, slots=True)
class Mark:
    """商标: a mark that was infringed. `source` names whose it is (注册人); None while not established."""

    name: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierPunishment:
    """前次处罚: a punishment the party had before.

    `kind` is `criminal` or `administrative`; `offence` the id of the offence whose conduct it punished
    (`criminal.213`); `effective_on` the day it took effect, None while not established.
    """

    kind: str
    offence: str
    effective_on: date | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """行为: one act and its day."""

    on: date
    label: str = ""


@dataclass(frozen=True)
class TransferFacts:
    """移送审查的事实: all that is known of a case.

    `conduct` limits the test to offences that punish such conduct (`counterfeit_mark`, `sell_counterfeit`,
    `fake_or_inferior`); None tests them all. `elements` answers what an offence needs besides amounts, by element
    id. `counts` holds metrics that are not money (label_pieces, copies, clicks …). `administrative_only` gives
    reasons, in words, why nobody can be criminally liable. `reasonable_suspicion` is an officer's judgement that
    the evidence gives reasonable suspicion of a crime although no line is reached.
    """

    ledger: MoneyLedger
    acts: tuple[Act, ...] = ()
    marks: tuple[Mark, ...] | None = None
    earlier: tuple[EarlierPunishment, ...] | None = None
    elements: Mapping[str, bool | None] = field(default_factory=dict)
    conduct: frozenset[str] | None = None
    counts: Mapping[str, Decimal] = field(default_factory=dict)
    administrative_only: tuple[str, ...] = ()
    reasonable_suspicion: bool | None = None

    def act_days(self) -> tuple[date, ...]:
        """The days of all acts not yet punished, from the acts and from the ledger, in order."""
        entries = self.ledger.entries
        days = {entry.act_on for entry in entries if entry.act_on is not None and not entry.dealt_with}
        return tuple(sorted(days | {act.on for act in self.acts}))
