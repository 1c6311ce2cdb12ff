"""Addresses of the clues department."""

from django.urls import path

from qingyuan.apps.clues import views

app_name = "clues"
urlpatterns = [
    path("", views.clue_list, name="list"),
    path("export", views.export, name="export"),
    path("new", views.new, name="new"),
    path("of-reports", views.of_reports, name="of-reports"),
    path("party/<int:pk>/panel", views.party_panel, name="party-panel"),
    path("pairs/", views.pairs, name="pairs"),
    path("pairs/<int:pk>", views.pair, name="pair"),
    path("bulk/merge", views.bulk_merge, name="bulk-merge"),
    path("bulk/assign", views.bulk_assign, name="bulk-assign"),
    path("documents/<int:pk>/approve", views.document_approve, name="document-approve"),
    path("documents/<int:pk>/print", views.document_print, name="document-print"),
    path("matters/<int:pk>/unlink", views.matter_unlink, name="matter-unlink"),
    path("<int:pk>", views.record, name="record"),
    path("<int:pk>/reports", views.add_reports, name="add-reports"),
    path("<int:pk>/correct", views.correct, name="correct"),
    path("<int:pk>/step/<slug:verb>", views.step, name="step"),
    path("<int:pk>/document", views.document, name="document"),
    path("<int:pk>/separate", views.separate, name="separate"),
    path("<int:pk>/receipt", views.receipt, name="receipt"),
    path("<int:pk>/attach", views.attach, name="attach"),
]
