"""Error pages and their JSON twins: what, why, what next."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qingyuan.domain.decision import RefusedError


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    """409: the request is understood and not allowed in this state; every reason with its basis."""
    if _wants_json(request):
        return JsonResponse({"error": str(error), "reasons": [r.facts() for r in error.reasons]}, status=409)
    return render(request, "ui/error_409.html", {"reasons": error.reasons}, status=409)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: seen but forbidden, with the reason."""
    reason = str(exception or "") or _("你的角色不能这样做。")
    if _wants_json(request):
        return JsonResponse({"error": reason}, status=403)
    return render(request, "ui/error_403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    """404: not there, or not for you; the two look the same."""
    if _wants_json(request):
        return JsonResponse({"error": _("没有找到,或你无权查看。")}, status=404)
    return render(request, "ui/error_404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself is malformed."""
    if _wants_json(request):
        return JsonResponse({"error": _("请求格式不正确。")}, status=400)
    return render(request, "ui/error_400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the incident number finds it in the log."""
    incident = getattr(request, "incident", "")
    if _wants_json(request):
        return JsonResponse({"error": _("系统出错,编号 {number}。").format(number=incident)}, status=500)
    return render(request, "ui/error_500.html", {"incident": incident}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is stale or came from another site."""
    return forbidden(
        request, PermissionError(_("页面已过期或来源不明,请返回上一页刷新后重试。你填写的内容没有保存。"))
    )
