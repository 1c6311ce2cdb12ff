"""Delegation and hand-over: what a colleague may see and do, and when it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from qingyuan.apps.agencies import actions, queries
from qingyuan.apps.agencies.access import with_delegations
from qingyuan.apps.agencies.models import HandOver, Member, Role
from qingyuan.apps.ledger.models import Event
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import SET_UP, District, district

pytestmark = pytest.mark.django_db
NOW = SET_UP + timedelta(days=100)


@pytest.fixture
def here() -> District:
    return district()


def afresh(member: Member) -> Member:
    return Member.objects.select_related("unit").get(pk=member.pk)


def test_a_delegate_has_the_principals_roles_only_while_it_lasts(here: District) -> None:
    actions.grant_delegation(
        principal=here.members["leader"],
        delegate=here.members["officer"],
        since=NOW,
        until=NOW + timedelta(days=3),
        reason="出差",
        at=NOW,
    )
    officer = here.members["officer"]
    assert not with_delegations(afresh(officer), at=NOW - timedelta(seconds=1)).has_role(Role.LEADER)
    assert with_delegations(afresh(officer), at=NOW).has_role(Role.LEADER)
    assert not with_delegations(afresh(officer), at=NOW + timedelta(days=3)).has_role(Role.LEADER)
    assert not afresh(officer).has_role(Role.LEADER), "a delegation is never written into the member"


def test_a_revoked_delegation_ends_at_once(here: District) -> None:
    given = actions.grant_delegation(
        principal=here.members["leader"],
        delegate=here.members["officer"],
        since=NOW,
        until=NOW + timedelta(days=3),
        reason="出差",
        at=NOW,
    )
    with pytest.raises(RefusedError, match="委托人本人"):
        actions.revoke_delegation(delegation=given, by=here.members["colleague"], at=NOW)
    actions.revoke_delegation(delegation=given, by=here.members["leader"], at=NOW)
    assert not with_delegations(afresh(here.members["officer"]), at=NOW).has_role(Role.LEADER)


def test_the_administrators_role_cannot_be_delegated(here: District) -> None:
    actions.grant_delegation(
        principal=here.members["administrator"],
        delegate=here.members["coordinator"],
        since=NOW,
        until=NOW + timedelta(days=3),
        reason="休假",
        at=NOW,
    )
    assert not with_delegations(afresh(here.members["coordinator"]), at=NOW).has_role(Role.ADMINISTRATOR)


def test_nobody_delegates_to_another_unit(here: District) -> None:
    with pytest.raises(RefusedError, match="本单位同事"):
        actions.grant_delegation(
            principal=here.members["officer"],
            delegate=here.members["agriculture_officer"],
            since=NOW,
            until=NOW + timedelta(days=1),
            reason="出差",
            at=NOW,
        )


def propose(here: District) -> HandOver:
    return actions.propose_hand_over(
        giver=here.members["officer"],
        receiver=here.members["colleague"],
        reason="调离",
        by=here.members["leader"],
        at=NOW,
    )


def test_a_hand_over_takes_effect_with_the_second_signature(here: District) -> None:
    each = actions.sign_hand_over(hand_over=propose(here), by=here.members["officer"], at=NOW)
    assert each.completed_at is None
    with pytest.raises(RefusedError, match="已经签过"):
        actions.sign_hand_over(hand_over=each, by=here.members["officer"], at=NOW)
    each = actions.sign_hand_over(hand_over=each, by=here.members["colleague"], at=NOW)
    assert each.completed_at == NOW
    verbs = Event.objects.filter(subject_kind="hand-over").order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == [
        "hand-over.proposed",
        "hand-over.signed",
        "hand-over.signed",
        "hand-over.completed",
    ]


def test_a_third_person_cannot_sign(here: District) -> None:
    with pytest.raises(RefusedError, match="不需要你签字"):
        actions.sign_hand_over(hand_over=propose(here), by=here.members["leader"], at=NOW)


def test_only_one_hand_over_of_a_giver_is_open(here: District) -> None:
    propose(here)
    with pytest.raises(RefusedError, match="未完成的移交"):
        propose(here)


def test_the_database_refuses_a_completion_without_both_signatures(here: District) -> None:
    each = propose(here)
    with pytest.raises(IntegrityError, match="hand_over_needs_both_signatures"), transaction.atomic():
        HandOver.objects.filter(pk=each.pk).update(completed_at=NOW)


def test_an_administrator_cannot_change_their_own_roles(here: District) -> None:
    me = here.members["administrator"]
    with pytest.raises(RefusedError, match="自己的角色"):
        actions.change_member(
            member=me,
            name=me.name,
            unit=me.unit,
            roles=[Role.COORDINATOR],
            reach=Member.Reach.BELOW,
            clearance=2,
            by=me.actor,
            at=NOW,
        )


def test_the_administrator_sees_no_record(here: District) -> None:
    assert here.members["administrator"].scopes == []


def test_a_token_speaks_for_its_member_until_revoked(here: District) -> None:
    member = here.members["officer"]
    token, secret = actions.issue_token(member=member, name="热线", by=member.actor, at=NOW)
    assert queries.member_of_token(secret) == member
    assert secret not in str(list(Event.objects.values_list("facts", flat=True)))
    actions.revoke_token(token=token, by=member.actor, at=NOW)
    assert queries.member_of_token(secret) is None
