"""Every page of the permission table, opened by a member who may: it loads, fits, keeps the policy and passes axe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page, expect

from qingyuan.site.permission_table import permission_table
from tests.browser.chromium import violations
from tests.browser.conftest import Doors, Site
from tests.factories.records import OWNERS, PARTS_OF_PLAN, VERBS

pytestmark = pytest.mark.browser

MEMBERS = {
    "officer": "officer",
    "leader": "leader",
    "coordinator": "coordinator",
    "police_officer": "police_officer",
    "prosecutor": "prosecutor",
    "court_clerk": "court_clerk",
    "administrator": "administrator",
}
"""Role → the member of 青禾区 who has it, in the order in which they are asked to open a page."""

DEPARTMENTS = (
    "agencies|files|ui|account|mfa|workbench|health|set|search|api|portal",
    "plan",
    "intake|registry",
    "clues|cases|transfers",
)


def patterns(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, (*namespaces, entry.namespace) if entry.namespace else namespaces)
        else:
            yield ":".join((*namespaces, str(entry.name))), entry


def filled(site: Site, kind: str, name: str, converters: Any) -> dict[str, Any]:
    """What the URL's converters are filled with: the seed's records."""
    given: dict[str, Any] = {}
    for key in converters:
        if key == "verb":
            given[key] = VERBS[name]
        elif key == "listing":
            given[key] = "cases"
        elif key == "part":
            given[key] = "money" if kind else "record"
        elif key in PARTS_OF_PLAN:
            given[key] = site.planted["parts"][key]
        else:
            given[key] = site.planted["records"][kind]
    return given


def addresses(site: Site, departments: str) -> Iterator[tuple[str, list[str]]]:
    """Each path of some departments and the members to ask, the likeliest first."""
    table = permission_table()
    for name, pattern in patterns(get_resolver()):
        rule = table[name]
        if name.partition(":")[0].partition("_")[0] not in departments.split("|") or name == "account_logout":
            continue
        if name.endswith("panel"):
            continue  # a fragment: it is looked at inside the page that asks for it
        path = reverse(name, kwargs=filled(site, rule.record, name, pattern.pattern.converters))
        owner = OWNERS.get(rule.record, "officer")
        admitted = [member for role, member in MEMBERS.items() if rule.roles is None or role in rule.roles]
        yield path, sorted(admitted, key=lambda member, owner=owner: member != owner)


def complete(page: Page) -> None:
    """Wait until the panels that other departments put on the page are there."""
    expect(page.locator(".htmx-request, [hx-trigger=load]:empty")).to_have_count(0)


def ailments(page: Page) -> list[str]:
    """What is wrong with the page that is open: axe's grave findings, and whatever does not fit a phone."""
    found = [f"{rule}: {html[:160]}" for rule, html in violations(page, "serious", "critical")]
    page.set_viewport_size({"width": 390, "height": 900})
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        found.append("wider than a phone")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def opener(doors: Doors, site: Site, path: str, members: list[str]) -> str:
    """The first of the members to whom the path answers with a page; "" when it is none to be looked at."""
    for name in members:
        answer = doors.member(name).page.request.get(site.url(path))
        assert answer.status < 500, (name, path, answer.status)
        if answer.ok and answer.headers.get("content-type", "").startswith("text/html"):
            return name
        if answer.status == 405 or answer.ok:
            return ""
    return ""


@pytest.mark.parametrize("departments", DEPARTMENTS)
def test_every_page_loads_fits_and_passes_axe(doors: Doors, site: Site, departments: str) -> None:
    wrong: dict[str, list[str]] = {}
    looked_at = 0
    for path, members in addresses(site, departments):
        name = opener(doors, site, path, members)
        if not name:
            continue
        looked_at += 1
        person = doors.member(name)
        person.errors.clear()
        page = person.goto(path)
        complete(page)
        found = [*ailments(page), *person.errors]
        if "errors/" not in path and found:
            wrong[f"{name} {path}"] = found
    assert looked_at > 5
    assert wrong == {}


@pytest.mark.parametrize("member", MEMBERS.values())
def test_each_role_begins_at_a_workbench_of_its_own(doors: Doors, member: str) -> None:
    person = doors.member(member)
    page = person.goto("/")
    complete(page)
    assert "工作台" in person.main()
    assert ailments(page) == []
    assert person.errors == []
