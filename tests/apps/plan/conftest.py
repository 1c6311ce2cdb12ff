"""The synthetic district, and files that go to a folder of the test's own."""

from pathlib import Path

import pytest

from tests.factories.agencies import District, district


@pytest.fixture(autouse=True)
def _own_files(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def qinghe(db: None) -> District:
    """青禾区."""
    return district()
