"""What every template of every room keeps: it states its needs, and a strict content policy can hold."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from qingyuan.ui import sprite

SOURCE = Path(__file__).parents[2] / "src" / "qingyuan"
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*.html"))
HEADER = re.compile(r"\{# Blocks: .+ #\}\n\{# Context: .+ #\}\n")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE)
EVENT_ATTRIBUTE = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)
STYLE = re.compile(r"<[a-z][^>]*\sstyle\s*=|<style\b", re.IGNORECASE)
OTHER_HOST = re.compile(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", re.IGNORECASE)
ICON = re.compile(r"""\{% icon ["']([a-z0-9-]+)["']|icon=["']([a-z0-9-]+)["']""")


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_states_its_needs_and_keeps_the_policy(path: Path):
    text = path.read_text("utf-8")
    assert HEADER.match(text), "open with {# Blocks: … #} and {# Context: … #}, one line each"
    for rule in (INLINE_SCRIPT, EVENT_ATTRIBUTE, STYLE, OTHER_HOST):
        assert rule.search(text) is None, f"{rule.pattern}: {rule.search(text)}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_icons_are_in_the_sprite(path: Path):
    used = {first or second for first, second in ICON.findall(path.read_text("utf-8"))}
    assert used <= set(sprite.names()), "add the name to src/qingyuan/ui/icons.json"


@pytest.mark.parametrize(
    "path", sorted((SOURCE / "ui" / "static" / "ui").iterdir()), ids=lambda path: path.name
)
def test_our_static_files_ask_no_other_host(path: Path):
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|@import|eval\(|new Function|setAttribute\(.style", text)


def test_the_sprite_is_built_from_single_icons(tmp_path: Path):
    paths = '<path stroke="none" d="M0 0h24v24H0z"/><path d="M5 12l5 5"/>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{paths}</svg>'
    for icon in sprite.names():
        (tmp_path / f"{icon}.svg").write_text(drawing)
    target = tmp_path / "vendor" / "icons.svg"
    assert sprite.main([str(tmp_path), str(target)]) == 0
    text = target.read_text()
    assert '<symbol id="gavel" viewBox="0 0 24 24"><path d="M5 12l5 5"' in text
    assert text.count("<symbol") == len(sprite.names())
    assert "M0 0h24v24H0z" not in text
    (tmp_path / "gavel.svg").unlink()
    with pytest.raises(FileNotFoundError, match="gavel"):
        sprite.build(tmp_path)


def test_icons_of_the_menu_are_in_the_sprite():
    entries = [entry for config in apps.get_app_configs() for entry in getattr(config, "menu", ())]
    assert entries
    assert {entry.icon for entry in entries} <= set(sprite.names()), (
        "add the name to src/qingyuan/ui/icons.json"
    )
