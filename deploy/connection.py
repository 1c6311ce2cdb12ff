"""Print, as shell assignments, how PostgreSQL's own programs reach the system's database. Used by the scripts here.

`python deploy/connection.py owner|superuser`: with the embedded server, starts it if need be; it then stays up
for `QINGYUAN_DATABASE_IDLE` seconds, and for as long as somebody is connected. `superuser` exists only there.
"""

import shlex
import sys

from qingyuan.site.database import data_folder, database_settings, ensure_running, is_embedded
from qingyuan.site.database.connection import NAME, SUPERUSER, embedded_target
from qingyuan.site.database.place import binaries_folder, place

SSL = ("sslmode", "sslrootcert", "sslcert", "sslkey")


def main(role: str) -> None:
    """Print PGHOST … and BIN, the folder of pg_dump and pg_restore."""
    if is_embedded():
        ensure_running()
        binaries = place(data_folder()).binaries
    else:
        # Ours are newer than most servers; pg_dump refuses one newer than itself, and says so.
        binaries = binaries_folder()
    settings = database_settings(role="owner")
    options = settings["OPTIONS"]
    values = {f"PG{name.upper()}": str(options[name]) for name in SSL if name in options}
    values |= {
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"]),
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
    }
    if role == "superuser":
        if not is_embedded():
            sys.exit("DATABASE_URL 已设置：自有 PostgreSQL 的恢复见 docs/ops/operations.md。")
        target = embedded_target(data_folder(), SUPERUSER, dbname="postgres")
        values |= {
            "PGUSER": SUPERUSER,
            "PGPASSWORD": target["password"],
            "PGDATABASE": "postgres",
            "NAME": NAME,
        }
    values |= {"BIN": str(binaries), "DATA": str(data_folder())}
    print("\n".join(f"export {name}={shlex.quote(value)}" for name, value in values.items() if value))


if __name__ == "__main__":
    main(sys.argv[1])
