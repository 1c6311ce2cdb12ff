"""Addresses of the registry department."""

app_name = "registry"
urlpatterns: list[object] = []
