"""Settings, read from the environment. Everything has a default that suits one box; SECURITY.md says what to set.

QINGYUAN_DATA       folder for the embedded database, keys and files (default: .data beside the checkout)
DATABASE_URL        PostgreSQL 14+ instead of the embedded one; DATABASE_OWNER_URL for migrations
QINGYUAN_HOSTS      host names served, separated by commas (default: this machine only)
QINGYUAN_HTTPS      1 when served behind TLS: secure cookies and HSTS
QINGYUAN_PROXIES    how many reverse proxies stand in front (default 0): whose word on the client's address counts
QINGYUAN_DEBUG      1 for development
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from qingyuan.site.database import database_settings
from qingyuan.site.keys import kept_secret, reporter_key

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("QINGYUAN_DATA") or ROOT / ".data")
DEBUG = os.environ.get("QINGYUAN_DEBUG") == "1"
HTTPS = os.environ.get("QINGYUAN_HTTPS") == "1"

SECRET_KEY = os.environ.get("QINGYUAN_SECRET_KEY") or kept_secret(DATA, "secret-key")
QINGYUAN_REPORTER_KEY = os.environ.get("QINGYUAN_REPORTER_KEY") or reporter_key(DATA)
ALLOWED_HOSTS = [
    host for host in os.environ.get("QINGYUAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "qingyuan.ui",
    "qingyuan.apps.ledger",
    "qingyuan.apps.agencies",
    "qingyuan.apps.files",
    "qingyuan.apps.plan",
    "qingyuan.apps.registry",
    "qingyuan.apps.intake",
    "qingyuan.apps.clues",
    "qingyuan.apps.cases",
    "qingyuan.apps.transfers",
    "qingyuan.apps.portal",
    "qingyuan.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "qingyuan.site.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qingyuan.site.middleware.CurrentMember",
    "qingyuan.site.middleware.PermissionTable",
    "qingyuan.site.middleware.TeachingErrors",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "qingyuan.site.urls"
WSGI_APPLICATION = "qingyuan.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],  # before allauth's own, whose frame we replace
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qingyuan.site.context.frame",
            ],
        },
    },
]

DATABASES = {"default": database_settings(DATA, role=os.environ.get("QINGYUAN_DATABASE_ROLE", "app"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Sign-in
AUTH_USER_MODEL = "agencies.Member"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "qingyuan.site.sign_in.ClosedAdapter"
ACCOUNT_USER_DISPLAY = "qingyuan.site.sign_in.display"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/900s/key",  # codes of the second factor; axes counts failed passwords, in the database
    "portal_report": "20/h/ip",
    "portal_follow": "30/h/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "清源"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "site/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "qingyuan.site.sign_in.client_address"
# How many proxies of our own stand in front: only that many entries of X-Forwarded-For are believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("QINGYUAN_PROXIES", "0"))
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Two checkouts on one machine share the host name, and cookies do not know ports.
COOKIE_SUFFIX = os.environ.get("QINGYUAN_PORT", "")
SESSION_COOKIE_NAME = f"qingyuan_session{COOKIE_SUFFIX}"
CSRF_COOKIE_NAME = f"qingyuan_csrf{COOKIE_SUFFIX}"
CSRF_FAILURE_VIEW = "qingyuan.site.errors.csrf_failure"

# --- Browser
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# --- Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "qingyuan_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise looks for it before anything is collected
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
QINGYUAN_UPLOAD_LIMIT = 50 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- The system itself
QINGYUAN_DATA = DATA
QINGYUAN_CALENDAR_FILE = Path(os.environ.get("QINGYUAN_CALENDAR_FILE") or DATA / "calendar.yaml")
QINGYUAN_REGION = os.environ.get("QINGYUAN_REGION", "")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_identity": {"()": "qingyuan.site.log.WithoutRequestBodies"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_identity"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"qingyuan": {"level": "INFO"}, "axes": {"level": "WARNING"}},
}
