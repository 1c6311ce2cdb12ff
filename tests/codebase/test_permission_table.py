"""Every URL is in the permission table, and the table is what happens: owner, cooperating unit, stranger, public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from qingyuan.apps.agencies.access import Rule, doors
from qingyuan.apps.agencies.models import Member, Role
from qingyuan.site.permission_table import permission_table
from tests.factories import records
from tests.factories.agencies import District, district

TABLE = permission_table()


def patterns(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from patterns(entry, inner)
        else:
            yield ":".join((*namespaces, entry.name or f"<unnamed {entry.pattern}>")), entry


URLS = dict(patterns(get_resolver()))


def test_every_url_is_in_the_table() -> None:
    missing = sorted(set(URLS) - set(TABLE))
    assert not missing, f"add to URLS in the department's access.py (who may open it?): {missing}"


def test_the_table_names_only_urls_that_exist() -> None:
    stale = sorted(set(TABLE) - set(URLS))
    assert not stale, f"these entries of the permission table lead nowhere: {stale}"


def test_every_kind_of_record_has_a_door_and_a_maker() -> None:
    kinds = {rule.record for rule in TABLE.values() if rule.record}
    assert kinds - set(records.MAKERS) == set(), "write a maker in tests/factories/records.py"
    assert kinds - set(doors()) - {"attachment"} == set(), (
        "add the kind to DOORS in the department's access.py"
    )


@dataclass
class People:
    """Who asks: the owner's unit, a unit of the region that takes no part, a district next door."""

    district: District
    stranger: Member
    elsewhere: Member


@pytest.fixture
def people(db: None) -> People:
    here = district()
    next_door = district(code="620498")
    return People(here, here.members["agriculture_officer"], next_door.members["officer"])


def signed_in(member: Member, *roles: str) -> Client:
    """Return a client of this member; for the test of doors, with every role the URL asks for."""
    if roles:
        member.roles = sorted({*member.roles, *roles})
        member.save(update_fields=["roles"])
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(name: str, record: Any = None) -> str:
    converters = URLS[name].pattern.converters
    return reverse(name, kwargs=records.arguments(name, record, converters))


def ask(client: Client, name: str, rule: Rule, record: Any = None) -> int:
    url = address(name, record)
    response = client.post(url) if rule.writes else client.get(url)
    if response.streaming:
        assert b"".join(response.streaming_content)  # read to its end, a download closes its own file
    return response.status_code


RECORD_URLS = sorted(name for name, rule in TABLE.items() if rule.record)
PLAIN_URLS = sorted(name for name, rule in TABLE.items() if not rule.record and name in URLS)


@pytest.mark.parametrize("name", RECORD_URLS)
def test_a_record_is_opened_by_its_own_unit_and_is_not_there_for_strangers(name: str, people: People) -> None:
    rule = TABLE[name]
    record = records.MAKERS[rule.record](people.district)
    needed = tuple(rule.roles or ())
    owner = signed_in(people.district.members[records.OWNERS.get(rule.record, "officer")], *needed)
    assert ask(owner, name, rule, record) not in {403, 404}, "the owner's unit must get through"
    if rule.record in records.SEEN_BY_ALL or Role.ADMINISTRATOR in needed:
        return
    here = () if rule.record in records.SEEN_IN_REGION else (people.stranger,)
    for stranger in (*here, people.elsewhere):
        status = ask(signed_in(stranger, *needed), name, rule, record)
        assert status == 404, f"{stranger} sees {rule.record} through {name}: {status}"


@pytest.mark.parametrize("name", sorted({*RECORD_URLS, *PLAIN_URLS}))
def test_the_public_is_sent_to_sign_in(name: str, people: People) -> None:
    rule = TABLE[name]
    record = records.MAKERS[rule.record](people.district) if rule.record else None
    if "pk" in URLS[name].pattern.converters and record is None:
        pytest.fail(f"{name} takes arguments and names no record kind: say `record=` in the permission table")
    status = ask(Client(), name, rule, record)
    if rule.public:
        assert status not in {401, 403}
    else:
        assert status == (401 if name.startswith("api") else 302)


@pytest.mark.parametrize("name", [name for name in PLAIN_URLS if TABLE[name].roles is not None])
def test_a_role_that_the_table_leaves_out_is_told_why(name: str, people: People) -> None:
    rule = TABLE[name]
    outsider = next(
        member for member in people.district.members.values() if not rule.roles.intersection(member.roles)
    )
    response_status = ask(signed_in(outsider), name, rule)
    assert response_status == 403


def test_a_url_outside_the_table_is_closed_to_all(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(permission_table(), "agencies:units")
    client = signed_in(people.district.members["officer"])
    assert client.get(reverse("agencies:units")).status_code == 403
