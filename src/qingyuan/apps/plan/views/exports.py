"""Downloads: a plan's rows, and lists as official documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from qingyuan.apps.plan.queries import documents, trees
from qingyuan.basics.clock import civil_date
from qingyuan.domain.uploads import DOCX as WORD
from qingyuan.ui.formats import shown
from qingyuan.ui.listing.export import Export
from qingyuan.ui.spreadsheet import xlsx_response

DOCX = WORD.name
LONGEST_TABLE = 2_000
"""Rows that a Word table still bears; longer lists go to a spreadsheet."""


def download(name: str, content: bytes, media_type: str) -> HttpResponse:
    """Return content as a file to save."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(name)}"
    return response


def table(request: HttpRequest, title: str, found: Export) -> HttpResponse:
    """Answer a list as xlsx, or with `?format=docx` as an official document."""
    if request.GET.get("format") != "docx":
        return xlsx_response(title, found.heads, found.rows)
    rows = [
        [shown(value) for value in row] for row, _n in zip(found.rows, range(LONGEST_TABLE), strict=False)
    ]
    unit = request.member.unit
    content = documents.table_document(title, found.heads, rows, issuer=unit.name, on=civil_date(request.at))
    return download(f"{title}.docx", content, DOCX)


def plan_rows(parts: list[Any]) -> tuple[list[str], Iterator[list[Any]]]:
    """Return a plan as heads and rows, one row per clause and name."""
    heads = [
        _("部分"),
        _("节"),
        _("要点"),
        _("分项（采用文字）"),
        _("原文"),
        _("角色"),
        _("责任单位"),
        _("原文名称"),
        _("专项行动"),
        _("完成时限"),
    ]
    return heads, _rows(parts)


def _rows(parts: list[Any]) -> Iterator[list[Any]]:
    for part, section, point, clause in trees.clauses_of(parts):
        campaigns = "、".join(name.name for name in clause.campaign_names.all())
        for role in clause.roles.all() or [None]:
            yield [
                str(part),
                str(section),
                point.label,
                clause.reading,
                clause.text if clause.corrected else "",
                role.get_role_display() if role else "",
                (role.unit.name if role.unit else role.reading) if role else "",
                role.raw if role else "",
                campaigns,
                clause.due_on,
            ]
