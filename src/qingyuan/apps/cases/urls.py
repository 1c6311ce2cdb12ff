"""Addresses of the cases department."""

from django.urls import path

from qingyuan.apps.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("export", views.export, name="export"),
    path("bulk/assign", views.bulk_assign, name="bulk-assign"),
    path("party/<int:pk>/panel", views.party_panel, name="party-panel"),
    path("file/<int:pk>", views.file, name="file"),
    path("evidence/<int:pk>", views.evidence, name="evidence"),
    path("evidence/<int:pk>/end", views.preservation_end, name="preservation-end"),
    path("goods/<int:pk>/dispose", views.goods_dispose, name="goods-dispose"),
    path("money/<int:pk>/strike", views.money_strike, name="money-strike"),
    path("documents/<int:pk>/approve", views.document_approve, name="document-approve"),
    path("documents/<int:pk>/print", views.document_print, name="document-print"),
    path("documents/<int:pk>/docx", views.document_docx, name="document-docx"),
    path("<int:pk>", views.record, name="record"),
    path("<int:pk>/index", views.index, name="index"),
    path("<int:pk>/correct", views.correct, name="correct"),
    path("<int:pk>/step/<slug:verb>", views.step, name="step"),
    path("<int:pk>/add/<slug:part>", views.add, name="add"),
    path("<int:pk>/officers", views.officers, name="officers"),
    path("<int:pk>/document", views.document, name="document"),
    path("<int:pk>/money/confirm", views.money_confirm, name="money-confirm"),
    path("<int:pk>/transfer-test", views.transfer_test, name="transfer-test"),
    path("<int:pk>/statement/waive", views.statement_waive, name="statement-waive"),
    path("<int:pk>/attach", views.attach, name="attach"),
]
