"""What guards an account: the second factor cannot be guessed, sign-in locks, delegated rights stay on loan."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client

from qingyuan.apps.agencies.access import with_delegations
from qingyuan.apps.agencies.actions import deactivate_member, grant_delegation, issue_token
from qingyuan.apps.agencies.models import Member, Role
from tests.factories.agencies import PASSWORD, SET_UP, District, district

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def people(db: None) -> District:
    cache.clear()
    return district(password=PASSWORD)


def delegate(people: District) -> None:
    """Let the officer act for the leader, for longer than this test will be run."""
    grant_delegation(
        principal=people.leader,
        delegate=people.officer,
        since=SET_UP,
        until=SET_UP + timedelta(days=36_500),
        reason="出差",
        at=SET_UP,
    )


def sign_in(client: Client, username: str, password: str) -> Any:
    return client.post("/sign-in/", {"login": username, "password": password})


def test_a_second_factor_cannot_be_tried_without_end(people: District) -> None:
    TOTP.activate(people.officer, generate_totp_secret())
    RecoveryCodes.activate(people.officer)
    client = Client()
    assert sign_in(client, "officer", PASSWORD).status_code == 302
    errors = []
    for code in range(7):
        answer = client.post("/second-factor/authenticate/", {"code": f"{code:06}"})
        errors.append(answer.context["form"].errors.as_data()["code"][0].code)
    assert errors == ["incorrect_code"] * 5 + ["too_many_login_attempts"] * 2


def test_five_wrong_passwords_lock_the_sign_in_form(people: District) -> None:
    client = Client()
    statuses = [sign_in(client, "officer", "wrong-password").status_code for _ in range(6)]
    assert statuses[-1] in (403, 429), statuses
    assert sign_in(client, "officer", PASSWORD).status_code != 302


def test_a_password_change_keeps_no_delegated_role(people: District) -> None:
    delegate(people)
    client = Client()
    client.force_login(people.officer, backend=BACKEND)
    new = {"password1": "new-qinghe-2026", "password2": "new-qinghe-2026"}
    assert client.post("/password/", {"oldpassword": PASSWORD, **new}).status_code == 302
    stored = Member.objects.get(pk=people.officer.pk)
    assert stored.check_password("new-qinghe-2026")
    assert stored.roles == [Role.OFFICER]


LETTER = {"port": "phone", "kinds": ["report"], "text": "有人卖假酒"}


def test_a_page_elsewhere_cannot_write_through_a_session(people: District) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.officer, backend=BACKEND)
    answer = client.post("/api/v1/intake/letters", json.dumps(LETTER), content_type="text/plain")
    assert answer.status_code == 403, answer.content.decode()
    assert client.get("/api/v1/intake/matters").status_code == 200


def test_a_bad_token_is_not_made_good_by_a_session(people: District) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Authorization": "Bearer nonsense"})
    client.force_login(people.officer, backend=BACKEND)
    answer = client.post("/api/v1/intake/letters", json.dumps(LETTER), content_type="application/json")
    assert answer.status_code == 401


def test_a_token_needs_no_page(people: District) -> None:
    _token, secret = issue_token(member=people.officer, name="热线", by=people.officer.actor, at=SET_UP)
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})
    answer = client.post("/api/v1/intake/letters", json.dumps(LETTER), content_type="application/json")
    assert answer.status_code == 201, answer.content.decode()


def test_what_a_deactivated_member_delegated_ends_with_the_account(people: District) -> None:
    delegate(people)
    deactivate_member(member=people.leader, reason="调离", by=people.administrator.actor, at=SET_UP)
    member = Member.objects.get(pk=people.officer.pk)
    assert with_delegations(member, at=SET_UP).roles == [Role.OFFICER]
