"""The Django app that carries base templates, components and static files."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """`qingyuan.ui`, label `ui`: no models, no department."""

    name = "qingyuan.ui"
    label = "ui"
