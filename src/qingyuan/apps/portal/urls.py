"""Addresses of the portal."""

from django.urls import path

from qingyuan.apps.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("report", views.report, name="report"),
    path("follow", views.follow, name="follow"),
    path("unsolved", views.unsolved, name="unsolved"),
]
