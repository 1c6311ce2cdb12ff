"""Addresses of the plan department."""

app_name = "plan"
urlpatterns: list[object] = []
