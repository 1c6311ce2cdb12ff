"""The plate of a department, and the ledger's own."""

from functools import cache
from typing import NamedTuple

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

from qingyuan.law import load_book


class MenuItem(NamedTuple):
    """One line of the left menu; shown to those whom the permission table admits to the URL."""

    label: object
    url_name: str
    icon: str
    """Name of a Tabler icon listed in the set-up's assets."""


class Department(AppConfig):
    """What every department says of itself, read by the ledger and by the pages.

    `verbs` names each event the department writes, in the words of the timeline.
    `menu` is what it adds to the left menu.
    `facts` names the event facts that a timeline shows; others are for machines.
    `subjects` names each kind of record its events speak of: kind → (label, URL name of its page or "").
    """

    default = False
    default_auto_field = "django.db.models.BigAutoField"
    menu: tuple[MenuItem, ...] = ()
    verbs: dict[str, object] = {}  # noqa: RUF012 - a plate is read, never changed
    subjects: dict[str, tuple[object, str]] = {}  # noqa: RUF012
    facts: dict[str, object] = {}  # noqa: RUF012

    def unit_names(self) -> dict[str, str]:
        """Return unit codes with the names people use, from the department that keeps the units."""
        return {}


def departments() -> list[Department]:
    """Return the installed departments, lowest first."""
    return [config for config in apps.get_app_configs() if isinstance(config, Department)]


@cache
def verb_labels() -> dict[str, object]:
    """Return every known verb with its words: those on the plates, and the steps of the lawbook's workflows."""
    book = load_book()
    workflows = [book.workflow(document.id) for document in book.documents("workflows")]
    labels: dict[str, object] = {
        f"{workflow.subject}.{edge.verb}": edge.label
        for workflow in workflows
        for edge in (workflow.start, *workflow.edges)
    }
    for department in departments():
        labels.update(department.verbs)
    return labels


@cache
def fact_labels() -> dict[str, object]:
    """Return the event facts that a timeline shows, with their words."""
    return {name: words for department in departments() for name, words in department.facts.items()}


def unit_names() -> dict[str, str]:
    """Return unit codes with the names people use. One query; ask once per page."""
    return {code: name for department in departments() for code, name in department.unit_names().items()}


def subject_labels() -> dict[str, tuple[object, str]]:
    """Return every kind of subject with its words and the URL name of its page."""
    return {kind: plate for department in departments() for kind, plate in department.subjects.items()}


class LedgerConfig(Department):
    default = True
    name = "qingyuan.apps.ledger"
    label = "ledger"
    verbose_name = _("台账")
    verbs = {  # noqa: RUF012
        "duty.moved": _("期限重算"),
        "duty.voided": _("期限取消"),
        "duty.paused": _("期限中止"),
        "duty.resumed": _("期限恢复"),
        "duty.extended": _("期限延长"),
    }
    facts = {  # noqa: RUF012
        "reason": _("理由"),
        "why": _("原因"),
        "name": _("名称"),
        "number": _("编号"),
        "note": _("说明"),
        "to": _("变更为"),
        "sha256": _("文件指纹"),
        "roles": _("角色"),
        "delegate": _("受托人"),
        "receiver": _("接收人"),
        "giver": _("移交人"),
        "purpose": _("用途"),
    }
