"""Which records a bulk action is about: the ticked ones, or everything the filter selects."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from qingyuan.ui.listing.counting import count
from qingyuan.ui.listing.declaration import Declaration
from qingyuan.ui.listing.filters import Tag


@dataclass(frozen=True)
class Selection:
    """The chosen records, still a queryset (access-filtered), with a capped count to show before acting.

    `hidden` are the form fields that carry the same selection to the confirmed post.
    """

    queryset: QuerySet[Any]
    by_filter: bool
    total: int
    count: str
    tags: tuple[Tag, ...]
    hidden: tuple[tuple[str, str], ...]


def select(listing: Declaration, queryset: QuerySet[Any], data: QueryDict) -> Selection:
    """Read a posted bulk form. `queryset` is what the member may act on, never all records."""
    if data.get("scope") == "filter":
        text = data.get("filter", "")
        narrowed = listing.narrow(queryset, QueryDict(text))
        if narrowed.errors:  # a filter that is partly ignored would select more than the person saw
            raise BadRequest(" ".join(narrowed.errors))
        hidden = (("scope", "filter"), ("filter", text))
        return _selection(narrowed.queryset, True, tuple(listing.tags(narrowed)), hidden)
    ticked = _ids(queryset, data.getlist("selected"))
    hidden = tuple(("selected", str(pk)) for pk in ticked)
    return _selection(queryset.filter(pk__in=ticked), False, (), hidden)


def _selection(
    queryset: QuerySet[Any],
    by_filter: bool,
    tags: tuple[Tag, ...],
    hidden: tuple[tuple[str, str], ...],
) -> Selection:
    total = count(queryset)
    return Selection(queryset, by_filter, total.total, total.text, tags, hidden)


def _ids(queryset: QuerySet[Any], words: list[str]) -> list[Any]:
    field = queryset.model._meta.pk
    try:
        return list(dict.fromkeys(field.to_python(word) for word in words))
    except ValidationError:
        raise BadRequest(_("所选记录的编号无效。请返回列表重新勾选。")) from None
