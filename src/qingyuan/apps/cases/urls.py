"""Addresses of the cases department."""

app_name = "cases"
urlpatterns: list[object] = []
