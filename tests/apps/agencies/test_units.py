"""Units as the administrator keeps them: names, tree, membership of the leading group, an end instead of a deletion."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qingyuan.apps.agencies import actions, queries
from qingyuan.apps.agencies.models import Unit
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import SET_UP, District, district

pytestmark = pytest.mark.django_db
NOW = SET_UP + timedelta(days=100)


@pytest.fixture
def here() -> District:
    return district()


def changed(unit: Unit, here: District, **given: Any) -> Unit:
    facts = {
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "region": unit.region,
        "parent": unit.parent,
        "active": unit.active,
        "aliases": unit.aliases,
        "member_since": None,
    }
    by = here.members["administrator"].actor
    return actions.change_unit(unit=unit, **{**facts, **given}, by=by, at=NOW)


def test_the_administrator_adds_a_unit_that_plans_then_know_by_its_other_names(here: District) -> None:
    client = Client()
    client.force_login(
        here.members["administrator"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = client.post(
        reverse("agencies:unit-add"),
        {
            "code": "forestry",
            "name": "青禾区林业和草原局",
            "short_name": "区林草局",
            "kind": "forestry",
            "region": here.region.code,
            "aliases": "区林业局,区林草局、区林业局",
            "member_since": "2026-01-01",
        },
    )
    assert answer.status_code == 302
    unit = Unit.objects.get(code="forestry")
    assert unit.aliases == ["区林业局", "区林草局"]
    assert queries.unit_names()["区林业局"] == "forestry"
    assert unit in queries.group_members(date(2026, 6, 1))
    assert unit not in queries.group_members(date(2025, 6, 1))


def test_only_the_administrator_does(here: District) -> None:
    client = Client()
    client.force_login(
        here.members["coordinator"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.post(reverse("agencies:unit-add"), {}).status_code == 403


def test_leaving_the_leading_group_keeps_the_past(here: District) -> None:
    market = changed(here.units["market"], here, member_since=date(2020, 1, 1))
    changed(market, here, member_since=None)
    assert market in queries.group_members(date(2020, 2, 1))
    assert market not in queries.group_members(NOW.date() + timedelta(days=1))


def test_a_unit_does_not_stand_above_itself(here: District) -> None:
    below = changed(here.units["agriculture"], here, parent=here.units["market"])
    with pytest.raises(RefusedError, match="不能作它的上级"):
        changed(here.units["market"], here, parent=below)


def test_a_unit_with_people_is_not_ended(here: District) -> None:
    with pytest.raises(RefusedError, match="在用的账号"):
        changed(here.units["market"], here, active=False)
