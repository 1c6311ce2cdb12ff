"""The reader of the lawbook: loads and validates it, answers what held on a day, with citations."""

from qingyuan.law.book import Book

__all__ = ["Book"]
