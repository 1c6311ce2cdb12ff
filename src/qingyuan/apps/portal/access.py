"""The portal's pages are for everybody; a letter is reached by its receipt code alone."""

from __future__ import annotations

from qingyuan.apps.agencies.access import PUBLIC, Door, Rule

URLS: dict[str, Rule] = {
    "portal:home": PUBLIC,
    "portal:report": PUBLIC,
    "portal:follow": PUBLIC,
    "portal:unsolved": PUBLIC,
}
DOORS: dict[str, Door] = {}
