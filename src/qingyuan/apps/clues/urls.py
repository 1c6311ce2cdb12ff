"""Addresses of the clues department."""

app_name = "clues"
urlpatterns: list[object] = []
