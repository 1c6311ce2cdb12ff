"""The database the system runs on: a URL if one is given, else PostgreSQL kept by the system itself.

`database_settings` says how to connect and starts nothing; `ensure_running` starts the embedded server when
there is none and keeps it up for as long as the calling process lives.

Environment: `DATABASE_URL` (used by the web, the worker and commands), `DATABASE_OWNER_URL` (used by
migrations; default: the same), `QINGYUAN_DATA` (folder of the embedded server, default `<checkout>/.data`),
`QINGYUAN_DATABASE_ROLE` (`app` or `owner`), `QINGYUAN_POSTGRES_BIN` (folder of other PostgreSQL binaries),
`QINGYUAN_DATABASE_IDLE` (seconds the server stays after the last user has gone, default 60).
"""

from qingyuan.site.database.clients import ensure_running, stop_if_unused
from qingyuan.site.database.connection import APP, OWNER, database_settings, is_embedded
from qingyuan.site.database.errors import DatabaseError
from qingyuan.site.database.place import data_folder

__all__ = [
    "APP",
    "OWNER",
    "DatabaseError",
    "data_folder",
    "database_settings",
    "ensure_running",
    "is_embedded",
    "stop_if_unused",
]
