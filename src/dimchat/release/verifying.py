"""Verifies all that a publisher's folder, or a web server, offers now, and keeps nothing of it."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.release.manifest import MOST_DOCUMENT, in_time, read_channel, read_manifest
from dimchat.release.origin import CHANNEL, file_name, manifest_name, sha256_of
from dimchat.release.refusal import RefusedError
from dimchat.release.signing import opened
from dimchat.wording import release as words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dimchat.release.origin import Origin
    from dimchat.release.signing import Trusted


def verified(source: Origin, trusted: Trusted, now: datetime) -> Iterator[str]:
    """Yield a line for the channel, and one for each version that it names.

    Raises:
        RefusedError: Something is not as it was signed.
    """
    document = _read(source, CHANNEL)
    said, signer = opened("channel", document, trusted, CHANNEL)
    channel = read_channel(said, CHANNEL)
    in_time(channel, now, CHANNEL)
    yield words.VERIFIED_CHANNEL.format(what=CHANNEL, serial=channel.serial, id=signer, day=channel.expires.date())
    named = [(channel.version, channel.manifest)] if channel.version else []
    if channel.rollout is not None:
        named.append((channel.rollout.version, channel.rollout.manifest))
    for version, listed in named:
        yield _version(source, trusted, version, listed, now)


def _version(source: Origin, trusted: Trusted, version: int, listed: str, now: datetime) -> str:
    name = manifest_name(version)
    document = _read(source, name)
    said, signer = opened("manifest", document, trusted, name)
    if hashlib.sha256(document).hexdigest() != listed:
        raise RefusedError("manifest", words.NOT_AS_LISTED.format(what=name))
    manifest = read_manifest(said, name)
    in_time(manifest, now, name)
    with tempfile.TemporaryDirectory() as folder:
        for file in manifest.files:
            target = Path(folder, file.sha256)
            source.bring(file_name(file.sha256), file.size, target)
            if target.stat().st_size != file.size or sha256_of(target) != file.sha256:
                raise RefusedError("file", words.WRONG_FILE.format(version=version, name=file.name))
            target.unlink()
    facts = {"version": version, "id": signer, "day": manifest.expires.date(), "size": manifest.size}
    return words.VERIFIED.format(what=name, files=len(manifest.files), **facts)


def _read(source: Origin, name: str) -> bytes:
    got = source.read(name, MOST_DOCUMENT)
    return got.data if got is not None else b""
