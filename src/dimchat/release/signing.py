"""Ed25519: making and reading keys, signing bytes, and opening what was signed before anything in it is read.

A signed document is text: a first line that says what it is, a line for each signature, an empty line, and then what
was signed, which is never written anew: a signature is over bytes. The first line is signed too, so that a document of
one kind never passes for another. The algorithm is that of RFC 8032, through the library `cryptography`.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import stat
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dimchat.errors import UsageError
from dimchat.files import disk
from dimchat.release.refusal import RefusedError
from dimchat.wording import release as words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MOST_KEYS = 2
"""So many public keys are valid at once: the old one and the new one, while a key is replaced."""
_LARGEST_KEY = 4096
"""Bytes of a file that holds a key."""
_MOST_SIGNATURES = 4
_HEAD = b"dimchat-signed/1 "
_DOCUMENT = re.compile(
    rb"(dimchat-signed/1 [a-z]{1,16}\n)((?:ed25519 [0-9a-f]{16} [A-Za-z0-9+/]{86}==\n){1,%d})\n" % _MOST_SIGNATURES
)

Trusted = dict[str, Ed25519PublicKey]
"""Public keys by their ids."""


def key_id(key: Ed25519PublicKey) -> str:
    """Return what a public key is called: the first 16 hexadecimal digits of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def make_key(file: Path) -> str:
    """Write a new private key to a file that only its owner may read, its public key beside it, and return its id.

    Raises:
        UsageError: One of the files is there already, or cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    beside = file.with_name(f"{file.name}.pub")
    for one in (file, beside):
        if os.path.lexists(one):
            raise UsageError(words.KEY_THERE.format(file=one))
    for one, data, mode in ((file, private, disk.PRIVATE), (beside, public, 0o644)):
        try:
            disk.write(one, data, mode=mode)
        except OSError as error:
            raise UsageError(words.NO_ROOM.format(what=one, why=disk.reason(error))) from error
    return key_id(key.public_key())


def private_key(file: Path) -> Ed25519PrivateKey:
    """Return the private key in a file.

    Raises:
        UsageError: It cannot be read, is no such key, or others may read it.
    """
    data = _read(file)
    mode = stat.S_IMODE(os.stat(file).st_mode)  # noqa: PTH116 - the same call as `os.open` made
    if mode & 0o077:
        raise UsageError(words.KEY_OPEN.format(file=file, mode=mode))
    try:
        key = serialization.load_pem_private_key(data, password=None)
    except TypeError:
        raise UsageError(words.KEY_LOCKED.format(file=file)) from None
    except (ValueError, UnsupportedAlgorithm):
        raise UsageError(words.KEY_NOT_PRIVATE.format(file=file)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(words.KEY_NOT_PRIVATE.format(file=file))
    return key


def trusted_keys(files: Sequence[Path]) -> Trusted:
    """Return the public keys in files, by their ids.

    Raises:
        UsageError: There are none or too many, or one is no such key.
    """
    if not files:
        raise UsageError(words.KEYS_NONE)
    found = dict(map(_public_key, files))
    if len(found) > MOST_KEYS:
        raise UsageError(words.KEYS_MANY.format(count=len(found)))
    return found


def _public_key(file: Path) -> tuple[str, Ed25519PublicKey]:
    data = _read(file)
    if b"PRIVATE KEY" in data:
        raise UsageError(words.KEY_IS_PRIVATE.format(file=file))
    try:
        key = serialization.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(words.KEY_NOT_PUBLIC.format(file=file))
    return key_id(key), key


def _read(file: Path) -> bytes:
    try:
        return disk.read(file.resolve(), _LARGEST_KEY) or b""
    except (OSError, ValueError) as error:
        raise UsageError(words.KEY_UNREADABLE.format(file=file, why=disk.reason(error))) from error


def sign(kind: str, said: bytes, keys: Sequence[Ed25519PrivateKey]) -> bytes:
    """Return a signed document.

    Args:
        kind: What it is, in small letters.
        said: What is signed.
        keys: Each signs it.
    """
    first = _HEAD + kind.encode() + b"\n"
    lines = (
        f"ed25519 {key_id(key.public_key())} {base64.b64encode(key.sign(first + said)).decode()}\n" for key in keys
    )
    return first + "".join(lines).encode() + b"\n" + said


def opened(kind: str, document: bytes, trusted: Mapping[str, Ed25519PublicKey], what: str) -> tuple[bytes, str]:
    """Return what was signed, and the id of a trusted key that signed it.

    Nothing but the lines of the signatures is looked at before one of them is found to be right.

    Args:
        kind: What it must be.
        document: All of it.
        trusted: The keys that count.
        what: What it is called where it is refused.

    Raises:
        RefusedError: It is no such document, or none of these keys signed it.
    """
    found = _DOCUMENT.match(document)
    if found is None or found[1] != _HEAD + kind.encode() + b"\n":
        raise RefusedError("signature", words.NOT_SIGNED.format(what=what))
    said = document[found.end() :]
    for line in found[2].splitlines():
        _, name, signature = line.split()
        key = trusted.get(name.decode())
        if key is None:
            continue
        try:
            key.verify(base64.b64decode(signature), found[1] + said)
        except InvalidSignature:
            continue
        return said, name.decode()
    raise RefusedError("signature", words.WRONG_SIGNATURE.format(what=what, ids=", ".join(trusted)))
