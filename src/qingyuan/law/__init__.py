"""The reader of the lawbook: loads and validates it, answers what held on a day, with citations."""

from qingyuan.law.book import Book
from qingyuan.law.loader import load_book

__all__ = ["Book", "load_book"]
