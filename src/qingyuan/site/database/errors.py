"""What can go wrong with the embedded database, said so that the reader can act on it."""


class DatabaseError(Exception):
    """The embedded database cannot be used; the message says what, why and what to do next."""
