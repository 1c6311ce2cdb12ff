"""What surrounds every request: who is asking and when, whether they may, and errors that teach."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from qingyuan.apps.agencies import queries
from qingyuan.apps.agencies.access import with_delegations
from qingyuan.domain.decision import RefusedError
from qingyuan.site import errors
from qingyuan.site.permission_table import permission_table

if TYPE_CHECKING:
    from qingyuan.apps.agencies.models import Member

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("qingyuan.site")
API = "/api/"


class ChosenLanguage:
    """Speak Chinese unless the reader has chosen another language: what the browser was set up with says little
    about an officer's working language.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(known)
        request.LANGUAGE_CODE = known
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", known)
        return response


class CurrentMember:
    """Set `request.at`, the one reading of the clock, and `request.member` with unit and delegations.

    A member is recognised by session, or by an interface token (`Authorization: Bearer …`) under /api/. A token
    replaces the CSRF check there, because a browser never sends it by itself, and speaks for its member alone: what
    colleagues delegate is for the person at the keyboard.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()
        request.member = self._member(request)
        return self.get_response(request)

    def _member(self, request: HttpRequest) -> Member | None:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if request.path.startswith(API) and scheme.lower() == "bearer" and secret:
            member = queries.member_of_token(secret.strip())
            request.user = member or request.user
            request._dont_enforce_csrf_checks = member is not None
            return member
        return with_delegations(request.user, at=request.at) if request.user.is_authenticated else None


class PermissionTable:
    """Refuse whatever the permission table does not allow; a URL that is not in it is closed to all."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name
        rule = permission_table().get(name)
        if rule is None:
            log.error("URL %r is not in the permission table", name)
            raise PermissionDenied(_("这个地址没有列入权限表,任何人都不能打开。请联系系统管理员。"))
        if rule.public:
            return None
        if request.member is None:
            return self._ask_to_sign_in(request)
        if not rule.admits(request.member):
            raise PermissionDenied(
                rule.why or _("你的角色不能打开这个页面。需要时请联系本单位负责人或系统管理员。")
            )
        return None

    def _ask_to_sign_in(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            return JsonResponse(
                {"error": _("需要接口令牌:请在请求头写明 Authorization: Bearer <令牌>。")}, status=401
            )
        if request.htmx:
            response = HttpResponse(status=204)
            response["HX-Redirect"] = f"{settings.LOGIN_REDIRECT_URL}"
            return response
        return redirect_to_login(request.get_full_path())


class TeachingErrors:
    """Turn a refused decision into a 409 that shows its reasons; give every unexpected error a number."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, RefusedError):
            return errors.refused(request, error)
        if isinstance(error, PermissionDenied):
            return errors.forbidden(request, error)
        request.incident = secrets.token_hex(4)
        log.error(
            "incident %s at %s", request.incident, request.resolver_match and request.resolver_match.view_name
        )
        return None
