"""The pass of a visit: a part of its address that nobody guesses, and that only this server can have given out."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

_CHANCE, _PLACE, _SEAL = 11, 4, 12
LENGTH: Final = (_CHANCE + _PLACE + _SEAL) * 4 // 3
"""Characters of a pass."""


class Passes:
    """Gives passes out and knows them again; where a visitor comes from is in them as a number that says nothing."""

    def __init__(self) -> None:
        """Choose a key, which lasts as long as this server."""
        self._key = secrets.token_bytes(32)

    def issue(self, address: str) -> str:
        """Return a new pass.

        Args:
            address: What the visits of this visitor are counted by.
        """
        body = secrets.token_bytes(_CHANCE) + self._sealed(b"a" + address.encode(), _PLACE)
        return urlsafe_b64encode(body + self._sealed(b"p" + body, _SEAL)).decode()

    def place_of(self, given: str) -> str | None:
        """Return what visits with a pass are counted by, or None where the pass is none of ours."""
        try:
            data = urlsafe_b64decode(given)
        except ValueError:
            return None
        body, seal = data[:-_SEAL], data[-_SEAL:]
        if len(given) != LENGTH or not hmac.compare_digest(seal, self._sealed(b"p" + body, _SEAL)):
            return None
        return body[_CHANCE:].hex()

    def counted_as(self, address: str) -> str:
        """Return what visits from an address are counted by."""
        return self._sealed(b"a" + address.encode(), _PLACE).hex()

    def _sealed(self, data: bytes, size: int) -> bytes:
        return hashlib.blake2b(data, digest_size=size, key=self._key).digest()
