"""Sign-in without sign-up: accounts are made by the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

if TYPE_CHECKING:
    from qingyuan.apps.agencies.models import Member


class ClosedAdapter(DefaultAccountAdapter):
    """allauth's adapter with registration closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def display(member: Member) -> str:
    """Return how allauth's pages call a member."""
    return member.name
