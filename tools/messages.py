"""Message catalogues without gettext's programs: `python -m tools.messages update|check|compile`.

Babel extracts from Python, and from templates after Django has rewritten them; it also writes and compiles.
`update` keeps every translation that still has its source; `check` fails on anything a reader of the other
language would notice: a missing, empty, doubtful or left-over entry, or placeholders that differ.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE = CHECKOUT / "src" / "qingyuan"
LOCALE = SOURCE / "locale"
LANGUAGES = ("en",)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENTS = ["Translators:"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|(?<!%)%(?:%%)*([sdif])|\{(\w*)(?:![rsa])?(?::[^{}]*)?\}")
Key = tuple[str, str | None]


def extract(source: Path = SOURCE) -> Catalog:
    """Every marked text under `source`, with the files that use it (without line numbers: they only make noise)."""
    catalog = Catalog(charset="utf-8")
    for file in sorted([*source.rglob("*.py"), *source.rglob("*.html"), *source.rglob("*.txt")]):
        if {"migrations", "vendor"} & set(file.relative_to(source).parts):
            continue
        for _, function, texts, comments in _marked_in(file):
            text, context = _arguments(function, texts)
            if text:
                place = (file.relative_to(source).as_posix(), None)
                catalog.add(text, locations=[place], auto_comments=comments, context=context)
    return catalog


def _marked_in(file: Path) -> Iterator[tuple[int, str, object, list[str]]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        text = templatize(text, origin=str(file))
    elif "gettext" not in text:
        return
    options = {"encoding": "utf-8"}
    yield from extract_python(io.BytesIO(text.encode()), list(KEYWORDS), COMMENTS, options)  # type: ignore[arg-type]


def _arguments(function: str, texts: object) -> tuple[str | tuple[str, str] | None, str | None]:
    """The text (singular and plural where there are two) and its context, from a call's literal arguments."""
    values = list(texts) if isinstance(texts, (list, tuple)) else [texts]
    context = values.pop(0) if function.startswith(("pgettext", "npgettext")) else None
    if not values or not values[0]:
        return None, None
    if "ngettext" in function or "npgettext" in function:
        return (str(values[0]), str(values[1])), context
    return str(values[0]), context


def update(language: str) -> tuple[int, int]:
    """Bring the language's .po up to date; returns how many texts it has and how many still lack a translation."""
    catalog = read(language)
    fresh = extract()
    kept = {_key(message): message for message in catalog if message.id}
    result = Catalog(locale=language, charset="utf-8", fuzzy=False, header_comment="# 清源 Qingyuan\n")
    for message in fresh:
        if not message.id:
            continue
        old = kept.get(_key(message))
        string = old.string if old is not None and not old.fuzzy else None
        result.add(
            message.id,
            string or ("" if isinstance(message.id, str) else ("", "")),
            locations=message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    file = po_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, result, sort_output=True, omit_header=False, include_lineno=False, width=0)
    _drop_dates(file)
    return len(result), sum(1 for message in result if message.id and not _translated(message))


def compile_catalogue(language: str) -> Path:
    """Write the .mo beside the .po, and return it."""
    target = po_file(language).with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, read(language))
    return target


def problems(language: str, wanted: Catalog) -> list[str]:
    """What a reader of that language would stumble over, one line each; empty when nothing."""
    catalog = read(language)
    present = {_key(message): message for message in catalog if message.id}
    needed = {_key(message): message for message in wanted if message.id}
    found = [f"missing: {_shown(needed[one])}" for one in needed if one not in present]
    found += [f"left over: {_shown(present[one])}" for one in present if one not in needed]
    found += [f"left over: {_shown(message)}" for message in catalog.obsolete.values()]
    for message in present.values():
        if not _translated(message):
            found.append(f"empty: {_shown(message)}")
        elif message.fuzzy:
            found.append(f"doubtful (fuzzy): {_shown(message)}")
        else:
            found += _placeholder_problems(message)
    return found


def placeholders(text: str) -> list[str]:
    """The names of what is filled in, sorted: `%(name)s`, `%s`, `{name}`."""
    return sorted(name or letter or brace for name, letter, brace in PLACEHOLDER.findall(text))


def read(language: str) -> Catalog:
    """The language's catalogue as committed; empty when there is none yet."""
    file = po_file(language)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8")
    with file.open("rb") as source:
        return read_po(source, locale=language, charset="utf-8")


def po_file(language: str) -> Path:
    """Where the language's translations are committed."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _key(message: Message) -> Key:
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def _translated(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or [])
    return bool(strings) and all(strings)


def _placeholder_problems(message: Message) -> Iterable[str]:
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    allowed = [placeholders(source) for source in sources]
    for string in strings:
        if placeholders(string) not in allowed:
            yield f"placeholders differ: {_shown(message)} → {string!r}"


def _shown(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    places = ", ".join(sorted({name for name, _ in message.locations})[:3])
    return f"{text!r}" + (f" ({places})" if places else "")


def _drop_dates(file: Path) -> None:
    """Dates and the writing program change at every run without anything having changed."""
    noise = (
        b'"POT-Creation-Date',
        b'"PO-Revision-Date',
        b'"Generated-By',
        b'"Report-Msgid',
        b'"Last-Translator',
    )
    lines = [line for line in file.read_bytes().splitlines(keepends=True) if not line.startswith(noise)]
    file.write_bytes(b"".join(lines))


def main(words: list[str]) -> int:
    """Run `update`, `check` or `compile`; returns the exit code."""
    if words == ["compile"]:
        for file in LOCALE.glob("*/LC_MESSAGES/*.po"):
            compile_catalogue(file.parent.parent.name)
        return 0
    if words == ["update"]:
        for language in LANGUAGES:
            total, empty = update(language)
            compile_catalogue(language)
            print(f"{po_file(language).relative_to(CHECKOUT)}: {total} texts, {empty} without translation")
        return 0
    if words == ["check"]:
        wanted = extract()
        found = [f"{language}: {line}" for language in LANGUAGES for line in problems(language, wanted)]
        print(*found, sep="\n", end="\n" if found else "")
        if found:
            print(
                f"{len(found)} problems. `./run messages` lists new texts in the catalogue; translate them there."
            )
        return 1 if found else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
