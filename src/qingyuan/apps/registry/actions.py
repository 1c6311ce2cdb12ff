"""Register parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from qingyuan.apps.agencies.models import Region
from qingyuan.apps.ledger.actions import Actor, Draft, Subject, record_many
from qingyuan.apps.registry import queries
from qingyuan.apps.registry.models import Party
from qingyuan.basics.bigrams import bigrams
from qingyuan.basics.credit_code import credit_code_fault
from qingyuan.domain.decision import Reason, RefusedError


@dataclass(frozen=True)
class PartyFacts:
    """What is given of a party."""

    name: str
    address: str = ""
    credit_code: str = ""
    phone: str = ""
    kind: str = Party.Kind.LEGAL_PERSON
    region: Region | None = None

    @property
    def key(self) -> queries.Key:
        """What an exact match looks at."""
        return queries.key_of(self.name, self.address, self.credit_code)


@transaction.atomic
def find_or_register(*, facts: PartyFacts, by: Actor, at: datetime) -> Party:
    """登记主体: return the party with this credit code, or this name and address; register it when there is none.

    Raises RefusedError for a credit code that cannot be one, and for a blank name.
    """
    if not facts.name.strip():
        raise RefusedError([Reason(_("主体名称不能为空,请填写营业执照或者门头上的名称。"))])
    if facts.credit_code and (fault := credit_code_fault(facts.credit_code)):
        raise RefusedError([Reason(fault)])
    parties, drafts = find_or_prepare([facts], by=by, at=at)
    record_many(drafts)
    return parties[facts.key]


def find_or_prepare(
    wanted: Sequence[PartyFacts], *, by: Actor, at: datetime
) -> tuple[dict[queries.Key, Party], list[Draft]]:
    """Return the parties by key, the missing ones written, and the events that the caller must record with its own.

    One query when all are known, three when some are new, whatever their number. Runs in the caller's transaction.
    """
    facts_of = {facts.key: facts for facts in wanted}
    found = queries.exact(facts_of.keys()) if facts_of else {}
    missing = {key: facts for key, facts in facts_of.items() if key not in found}
    if not missing:
        return found, []
    # Another writer may register the same party at this moment: its row wins and is read back.
    Party.objects.bulk_create([_party(facts, at) for facts in missing.values()], ignore_conflicts=True)
    registered = queries.exact(missing.keys())
    drafts = [
        Draft(
            "party.registered",
            Subject.of("party", party.pk),
            by,
            at,
            {"name": party.name, "credit_code": party.credit_code, "address": party.address},
        )
        for party in {party.pk: party for party in registered.values()}.values()
        if party.registered_at == at
    ]
    return {**found, **registered}, drafts


def _party(facts: PartyFacts, at: datetime) -> Party:
    code, name, address = facts.key
    return Party(
        kind=facts.kind,
        name=facts.name.strip()[:120],
        folded_name=name[:120],
        credit_code=code,
        phone=facts.phone.strip()[:40],
        address=facts.address.strip()[:200],
        folded_address=address[:200],
        region=facts.region,
        sort_key="".join(lazy_pinyin(facts.name.strip()))[:200].casefold(),
        bigrams=bigrams(facts.name, facts.address, code, facts.phone),
        registered_at=at,
    )
