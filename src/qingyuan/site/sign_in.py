"""Sign-in without sign-up: accounts are made by the administrator."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from qingyuan.apps.agencies.models import Member


class ClosedAdapter(DefaultAccountAdapter):
    """allauth's adapter with registration closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def display(member: Member) -> str:
    """Return how allauth's pages call a member."""
    return member.name
