"""Import a file: upload, map the columns, look at the check, confirm, follow, download what was wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from procrastinate.contrib.django import app

from qingyuan.apps.intake import access, actions
from qingyuan.apps.intake.forms import ConfirmImportForm, MappingForm, ReasonForm, UploadForm
from qingyuan.apps.intake.queries import imports as read
from qingyuan.apps.ledger.queries import shown_timeline
from qingyuan.domain.decision import RefusedError
from qingyuan.ui.shapes import Progress
from qingyuan.ui.spreadsheet import xlsx_response

RUNNING = {"checking", "taking_in"}


def _found(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(access.imports_visible_to(request.member), pk=pk)


def _defer(task: str, pk: int) -> None:
    """Queue a job by its name once the request's changes are written; views and jobs do not import each other."""
    transaction.on_commit(lambda: app.configure_task(task).defer(pk=pk))


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a file; the unit's earlier imports below."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.upload_import(
                content=file.read(), name=file.name, by=request.member, at=request.at
            )
        except RefusedError as error:
            form.add_error("file", str(error))
        else:
            return redirect("intake:import", pk=batch.pk)
    earlier = access.imports_visible_to(request.member).order_by("-pk")[:50]
    context = {"form": form, "earlier": earlier, "multipart": True, "verb": _("上传并识别列")}
    return render(request, "intake/imports.html", context, status=409 if form.is_bound else 200)


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One import, at whatever stage it is."""
    batch = _found(request, pk)
    progress = _progress(batch)
    if request.htmx and request.htmx.target is None and batch.state in RUNNING:
        return render(request, "intake/_progress.htmx.html", {"work": progress})
    if request.htmx and "poll" in request.GET:
        response = render(request, "intake/_progress.htmx.html", {"work": progress})
        if batch.state not in RUNNING:
            response.headers["HX-Refresh"] = "true"
        return response
    uploader = batch.uploaded_by_id == request.member.pk
    mapping = batch.state == "uploaded" and uploader  # the sample rows hold reporters' names
    context = {
        "batch": batch,
        "work": progress,
        "mapping": MappingForm(batch=batch, sample=read.sample(batch)) if mapping else None,
        "confirm": ConfirmImportForm(batch=batch) if batch.state == "checked" else None,
        "preview": read.preview(batch) if batch.state == "checked" else [],
        "bad": read.bad_rows(batch, limit=50) if batch.bad else [],
        "events": shown_timeline("import", pk),
        "reason": ReasonForm(),
        "uploader": uploader,
    }
    return render(request, "intake/import.html", context)


def _progress(batch: Any) -> Progress:
    done = batch.created + batch.already_there
    states = {"completed": "finished", "failed": "failed", "stopped": "waiting"}
    label = batch.get_state_display()
    message = batch.fault
    if batch.state == "completed":
        message = _("登记 {created} 件;已在登记簿中 {old} 件;有问题未导入 {bad} 行。").format(
            created=batch.created, old=batch.already_there, bad=batch.bad
        )
    return Progress(
        label=label,
        state=states.get(batch.state, "running"),
        done=done,
        total=batch.good if batch.state == "taking_in" else None,
        poll_url=f"{reverse('intake:import', args=[batch.pk])}?poll=1" if batch.state in RUNNING else "",
        message=message,
    )


@require_POST
def confirm_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """确认列对应关系, then check in the background."""
    batch = _found(request, pk)
    if batch.uploaded_by_id != request.member.pk:
        raise PermissionDenied(_("列对应关系由上传人确认:示例行里有来件人的姓名和电话。"))
    form = MappingForm(request.POST, batch=batch, sample=read.sample(batch))
    if not form.is_valid():
        context = {"batch": batch, "mapping": form, "work": _progress(batch)}
        return render(request, "intake/import.html", context, status=409)
    with transaction.atomic():
        actions.confirm_mapping(
            batch=batch,
            columns=form.columns(),
            port=form.cleaned_data["port"],
            kind=form.cleaned_data["kind"],
            by=request.member,
            at=request.at,
        )
        _defer("intake.check-import", pk)
    return redirect("intake:import", pk=pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """确认导入, then take in in the background."""
    batch = _found(request, pk)
    form = ConfirmImportForm(request.POST, batch=batch)
    form.is_valid()
    with transaction.atomic():
        actions.confirm_import(
            batch=batch,
            without_bad=bool(form.cleaned_data.get("without_bad")),
            by=request.member,
            at=request.at,
        )
        _defer("intake.take-in-import", pk)
    return redirect("intake:import", pk=pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """停止导入."""
    actions.stop_import(batch=_found(request, pk), by=request.member, at=request.at)
    messages.success(request, _("已停止。已导入的保留,可以继续。"))
    return redirect("intake:import", pk=pk)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """继续导入."""
    with transaction.atomic():
        actions.resume_import(batch=_found(request, pk), by=request.member, at=request.at)
        _defer("intake.take-in-import", pk)
    return redirect("intake:import", pk=pk)


@require_GET
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """The bad rows with sheet, row, column and reason, as a spreadsheet."""
    batch = _found(request, pk)
    heads = [_("工作表"), _("行"), _("列"), _("原因和办法"), _("原值")]
    return xlsx_response(_("导入问题清单"), heads, read.fault_lines(batch))


@require_POST
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """下载导入原件, with a reason."""
    batch = _found(request, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    content = actions.open_original(batch=batch, reason=reason, by=request.member, at=request.at)
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = "attachment; filename*=utf-8''" + read.download_name(batch)
    response.headers["Cache-Control"] = "no-store"
    return response
