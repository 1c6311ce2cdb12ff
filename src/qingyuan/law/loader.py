"""Loads the book: reads, checks everything, and either hands out a whole book or names every fault."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import qingyuan
from qingyuan.law import checks
from qingyuan.law.book import Book, Document
from qingyuan.law.entries import Builder, instruments_from, settings_from
from qingyuan.law.faults import BookError, Fault
from qingyuan.law.files import read_documents, version_of
from qingyuan.law.schema import Schemas
from qingyuan.law.workflows import check_workflows

PACKAGED = Path(qingyuan.__file__).parent / "lawbook"
"""The book that comes with the system."""


def load_book(path: Path | None = None) -> Book:
    """The book at `path`, or the packaged one, which is read once and kept.

    Raises BookError, listing every fault, when anything in it is wrong: half a book is no book.
    """
    return _packaged() if path is None else read_book(path)


@cache
def _packaged() -> Book:
    return read_book(PACKAGED)


def read_book(root: Path) -> Book:
    """Read and check the book under `root` afresh. Raises BookError with every fault found."""
    faults: list[Fault] = []
    documents = read_documents(root, faults)
    schemas = Schemas(root / "schema")
    sound = [document for document in documents if not _note(faults, schemas.faults(document))]
    _note(faults, checks.duplicate_ids(sound))
    instruments = instruments_from(_in(sound, "instruments"), faults)
    units = _units(root)
    countings = {document.id: document for document in sound if "rolls" in document.data}
    known = {document.id for document in _in(documents, "instruments")}
    for document in sound:
        _note(faults, checks.source_faults(document, known))
        if "values" in document.data and not _note(faults, checks.reversed_dates(document)):
            _note(faults, checks.name_faults(document, units, countings))
            _note(faults, checks.unit_faults(document, countings))
            _note(faults, checks.date_faults(document))
            _note(faults, checks.force_faults(document, instruments))
    if faults:
        raise BookError(faults)
    settings = settings_from(next((item for item in _in(sound, "calendar") if item.id == "settings"), None))
    exact = frozenset(name for name, unit in units.items() if unit.get("exact"))
    builder = Builder(instruments, countings, settings, exact)
    book = Book(
        root=root,
        version=version_of(root),
        instruments=instruments,
        rules={document.id: builder.rule(document) for document in sound if "values" in document.data},
        settings=settings,
        units={name: str(unit["label"]) for name, unit in units.items()},
        _documents={folder: tuple(_in(sound, folder)) for folder in {item.folder for item in sound}},
    )
    if wrong := check_workflows(book):
        raise BookError(wrong)
    return book


def _note(faults: list[Fault], found: Iterable[Fault]) -> int:
    before = len(faults)
    faults.extend(found)
    return len(faults) - before


def _in(documents: list[Document], folder: str) -> list[Document]:
    return [document for document in documents if document.folder == folder]


def _units(root: Path) -> dict[str, dict[str, object]]:
    units: dict[str, dict[str, object]] = json.loads(
        (root / "schema" / "units.json").read_text(encoding="utf-8")
    )
    return units
