"""Addresses of the agencies department."""

app_name = "agencies"
urlpatterns: list[object] = []
