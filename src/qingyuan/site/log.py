"""Keep what people send out of the log."""

import logging


class WithoutRequestBodies(logging.Filter):
    """Drop the request object from a record: its body may hold a reporter's name or telephone number."""

    def filter(self, record: logging.LogRecord) -> bool:
        if hasattr(record, "request"):
            del record.request
        return True
