"""ui's pages are rendered by themselves, with the settings in tests/ui/pages.py: no member, no department."""

from typing import Any

import pytest
from django.test import Client

from tests.ui import pages


@pytest.fixture
def client(settings: Any, client: Client) -> Client:
    """A browser that sees ui's own pages."""
    for name in ("ROOT_URLCONF", "TEMPLATES", "MIDDLEWARE", "SESSION_ENGINE", "CONTENT_SECURITY_POLICY"):
        setattr(settings, name, getattr(pages, name))
    return client
