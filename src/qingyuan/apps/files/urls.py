"""Addresses of the files department."""

from django.urls import path

from qingyuan.apps.files import views

app_name = "files"
urlpatterns = [
    path("<int:pk>", views.download, name="download"),
    path("<int:pk>/withdraw", views.withdraw, name="withdraw"),
]
