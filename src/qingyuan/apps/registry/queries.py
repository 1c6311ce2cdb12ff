"""Find parties."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from qingyuan.apps.ledger.apps import departments
from qingyuan.apps.registry.models import Party
from qingyuan.basics.bigrams import bigrams, folded

Key = tuple[str, str, str]
"""(credit code, folded name, folded address): what an exact match looks at."""


def key_of(name: str, address: str = "", credit_code: str = "") -> Key:
    """Return the key of a party as given; blanks inside do not count."""
    return (
        credit_code.strip().upper(),
        "".join(folded(name).split())[:120],
        "".join(folded(address).split())[:200],
    )


def search(parties: QuerySet[Party], text: str) -> QuerySet[Party]:
    """Narrow parties to those whose name, credit code, address or telephone holds the text (two characters or more)."""
    windows = bigrams(text)
    return parties.filter(bigrams__contains=windows) if windows else parties.filter(folded_name=folded(text))


def exact(keys: Collection[Key]) -> dict[Key, Party]:
    """Return the registered party for each key that has one: by credit code first, then by name and address."""
    codes = {code for code, _name, _address in keys if code}
    names = {name for _code, name, _address in keys}
    found = Party.objects.filter(Q(credit_code__in=codes) | Q(folded_name__in=names)).order_by("pk")
    by_code: dict[str, Party] = {}
    by_name: dict[tuple[str, str], Party] = {}
    for party in found:
        if party.credit_code:
            by_code[party.credit_code] = party
        by_name.setdefault((party.folded_name, party.folded_address), party)
    return {key: party for key in keys if (party := _match(key, by_code, by_name)) is not None}


def _match(key: Key, by_code: dict[str, Party], by_name: dict[tuple[str, str], Party]) -> Party | None:
    code, name, address = key
    if code and code in by_code:
        return by_code[code]
    party = by_name.get((name, address))
    # The same name and address under another credit code is another party: a successor business, say.
    return None if party and code and party.credit_code not in ("", code) else party


def similar(party: Party, *, limit: int = 10) -> QuerySet[Party]:
    """Return other parties with the same name or the same telephone, for a person to compare."""
    same = Q(folded_name=party.folded_name)
    if party.phone:
        same |= Q(phone=party.phone)
    return Party.objects.filter(same).exclude(pk=party.pk).order_by("pk")[:limit]


def panels() -> Iterable[tuple[object, str]]:
    """Yield (label, URL name) of what each department can tell about a party."""
    for department in departments():
        yield from getattr(department, "party_panels", ())


KINDS = tuple(Party.Kind.choices)
