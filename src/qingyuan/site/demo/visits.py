"""Sign in as one member of every role, over HTTP, as a browser would: the form, the workbench, one list."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from qingyuan.site.demo.district import LOGINS, PASSWORD

LISTS = {
    "coordinator": "plan:tasks",
    "officer": "intake:matters",
    "leader": "cases:list",
    "police_officer": "transfers:list",
    "prosecutor": "transfers:untransferred",
    "court_clerk": "transfers:list",
    "destruction_supervisor": "plan:tasks",
    "administrator": "agencies:members",
}
"""Role → the list it works with most."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 60
FOUND, OK = 302, 200


@dataclass(frozen=True)
class Visit:
    """One member's visit: the role, the pages with their statuses, seconds in all, and what was wrong."""

    username: str
    role: str
    statuses: tuple[tuple[str, int], ...]
    seconds: float
    fault: str = ""


class Browser:
    """The least a browser does: it keeps cookies and posts forms."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port
        self._cookies: dict[str, str] = {}

    def request(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Return status and body of one request; redirects are not followed."""
        connection = http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{self._host}:{self._port}{path}",
            }
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        connection.close()
        return answer.status, text


def visit(address: str) -> list[Visit]:
    """Visit as one member of every role; a fault is told in the visit, not raised."""
    return [_visit(address, username, role) for username, _unit, role in LOGINS]


def _visit(address: str, username: str, role: str) -> Visit:
    begun = time.perf_counter()
    browser, statuses, fault = Browser(address), [], ""
    try:
        sign_in = reverse("account_login")
        _status, page = browser.request("GET", sign_in)
        found = TOKEN.search(page)
        form = {"csrfmiddlewaretoken": found[1] if found else "", "login": username, "password": PASSWORD}
        statuses.append((sign_in, browser.request("POST", sign_in, form)[0]))
        paths = (reverse("workbench"), reverse(LISTS[role]))
        statuses += [(path, browser.request("GET", path)[0]) for path in paths]
        wanted = [FOUND, OK, OK]
        if [status for _path, status in statuses] != wanted:
            fault = _("应答不是 {wanted}").format(wanted=wanted)
    except (OSError, http.client.HTTPException) as error:
        fault = str(error) or type(error).__name__
    return Visit(username, role, tuple(statuses), time.perf_counter() - begun, fault)
