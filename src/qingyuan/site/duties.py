"""期限: every open duty a member is to watch, as a list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger import queries as ledger
from qingyuan.apps.ledger.apps import subject_labels, unit_names
from qingyuan.site.workbench import SOON
from qingyuan.ui.listing import Choice, Column, Empty, Listing, Preset

DUE = (("late", _("已逾期")), ("soon", _("两日内到期")), ("paused", _("中止计时")))


def listing(at: datetime) -> Listing:
    """Return the list as of a moment: rules and units in words, lights by the time left."""
    book, calendar, units = ledger.book(), ledger.calendar(), unit_names()

    def by_due(duties: QuerySet[Any], word: str) -> QuerySet[Any]:
        if word == "paused":
            return duties.filter(paused_since__isnull=False)
        running = duties.filter(paused_since=None)
        return (
            running.filter(due_at__lt=at)
            if word == "late"
            else running.filter(due_at__gte=at, due_at__lt=at + SOON)
        )

    def row_url(duty: Any) -> str:
        _label, url_name = subject_labels().get(duty.subject_kind, ("", ""))
        return reverse(url_name, args=[duty.subject_id]) if url_name else ""

    return Listing(
        key="duties",
        columns=(
            Column("title", _("事项"), priority=1),
            Column(
                "rule",
                _("期限"),
                value=lambda duty: ledger.rule_label(duty, book=book),
            ),
            Column("unit", _("单位"), value=lambda duty: units.get(duty.unit, duty.unit)),
            Column("due_at", _("到期"), sort="due_at"),
            Column(
                "light",
                _("状态"),
                value=lambda duty: ledger.light_words(duty, at=at, calendar=calendar),
                template="site/_light_cell.html",
                export=False,
            ),
        ),
        default_sort="due_at",
        filters=(
            Choice("due", _("时间"), choices=DUE, apply=by_due),
            Choice("unit", _("单位"), choices=tuple(units.items())),
        ),
        presets=(
            Preset(_("全部")),
            Preset(_("已逾期"), (("due", "late"),)),
            Preset(_("两日内到期"), (("due", "soon"),)),
        ),
        row_url=row_url,
        empty=Empty(_("没有未结期限"), _("来件、线索、案件和移送产生的法定期限会列在这里。")),
    )
