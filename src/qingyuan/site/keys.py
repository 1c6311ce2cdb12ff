"""Secrets of one installation, made once and kept in the data folder, readable by its owner only.

The database holds none of them: a copy of the database alone opens no session and no reporter's identity.
"""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet


def _kept(data: Path, name: str, fresh: str) -> str:
    folder = data / "keys"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(fresh)
    return fresh


def kept_secret(data: Path, name: str) -> str:
    """Return the installation's secret of that name, making it on first use."""
    return _kept(data, name, secrets.token_urlsafe(48))


def reporter_key(data: Path) -> str:
    """Return the key that seals reporters' identities; lose it and they cannot be opened again (back it up apart)."""
    return _kept(data, "reporter-key", Fernet.generate_key().decode("ascii"))
