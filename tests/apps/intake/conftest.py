"""The district that every test here works in."""

import pytest

from tests.factories.agencies import District
from tests.factories.agencies import district as set_up


@pytest.fixture
def district(db: None) -> District:
    """青禾区 with its units and members."""
    return set_up()
