"""Addresses of the intake department."""

app_name = "intake"
urlpatterns: list[object] = []
