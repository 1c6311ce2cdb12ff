"""A court that was shown a case enters its results; it does not work on the case for the unit that holds it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from qingyuan.apps.agencies.models import Member, Role
from qingyuan.apps.cases import actions, queries
from qingyuan.apps.cases.models import Case
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import district
from tests.factories.cases import FILED, investigated_case, money_facts
from tests.factories.clues import paper

pytestmark = pytest.mark.django_db
LATER = FILED + timedelta(days=3)


@pytest.fixture
def shown() -> tuple[Case, Member]:
    """A case shown to the court, and its clerk, who is an officer and a leader there too."""
    here = district()
    clerk = here.court_clerk
    clerk.roles = [Role.COURT_CLERK, Role.LEADER, Role.OFFICER]
    clerk.save(update_fields=["roles"])
    case = actions.share_case(case=investigated_case(here), scopes=[here.court.scope_id])
    return case, clerk


def test_roles_held_in_the_court_take_no_step_of_the_unit(shown: tuple[Case, Member]) -> None:
    case, clerk = shown
    assert queries.choices(case, clerk, LATER) == ()
    with pytest.raises(RefusedError):
        actions.extend_case(
            case=case, reason="案情复杂", papers=[paper("extension_approval")], by=clerk, at=LATER
        )


def test_it_enters_no_amount(shown: tuple[Case, Member]) -> None:
    case, clerk = shown
    with pytest.raises(PermissionDenied):
        actions.enter_money(case=case, facts=money_facts(), by=clerk, at=LATER)
