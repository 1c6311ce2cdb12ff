"""Seal and open a reporter's identity, recognise the same telephone without opening, keep identity out of text."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass
from functools import lru_cache

from cryptography.fernet import Fernet
from django.conf import settings

from qingyuan.apps.intake.models import Letter, ReporterIdentity
from qingyuan.basics.hashing import canonical_json

HIDDEN = "〔来件人信息已隐去〕"
_SHORTEST_NAME = 2
_SHORTEST_NUMBER = 6
_NOT_DIGITS = re.compile(r"\D")


@dataclass(frozen=True)
class Sender:
    """来件人: who sent a letter. Lives in memory only between the form and the seal, or after an opening."""

    name: str = ""
    phone: str = ""
    address: str = ""
    id_number: str = ""

    @property
    def named(self) -> bool:
        """实名: a name and a way to answer were given."""
        return bool(self.name.strip() and (self.phone.strip() or self.address.strip()))

    def __bool__(self) -> bool:
        return any(part.strip() for part in (self.name, self.phone, self.address, self.id_number))

    def __repr__(self) -> str:
        return "Sender(…)"  # a traceback or a log line must not say who it was


@lru_cache(maxsize=4)
def _fernet(key: str) -> Fernet:
    return Fernet(key)


@lru_cache(maxsize=16)
def _mac_key(key: str, purpose: str) -> bytes:
    return hmac.new(key.encode(), purpose.encode(), hashlib.sha256).digest()


def mac(purpose: str, content: bytes) -> str:
    """Return a keyed hash: who has the database but not the key cannot try telephone numbers against it."""
    return hmac.new(_mac_key(settings.QINGYUAN_REPORTER_KEY, purpose), content, hashlib.sha256).hexdigest()


def seal(content: bytes) -> bytes:
    """Encrypt content with the reporter key."""
    return _fernet(settings.QINGYUAN_REPORTER_KEY).encrypt(content)


def unseal(sealed: bytes | memoryview) -> bytes:
    """Decrypt sealed content. Raises cryptography.fernet.InvalidToken when the key is another one."""
    return _fernet(settings.QINGYUAN_REPORTER_KEY).decrypt(bytes(sealed))


def seal_sender(sender: Sender) -> bytes:
    """Encrypt a sender's identity."""
    return seal(canonical_json(asdict(sender)))


def unseal_sender(sealed: bytes | memoryview) -> Sender:
    """Return the sender in a seal. Only `actions.open_identity`, the import and `without_known_sender` call this."""
    return Sender(**json.loads(unseal(sealed)))


def phone_mac(phone: str) -> str:
    """Return the keyed hash of a telephone number, however it is written; empty for no number."""
    digits = _NOT_DIGITS.sub("", phone)
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    return mac("phone", digits.encode()) if digits else ""


def receipt_mac(code: str) -> str:
    """Return what is kept of a receipt code."""
    return mac("receipt", _NOT_DIGITS.sub("", code).encode())


def request_mac(payload: object) -> str:
    """Return what is kept of a request, to tell whether a repeated key repeats the same request."""
    return mac("request", canonical_json(payload))


def without_sender(text: str, sender: Sender) -> str:
    """Return the text with every part of the sender's identity that stands in it replaced by a mark."""
    for part in (sender.id_number, sender.address, sender.name):
        if len(part.strip()) >= _SHORTEST_NAME:
            text = text.replace(part.strip(), HIDDEN)
    digits = _NOT_DIGITS.sub("", sender.phone)[-11:]
    if len(digits) >= _SHORTEST_NUMBER and digits in _NOT_DIGITS.sub("", text):
        # 138 0000 1111 and 138-0000-1111 are the same number
        text = re.sub(r"[\s-]*".join(digits), HIDDEN, text)
    return text


def without_known_sender(text: str, letter: Letter) -> str:
    """Return what the sender of a letter wrote later, without the identity sealed with the letter."""
    identity = ReporterIdentity.objects.filter(letter=letter).first()
    return without_sender(text, unseal_sender(identity.sealed)) if identity else text
