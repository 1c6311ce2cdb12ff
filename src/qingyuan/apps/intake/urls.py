"""Addresses of the intake department."""

from django.urls import path

from qingyuan.apps.intake.views import imports, matters, receiving, register, related, rules

app_name = "intake"
urlpatterns = [
    path("", register.matters, name="matters"),
    path("export", register.export, name="export"),
    path("bulk", register.bulk, name="bulk"),
    path("receive", receiving.receive, name="receive"),
    path("party/<int:pk>/panel", register.party_panel, name="party-panel"),
    path("<int:pk>", matters.matter, name="matter"),
    path("<int:pk>/step/<str:verb>", matters.step, name="step"),
    path("<int:pk>/assign", matters.assign, name="assign"),
    path("<int:pk>/return", matters.return_to_office, name="return"),
    path("<int:pk>/split", related.split, name="split"),
    path("<int:pk>/join", related.join, name="join"),
    path("<int:pk>/separate", related.separate, name="separate"),
    path("<int:pk>/notify", related.notify_joined, name="notify-joined"),
    path("<int:pk>/reopen", related.reopen, name="reopen"),
    path("<int:pk>/identity", matters.identity, name="identity"),
    path("<int:pk>/attach", matters.attach, name="attach"),
    path("imports", imports.imports, name="imports"),
    path("imports/<int:pk>", imports.one, name="import"),
    path("imports/<int:pk>/map", imports.confirm_mapping, name="import-map"),
    path("imports/<int:pk>/confirm", imports.confirm, name="import-confirm"),
    path("imports/<int:pk>/stop", imports.stop, name="import-stop"),
    path("imports/<int:pk>/resume", imports.resume, name="import-resume"),
    path("imports/<int:pk>/faults", imports.faults, name="import-faults"),
    path("imports/<int:pk>/original", imports.original, name="import-original"),
    path("rules", rules.routing_rules, name="routing-rules"),
    path("rules/add", rules.change, name="routing-rule-add"),
    path("rules/<int:pk>", rules.routing_rule, name="routing-rule"),
    path("rules/<int:pk>/change", rules.change, name="routing-rule-change"),
]
