"""The JSON API, assembled from the departments' routers. Its schema is kept in docs/api/openapi.json."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.utils import check_csrf

from qingyuan.apps.intake.api import router as intake


def signed_in(request: HttpRequest) -> object:
    """Accept whoever the CurrentMember middleware recognised; the permission table decides the rest.

    A browser sends its session by itself, so a write by session needs the CSRF token that ninja's views are otherwise
    exempt from; a token in the header has lifted the check already. Raises PermissionDenied.
    """
    if check_csrf(request) is not None:
        raise PermissionDenied(_("用浏览器会话调用接口写入,须带页面的 CSRF 令牌;其他系统请用接口令牌。"))
    return request.member


api = NinjaAPI(
    title="清源 Qingyuan",
    version="1",
    urls_namespace="api",
    auth=signed_in,
    docs_url=None,
)
api.add_router("/intake", intake)
