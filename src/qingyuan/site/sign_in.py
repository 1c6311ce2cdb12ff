"""Sign-in without sign-up: accounts are made by the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

if TYPE_CHECKING:
    from qingyuan.apps.agencies.models import Member


class ClosedAdapter(DefaultAccountAdapter):
    """allauth's adapter with registration closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing: axes counts failed passwords by user and address, so that a stranger locks nobody out."""

    def set_password(self, user: Member, password: str) -> None:
        """Write the password and nothing else of the member: roles on loan must not be written with it."""
        user.set_password(password)
        user.save(update_fields=["password"])


def client_address(request: HttpRequest) -> str:
    """Return whose sign-ins axes counts: the client's address behind the proxies we trust, as allauth sees it."""
    if "REMOTE_ADDR" not in request.META and not request.headers.get("X-Forwarded-For"):
        return ""  # not from the network: Django's own test client signing somebody in
    return ClosedAdapter(request).get_client_ip(request)


def display(member: Member) -> str:
    """Return how allauth's pages call a member."""
    return member.name
