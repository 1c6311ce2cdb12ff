"""Addresses of the transfers department."""

from django.urls import path

from qingyuan.apps.transfers import views

app_name = "transfers"
urlpatterns = [
    path("", views.transfer_list, name="list"),
    path("export", views.transfer_export, name="export"),
    path("untransferred", views.untransferred, name="untransferred"),
    path("untransferred/export", views.untransferred_export, name="untransferred-export"),
    path("party/<int:pk>/panel", views.party_panel, name="party-panel"),
    path("<int:pk>", views.record, name="record"),
    path("<int:pk>/steps/<str:verb>", views.step, name="step"),
    path("<int:pk>/documents/new", views.document, name="document"),
    path("<int:pk>/files", views.attach, name="attach"),
    path("documents/<int:pk>", views.document_print, name="document-print"),
    path("cases/<int:pk>/panel", views.panel, name="panel"),
    path("cases/<int:pk>/propose", views.propose, name="propose"),
]
