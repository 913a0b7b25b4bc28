"""The keys of those who may ask, from a file: names and hashes; what was sent is compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import re
import stat
from typing import TYPE_CHECKING, Final

from dimchat.errors import UsageError
from dimchat.files import disk
from dimchat.wording import api as words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 1_000_000
"""Bytes of a file of keys."""
LEAST = 20
"""Characters of a key in plain text: what nobody guesses."""
HASHED: Final = "sha256:"
_HASH = re.compile(r"[0-9a-fA-F]{64}")
_TOKEN = re.compile(rf"[A-Za-z0-9._~+/-]{{{LEAST},512}}=*")  # as RFC 6750 has it
_WORDS = 2
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Keys:
    """The keys of a file; keys themselves are not kept, and no text of this object shows one."""

    def __init__(self, hashes: dict[str, bytes]) -> None:
        """Take the SHA-256 of each key by its name."""
        self._hashes = hashes

    def name_of(self, sent: str) -> str | None:
        """Return whose key was sent, None where it is nobody's; it takes as long for each."""
        told = hashlib.sha256(sent.encode("utf-8", "surrogateescape")).digest()
        found = None
        for name, known in self._hashes.items():
            if hmac.compare_digest(told, known):
                found = name
        return found


def read_keys(file: Path) -> Keys:
    """Return the keys of a file: a name and a key a line, the key in plain text or as `sha256:` and its hash.

    Raises:
        UsageError: It cannot be read, or something in it makes no sense; the message holds no key.
    """
    hashes: dict[str, bytes] = {}
    plain = False
    for line, text in lines_of(file):
        parts = text.split()
        if len(parts) != _WORDS:
            raise UsageError(words.KEY_LINE.format(file=file, line=line))
        name, key = parts
        if name in hashes:
            raise UsageError(words.KEY_NAME.format(file=file, line=line, name=name))
        known = _hash(file, line, name, key)
        other = next((each for each, hashed in hashes.items() if hashed == known), None)
        if other is not None:
            raise UsageError(words.KEY_TWICE.format(file=file, line=line, name=name, other=other))
        hashes[name] = known
        plain = plain or not key.startswith(HASHED)
    if not hashes:
        raise UsageError(words.KEYS_NONE.format(file=file))
    if plain and readable_by_others(file):
        raise UsageError(words.KEYS_OPEN.format(file=file))
    return Keys(hashes)


def _hash(file: Path, line: int, name: str, key: str) -> bytes:
    if key.startswith(HASHED):
        if not _HASH.fullmatch(key.removeprefix(HASHED)):
            raise UsageError(words.KEY_HASH.format(file=file, line=line, name=name))
        return bytes.fromhex(key.removeprefix(HASHED))
    if not _TOKEN.fullmatch(key):
        raise UsageError(words.KEY_SHORT.format(file=file, line=line, name=name, least=LEAST))
    return hashlib.sha256(key.encode()).digest()


def lines_of(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a small file with their numbers, without blank ones and comments.

    Raises:
        UsageError: It cannot be read, is too large or no text.
    """
    try:
        data = disk.read(file.resolve(), LARGEST)
    except (OSError, ValueError) as error:
        raise UsageError(words.KEYS_UNREADABLE.format(file=file, reason=disk.reason(error))) from None
    if data is None:
        raise UsageError(words.KEYS_LARGE.format(file=file, most=LARGEST))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(words.KEYS_NOT_TEXT.format(file=file)) from None
    for line, each in enumerate(text.split("\n"), 1):
        if each.strip() and not each.lstrip().startswith("#"):
            yield line, each.strip()


def readable_by_others(file: Path) -> bool:
    """Return whether others than its owner may do anything with a file."""
    return bool(file.stat().st_mode & OTHERS)
