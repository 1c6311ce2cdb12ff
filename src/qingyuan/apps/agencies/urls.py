"""Addresses of the agencies department."""

from django.urls import path

from qingyuan.apps.agencies import views

app_name = "agencies"
urlpatterns = [
    path("units", views.units, name="units"),
    path("units/<int:pk>", views.unit, name="unit"),
    path("units/new", views.unit_add, name="unit-add"),
    path("units/<int:pk>/change", views.unit_change, name="unit-change"),
    path("members", views.members, name="members"),
    path("members/new", views.member_add, name="member-add"),
    path("members/<int:pk>", views.member, name="member"),
    path("members/<int:pk>/change", views.member_change, name="member-change"),
    path("members/<int:pk>/deactivate", views.member_deactivate, name="member-deactivate"),
    path("me", views.profile, name="profile"),
    path("delegations", views.delegations, name="delegations"),
    path("delegations/new", views.delegation_grant, name="delegation-grant"),
    path("delegations/<int:pk>/revoke", views.delegation_revoke, name="delegation-revoke"),
    path("hand-overs", views.hand_overs, name="hand-overs"),
    path("hand-overs/new", views.hand_over_propose, name="hand-over-propose"),
    path("hand-overs/<int:pk>", views.hand_over, name="hand-over"),
    path("hand-overs/<int:pk>/sign", views.hand_over_sign, name="hand-over-sign"),
    path("tokens", views.tokens, name="tokens"),
    path("tokens/new", views.token_issue, name="token-issue"),
    path("tokens/<int:pk>/revoke", views.token_revoke, name="token-revoke"),
    path("filters/<str:listing>/save", views.filter_save, name="filter-save"),
    path("filters/<int:pk>/delete", views.filter_delete, name="filter-delete"),
]
