"""Settings that render ui's own pages without the rest of the system, for tests and for looking at them."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

SECRET_KEY = "only for tests of pages without data"
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.messages",
    "django_htmx",
    "csp",
    "qingyuan.ui",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
    }
}
ROOT_URLCONF = "tests.ui.pages"
STATIC_URL = "/static/"
LANGUAGE_CODE = "zh-hans"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tests.ui.pages.frame",
            ]
        },
    }
]


def frame(request: HttpRequest) -> dict[str, Any]:
    """A menu and a person, as the site's context processor gives them."""
    names = [
        ("工作台", "layout-dashboard"),
        ("投诉举报", "message-report"),
        ("线索", "target"),
        ("案件", "scale"),
    ]
    items = [
        {"label": n, "url": "#", "icon": i, "current": n == "线索", "count": 12 * (n == "线索")}
        for n, i in names
    ]
    more = [
        ("年度计划", "clipboard-list"),
        ("督办", "bell"),
        ("物品保管", "building-warehouse"),
        ("销毁", "flame"),
    ]
    others = [{"label": n, "url": "#", "icon": i} for n, i in more]
    member = {"name": "李示例", "unit": {"short_name": "区市场监管局"}}
    labels = {"": items[:1], "办案": items[1:], "统筹": others}
    return {"menu": [{"label": label, "items": group} for label, group in labels.items()], "member": member}


def told(request: HttpRequest) -> HttpResponse:
    """The gallery with a message of each level."""
    from qingyuan.ui.gallery import gallery

    messages.success(request, "已登记，编号 17。")
    messages.error(request, "第 3 行没有金额，没有保存。")
    return gallery(request)


urlpatterns = [path("gallery/", include("qingyuan.ui.urls")), path("told/", told)]
