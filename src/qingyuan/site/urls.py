"""Every address of the system: the site's own, then each department's."""

from allauth.account import views as account
from django.urls import include, path
from django.views.i18n import set_language

from qingyuan.site import errors, views
from qingyuan.site.api import api

urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("duties", views.duties, name="duties"),
    path("language", set_language, name="set_language"),
    path("health", views.health, name="health"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("api/v1/", api.urls),
    path("agencies/", include("qingyuan.apps.agencies.urls")),
    path("files/", include("qingyuan.apps.files.urls")),
    path("plan/", include("qingyuan.apps.plan.urls")),
    path("clues/", include("qingyuan.apps.clues.urls")),
    path("cases/", include("qingyuan.apps.cases.urls")),
    path("parties/", include("qingyuan.apps.registry.urls")),
    path("intake/", include("qingyuan.apps.intake.urls")),
    path("public/", include("qingyuan.apps.portal.urls")),
    path("transfers/", include("qingyuan.apps.transfers.urls")),
    path("components/", include("qingyuan.ui.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
