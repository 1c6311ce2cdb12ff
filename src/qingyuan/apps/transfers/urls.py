"""Addresses of the transfers department."""

from typing import Any

app_name = "transfers"
urlpatterns: list[Any] = []
