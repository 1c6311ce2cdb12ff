"""The JSON API, assembled from the departments' routers. Its schema is kept in docs/api/openapi.json."""

from django.http import HttpRequest
from ninja import NinjaAPI

from qingyuan.apps.intake.api import router as intake


def signed_in(request: HttpRequest) -> object:
    """Accept whoever the CurrentMember middleware recognised; the permission table decides the rest."""
    return request.member


api = NinjaAPI(
    title="清源 Qingyuan",
    version="1",
    urls_namespace="api",
    auth=signed_in,
    docs_url=None,
)
api.add_router("/intake", intake)
