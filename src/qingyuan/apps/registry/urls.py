"""Addresses of the registry department."""

from django.urls import path

from qingyuan.apps.registry import views

app_name = "registry"
urlpatterns = [
    path("", views.parties, name="parties"),
    path("export", views.export, name="export"),
    path("<int:pk>", views.party, name="party"),
]
