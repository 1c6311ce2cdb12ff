"""A list's filter is saved from its own page, offered there to its owner and, when shared, to the unit."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from qingyuan.apps.agencies.models import Member, SavedFilter
from tests.factories.agencies import District, district

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return district()


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def saved(member: Member, **given: str) -> None:
    address = reverse("agencies:filter-save", args=["cases"]) + "?state=filed"
    answer = signed_in(member).post(address, {"name": "刚立案", "back": reverse("cases:list"), **given})
    assert answer.status_code == 302


def offered(member: Member) -> bool:
    return "刚立案" in signed_in(member).get(reverse("cases:list")).content.decode()


def test_my_filter_is_offered_to_me_alone(here: District) -> None:
    saved(here.members["officer"])
    assert SavedFilter.objects.get().query == "state=filed"
    assert offered(here.members["officer"])
    assert not offered(here.members["colleague"])


def test_a_shared_filter_is_offered_to_my_unit_and_to_no_other(here: District) -> None:
    saved(here.members["officer"], shared="on")
    assert offered(here.members["colleague"])
    assert not offered(here.members["agriculture_officer"])


def test_the_same_name_replaces_and_nobody_deletes_anothers(here: District) -> None:
    saved(here.members["officer"])
    saved(here.members["officer"])
    one = SavedFilter.objects.get()
    address = reverse("agencies:filter-delete", args=[one.pk])
    assert signed_in(here.members["colleague"]).post(address).status_code == 404
    assert signed_in(here.members["officer"]).post(address).status_code == 302
    assert not SavedFilter.objects.exists()


def test_saving_goes_back_to_the_list_and_nowhere_else(here: District) -> None:
    client = signed_in(here.members["officer"])
    address = reverse("agencies:filter-save", args=["cases"])
    answer = client.post(address, {"name": "a", "back": "https://elsewhere.example/"})
    assert answer["Location"] == reverse("workbench")


def test_the_way_back_stays_in_the_system(here: District) -> None:
    client = signed_in(here.members["officer"])
    address = reverse("agencies:filter-save", args=["cases"])
    page = client.get(address, headers={"Referer": "https://elsewhere.example/x"})
    assert "elsewhere.example" not in page.content.decode()
    for back in ("https://elsewhere.example/x", "//elsewhere.example", "javascript:alert(1)"):
        assert client.post(address, {"name": "甲", "back": back}).headers["Location"] == "/"
