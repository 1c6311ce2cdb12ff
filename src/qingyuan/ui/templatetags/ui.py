"""`{% load ui %}`: the components every page is made of. Each is shown in the gallery; docs/dev/ui.md has snippets."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from qingyuan.basics.clock import in_china
from qingyuan.ui import formats, shapes

register = template.Library()

LIGHTS = {"red": _("红灯"), "yellow": _("黄灯"), "green": _("绿灯"), "grey": _("灰灯")}
TONES = frozenset({"", "blue", "green", "yellow", "red", "grey", "purple"})

register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("short_day", formats.short_day)
register.filter("month", formats.month)
register.filter("yuan", formats.yuan)
register.filter("wan", formats.wan)
register.filter("shown", formats.shown)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite. With `label` it speaks for itself; without, it is hidden from screen readers."""
    address = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, address
        )
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}"/></svg>', css, address)


@register.simple_tag
def when(value: date | datetime | None, form: str = "") -> SafeString | str:
    """`<time>` with the date in words; a moment with its time unless `form` is "day"."""
    if value is None or value == "":
        return formats.NOTHING
    if isinstance(value, datetime):
        value = in_china(value)
        text = formats.day(value) if form == "day" else formats.moment(value)
    else:
        text = formats.day(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.inclusion_tag("ui/components/light.html")
def light(colour: shapes.Light, text: str = "") -> dict[str, Any]:
    """红黄绿灰: a shape of its own for each colour, and words. `text` says how it stands (`剩2个工作日`)."""
    if colour not in LIGHTS:
        raise template.TemplateSyntaxError(f"light: {colour!r} is none of {', '.join(LIGHTS)}")
    return {"colour": colour, "name": LIGHTS[colour], "text": text}


@register.simple_tag
def badge(text: Any, tone: str = "") -> SafeString:
    """A state in a coloured label. tone: blue, green, yellow, red, grey, purple or none."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"badge: tone {tone!r} is none of {', '.join(sorted(TONES))}")
    return format_html('<span class="qy-badge qy-tone-{}">{}</span>', tone or "grey", text)


@register.simple_tag
def count(value: int, cap: int = 10_000) -> str:
    """`1,234`, or `10,000+`."""
    return formats.capped(value, cap)


@register.inclusion_tag("ui/components/masked.html")
def masked(text: str, reveal_url: str = "", label: str = "") -> dict[str, Any]:
    """Text that is already masked (qingyuan.basics), with a way to ask for the full one where that is possible."""
    return {"text": text, "reveal_url": reveal_url, "label": label}


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, css: str = "") -> dict[str, Any]:
    """A form field: label, control, help, errors; errors and help are tied to the control for screen readers."""
    widget = bound.field.widget
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    checkbox = isinstance(widget, CheckboxInput)
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    # Django puts a group's attributes on the element around it as well: a group gets no class.
    attributes = {} if grouped else {"class": _control_class(widget, bool(bound.errors))}
    if described and not grouped:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attributes),
        "grouped": grouped,
        "checkbox": checkbox,
        "described": " ".join(described),
        "css": css,
    }


def _control_class(widget: Any, wrong: bool) -> str:
    if isinstance(widget, CheckboxInput):
        base = "form-check-input"
    else:
        base = "form-select" if isinstance(widget, Select) else "form-control"
    return " ".join([*filter(None, [widget.attrs.get("class")]), base, *(["is-invalid"] if wrong else [])])


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong with a form, at its top: count, each field as a link to it, then errors of the whole."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors] if form.is_bound else []}


@register.inclusion_tag("ui/components/facts.html")
def facts(items: Sequence[shapes.Fact], title: str = "") -> dict[str, Any]:
    """A list of facts (label, value), for the side column."""
    return {"items": items, "title": title}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(events: Sequence[shapes.TimelineEvent], title: str = "", more_url: str = "") -> dict[str, Any]:
    """What happened, newest first as given: moment, words, actor, unit, facts, basis."""
    return {"events": events, "title": title, "more_url": more_url}


@register.inclusion_tag("ui/components/duty.html")
def duty(card: shapes.DutyCard, open: bool = False) -> dict[str, Any]:
    """A duty with its light and, folded, 为什么是这一天. `open` unfolds it."""
    return {"card": card, "open": open}


@register.inclusion_tag("ui/components/explanation.html")
def explanation(why: shapes.Explanation, open: bool = False) -> dict[str, Any]:
    """为什么是这一天, on its own."""
    return {"why": why, "open": open}


@register.inclusion_tag("ui/components/access_reason.html")
def access_reason(grounds: Sequence[shapes.Ground], open: bool = False) -> dict[str, Any]:
    """我为什么能看到: the grounds on which this member sees the record."""
    return {"grounds": grounds, "open": open}


@register.inclusion_tag("ui/components/progress.html")
def progress(work: shapes.Progress) -> dict[str, Any]:
    """A bar for long work; asks again by htmx until it is finished or failed."""
    return {"work": work, "moving": work.state in ("waiting", "running")}


@register.inclusion_tag("ui/components/confirm.html", takes_context=True)
def confirm(
    context: Mapping[str, Any],
    action: str,
    title: Any,
    verb: Any,
    text: Any = "",
    tone: str = "",
    form: Any = None,
    cancel_url: str = "",
    hidden: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """A form that says what will happen before it does. `form` holds a reason or other fields, if any are asked."""
    return {
        "csrf_token": context.get("csrf_token"),
        "action": action,
        "title": title,
        "verb": verb,
        "text": text,
        "tone": tone or "primary",
        "form": form,
        "cancel_url": cancel_url,
        "hidden": hidden,
    }


@register.inclusion_tag("ui/components/files.html")
def files(items: Sequence[shapes.FileItem], title: str = "", empty: str = "") -> dict[str, Any]:
    """Attachments and documents."""
    return {"items": items, "title": title, "empty": empty}


@register.inclusion_tag("ui/components/stat.html")
def stat(
    label: Any, value: Any, url: str = "", icon: str = "", tone: str = "", note: Any = "", unit: Any = ""
) -> dict[str, Any]:
    """A card with one figure; the whole card is the link."""
    return {
        "label": label,
        "value": value,
        "url": url,
        "icon": icon,
        "tone": tone,
        "note": note,
        "unit": unit,
    }


@register.simple_tag
def chart(drawing: shapes.Chart) -> SafeString:
    """A chart, with its figures as a table for all who would rather read or have no JavaScript."""
    return _drawn("ui/components/chart.html", drawing)


@register.simple_tag
def graph(drawing: shapes.Graph) -> SafeString:
    """A network, with its connections as a table."""
    return _drawn("ui/components/graph.html", drawing)


def _drawn(name: str, drawing: shapes.Chart | shapes.Graph) -> SafeString:
    data = {"drawing": drawing, "data": drawing.data(), "data_id": f"{drawing.id}-data"}
    return SafeString(render_to_string(name, data))


@register.inclusion_tag("ui/components/empty.html")
def empty(title: Any, text: Any = "", url: str = "", action: Any = "", icon: str = "inbox") -> dict[str, Any]:
    """Nothing here, and what to do next."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("ui/components/alert.html")
def alert(text: Any, tone: str = "info", title: Any = "") -> dict[str, Any]:
    """A note in the page. tone: info, success, warning, error."""
    icons = {
        "info": "info-circle",
        "success": "circle-check",
        "warning": "alert-triangle",
        "error": "alert-circle",
    }
    return {"text": text, "tone": tone, "title": title, "icon": icons[tone]}


@register.inclusion_tag("ui/components/cell.html")
def cell(item: Any) -> dict[str, Any]:
    """The inside of a list's cell."""
    return {"cell": item, "record": item.record, "value": item.value if item.column.template else None}


@register.filter
def tone_of(level: str) -> str:
    """Django's message level as a tone of ours."""
    return {"success": "success", "warning": "warning", "error": "error"}.get(level, "info")


@register.filter
def points(weight: float) -> str:
    """`+3.2` / `-1.5`: a signed weight."""
    return f"{weight:+.1f}"


@register.filter
def as_json(value: Any) -> str:
    """JSON for a data attribute."""
    return json.dumps(value, ensure_ascii=False)
