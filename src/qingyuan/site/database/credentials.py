"""Passwords and the port of the embedded server, drawn once and kept readable by their owner alone.

Every role signs in by password (scram), over the socket too: the socket's folder may belong to a user that
other programs share.
"""

import hashlib
import json
import os
import secrets
import socket
from dataclasses import asdict, dataclass, replace
from pathlib import Path

FILE = "database.json"
# Below the range the kernel hands out by itself (32768 on), so that the port is still free tomorrow.
FIRST_PORT, PORTS = 20000, 12000


@dataclass(frozen=True, slots=True)
class Credentials:
    """Passwords by role, and the TCP port used where no socket path is short enough."""

    superuser: str
    owner: str
    app: str
    port: int


def read_credentials(data: Path) -> Credentials:
    """The credentials of this data folder; draws and stores them (mode 0600) the first time."""
    path = data / FILE
    if not path.exists():
        first = Credentials(*(secrets.token_urlsafe(24) for _ in range(3)), port=free_port(data))
        fresh = _write(path, first)
        try:
            os.link(fresh, path)  # unlike a rename, never replaces what another process has just drawn
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return Credentials(**json.loads(path.read_text()))


def change_port(data: Path) -> Credentials:
    """Draw another port, because something else listens on the one that was kept."""
    changed = replace(read_credentials(data), port=free_port(data))
    _write(data / FILE, changed).replace(data / FILE)
    return changed


def free_port(data: Path) -> int:
    """A free port on 127.0.0.1; the search starts at a place that depends on the data folder."""
    start = int.from_bytes(hashlib.sha256(os.fsencode(data)).digest()[:4])
    for step in range(PORTS):
        port = FIRST_PORT + (start + step) % PORTS
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise OSError("no free port on 127.0.0.1")


def _write(path: Path, credentials: Credentials) -> Path:
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(credentials), file)
    return fresh
