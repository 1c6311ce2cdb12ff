"""Parties are found exactly or registered once."""

import pytest

from qingyuan.apps.ledger.models import Event
from qingyuan.apps.registry.models import Party
from qingyuan.basics.credit_code import check_character
from qingyuan.domain.decision import RefusedError
from tests.factories import registry as factory
from tests.factories.agencies import SET_UP, district

FIRST = "91620499MA0000001"
CODE = FIRST + check_character(FIRST)


@pytest.mark.django_db
def test_found_by_credit_code_then_by_name_and_address() -> None:
    officer = district().officer
    first = factory.party(by=officer, at=SET_UP, name="甲商行", address="团结路 8 号", credit_code=CODE)
    assert factory.party(by=officer, at=SET_UP, name="改名后的商行", credit_code=CODE.lower()) == first
    assert factory.party(by=officer, at=SET_UP, name="甲 商行", address="团结路8号") == first
    assert factory.party(by=officer, at=SET_UP, name="甲商行", address="团结路9号") != first
    assert Party.objects.count() == 2
    assert Event.objects.filter(verb="party.registered").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("code", [FIRST + "0", FIRST, FIRST + "I"])
def test_what_cannot_be_a_credit_code_is_refused(code: str) -> None:
    with pytest.raises(RefusedError, match="营业执照"):
        factory.party(by=district().officer, at=SET_UP, credit_code=code)
