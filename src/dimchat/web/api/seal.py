"""The state of a conversation as its client carries it: encrypted, sealed, dated, and good for one pack.

It is a token of Fernet (AES in CBC mode with HMAC-SHA256) around what the next question may lean on. Encrypted, since
that holds the question for which choices stand. The seal also covers the digest of the pack and the shape of a context:
another pack, or another dimchat, never goes on from it.
"""

from __future__ import annotations

import hashlib
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from dimchat.errors import UsageError
from dimchat.files.json_text import dumps, loads
from dimchat.model import Context
from dimchat.web.api.api_question import STATE_LIFE, STATE_MOST
from dimchat.web.api.keys import lines_of, readable_by_others
from dimchat.web.api.problems import RefusedError
from dimchat.wording import api as words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SKEW: Final = 60
"""Seconds by which the clocks of two machines may differ."""
_LABEL = 16
_LARGEST = 64 * 1024
"""Bytes of an opened state: far more than any has."""


class Carried(NamedTuple):
    """What a client carries from one question to the next."""

    context: Context = Context()
    silent: bool = False
    """Whether a safety message was said: a journal keeps nothing more of this conversation."""


class Sealer:
    """Seals states and opens them."""

    def __init__(self, keys: MultiFernet, digest: str, clock: Callable[[], float]) -> None:
        """Take what it works with.

        Args:
            keys: The first seals; all of them open.
            digest: Of the pack.
            clock: Seconds since the epoch.
        """
        self._keys = keys
        self._clock = clock
        shape = "\n".join((digest, *Context._fields))
        self._label = hashlib.sha256(shape.encode()).digest()[:_LABEL]

    def sealed(self, carried: Carried) -> str | None:
        """Return the state; None where it would be too long, so that the next question leans on nothing.

        What can grow without bound is the question for which choices stand: its end is cut off before that.
        """
        state = self._token(carried)
        while len(state) > STATE_MOST and carried.context.pending:
            pending = carried.context.pending
            carried = carried._replace(context=carried.context._replace(pending=pending[: len(pending) // 2] or None))
            state = self._token(carried)
        return state if len(state) <= STATE_MOST else None

    def _token(self, carried: Carried) -> str:
        fresh = Context()._asdict()
        held = {name: value for name, value in carried.context._asdict().items() if value != fresh[name]}
        data = zlib.compress(dumps([held, carried.silent]).encode(), 9)
        return self._keys.encrypt_at_time(self._label + data, int(self._clock())).decode()

    def opened(self, state: str) -> Carried:
        """Return what a state holds.

        Raises:
            RefusedError: It was altered or sealed elsewhere, is too old, or belongs to another pack.
        """
        data = self._decrypted(state)
        if data[:_LABEL] != self._label:
            raise RefusedError("state-of-another-pack", words.ASK_ANEW)
        held, silent = loads(zlib.decompressobj().decompress(data[_LABEL:], _LARGEST))
        return Carried(Context(**{name: _frozen(value) for name, value in held.items()}), silent)

    def _decrypted(self, state: str) -> bytes:
        token = state.encode("ascii", "replace")
        try:
            # Fernet decodes base64 as Python does, which passes over signs that are none of it.
            if len(token) > STATE_MOST or urlsafe_b64encode(urlsafe_b64decode(token)) != token:
                raise RefusedError("state-invalid", words.ASK_ANEW)
            data = self._keys.decrypt(token)
            age = self._clock() - self._keys.extract_timestamp(token)
        except (InvalidToken, ValueError):
            raise RefusedError("state-invalid", words.ASK_ANEW) from None
        if age < -SKEW:
            raise RefusedError("state-invalid", words.ASK_ANEW)
        if age > STATE_LIFE:
            raise RefusedError("state-expired", words.ASK_ANEW)
        return data


def _frozen(value: Any) -> Any:  # noqa: ANN401 - whatever a context holds
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def new_keys() -> MultiFernet:
    """Return a key that nobody else has."""
    return MultiFernet([Fernet(Fernet.generate_key())])


def read_state_keys(file: Path) -> MultiFernet:
    """Return the keys of a file, one a line: the first seals, the others still open what was sealed before.

    Raises:
        UsageError: It cannot be read, others may read it, or a line is no key; the message holds none.
    """
    keys = []
    for line, text in lines_of(file):
        try:
            keys.append(Fernet(text))
        except ValueError:
            raise UsageError(words.STATE_KEY_LINE.format(file=file, line=line)) from None
    if not keys:
        raise UsageError(words.STATE_KEY_NONE.format(file=file))
    if readable_by_others(file):
        raise UsageError(words.STATE_KEY_OPEN.format(file=file))
    return MultiFernet(keys)
