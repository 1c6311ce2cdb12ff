"""The catalogue tool: extracts without gettext, keeps translations, and finds what a reader would stumble over."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from tools import messages

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("线索")
_("第 %(number)s 条") % {"number": 1}
ngettext("%(n)s 件", "%(n)s 件(复数)", 2)
pgettext("动词", "移送")
"""
TEMPLATE = """{% load i18n %}{% translate "案件" %}
{% blocktranslate with unit=case.unit %}由 {{ unit }} 办理{% endblocktranslate %}"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "views.py").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "page.html").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(messages, "CHECKOUT", tmp_path)
    original = messages.extract
    monkeypatch.setattr(messages, "extract", lambda: original(tmp_path))
    return tmp_path


def _write(*entries: tuple[str, str], fuzzy: bool = False) -> None:
    catalog = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for text, translation in entries:
        catalog.add(text, translation, flags=["fuzzy"] if fuzzy else [])
    file = messages.po_file("en")
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        messages.write_po(target, catalog)


def _wanted(*texts: str) -> Catalog:
    catalog = Catalog(charset="utf-8")
    for text in texts:
        catalog.add(text)
    return catalog


def test_texts_are_found_in_python_and_in_templates(source: Path) -> None:
    found = {messages._key(message) for message in messages.extract() if message.id}
    assert found == {
        ("线索", None),
        ("第 %(number)s 条", None),
        ("%(n)s 件", None),
        ("移送", "动词"),
        ("案件", None),
        ("由 %(unit)s 办理", None),
    }


def test_update_keeps_translations_drops_what_is_gone_and_is_stable(source: Path) -> None:
    _write(("线索", "clue"), ("早已不用", "long gone"))
    total, empty = messages.update("en")
    assert (total, empty) == (6, 5)
    text = messages.po_file("en").read_bytes()
    assert b'msgstr "clue"' in text
    assert "早已不用".encode() not in text
    messages.update("en")
    assert messages.po_file("en").read_bytes() == text


@pytest.mark.parametrize(
    ("wanted", "translation", "problem"),
    [
        ("甲", ("甲", ""), "empty"),
        ("乙", ("甲", "a"), "missing"),
        ("乙", ("甲", "a"), "left over"),
        ("第 %(n)s 条", ("第 %(n)s 条", "article %(m)s"), "placeholders differ"),
        ("共 {n} 件", ("共 {n} 件", "in all"), "placeholders differ"),
        ("%s 元", ("%s 元", "yuan"), "placeholders differ"),
    ],
)
def test_a_problem_is_named(source: Path, wanted: str, translation: tuple[str, str], problem: str) -> None:
    _write(translation)
    assert any(line.startswith(problem) for line in messages.problems("en", _wanted(wanted)))


def test_a_doubtful_translation_is_named(source: Path) -> None:
    _write(("甲", "a"), fuzzy=True)
    assert [line.split(":")[0] for line in messages.problems("en", _wanted("甲"))] == ["doubtful (fuzzy)"]


def test_a_complete_catalogue_has_no_problem(source: Path) -> None:
    _write(("第 %(n)s 条", "article %(n)s"), ("100%", "100%"))
    assert messages.problems("en", _wanted("第 %(n)s 条", "100%")) == []


def test_the_compiled_catalogue_is_what_python_reads(source: Path) -> None:
    import gettext

    _write(("线索", "clue"))
    with messages.compile_catalogue("en").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("线索") == "clue"
