"""Writes a version of a pack into the folder that stands fetch from, and what the channel says of it.

Files are named by their SHA-256, so that two versions share what they have in common, and a stand fetches what is new
to it. The channel is written last: whoever reads meanwhile sees the state before, or all of the new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dimchat import __version__
from dimchat.errors import PackError, UsageError
from dimchat.files import disk
from dimchat.pack.folder import fingerprint, names_of, read_all
from dimchat.pack.load import load_pack
from dimchat.pack.rules import Report
from dimchat.release.manifest import MOST_DOCUMENT, Channel, File, Manifest, canonical, read_channel, read_manifest
from dimchat.release.origin import CHANNEL, FolderOrigin, file_name, manifest_name, sha256_of
from dimchat.release.proving import errors_in
from dimchat.release.refusal import RefusedError
from dimchat.release.signing import Trusted, key_id, opened, private_key, sign, trusted_keys
from dimchat.wording import release as words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

DAYS = 90
"""A version counts so long, where nobody says otherwise."""
VECTORS = "intents/vectors.bin"
NEEDS = "0.2.0"
"""The oldest dimchat that reads packs as they are published now."""


class Published(NamedTuple):
    """A version that was published."""

    manifest: Manifest
    fresh: int
    """How many of its files were new in the folder."""


@dataclass(frozen=True)
class Publication:
    """The folder of a publisher, and the keys that sign for it."""

    folder: Path
    keys: Sequence[Ed25519PrivateKey]
    trusted: Trusted
    """The public keys by which what is there is believed."""

    @property
    def signers(self) -> list[str]:
        """Return the ids of the keys that sign."""
        return [key_id(key.public_key()) for key in self.keys]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other publisher write meanwhile: it waits.

        Raises:
            UsageError: The folder cannot be made.
        """
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def channel(self) -> Channel | None:
        """Return what the channel says; None where nothing was published yet.

        Raises:
            UsageError: It is signed by another key, or damaged.
        """
        if not os.path.lexists(self.folder / CHANNEL):
            return None
        try:
            got = FolderOrigin(self.folder).read(CHANNEL, MOST_DOCUMENT)
            said, _ = opened("channel", got.data if got else b"", self.trusted, CHANNEL)
            return read_channel(said, CHANNEL)
        except RefusedError as error:
            foreign = words.PUBLISH_FOREIGN.format(folder=self.folder)
            raise UsageError(foreign if error.kind == "signature" else str(error)) from error

    def manifest(self, version: int) -> Manifest:
        """Return the manifest of a version that was published.

        Raises:
            UsageError: There is none, or it is not ours.
        """
        name = manifest_name(version)
        try:
            got = FolderOrigin(self.folder).read(name, MOST_DOCUMENT)
            said, _ = opened("manifest", got.data if got else b"", self.trusted, name)
            return read_manifest(said, name)
        except RefusedError as error:
            raise UsageError(str(error)) from error

    def has(self, version: int) -> bool:
        """Return whether a version was published here."""
        return (self.folder / manifest_name(version)).is_file()

    def listed(self, version: int) -> str:
        """Return the SHA-256 of the document of a version, by which the channel names it.

        Raises:
            UsageError: It cannot be read.
        """
        with writing(self.folder):
            return sha256_of(self.folder / manifest_name(version))

    def next_version(self, channel: Channel | None) -> int:
        """Return the number of the version that is published next: above all that ever were."""
        versions = self.folder / "versions"
        there = [int(file.stem) for file in versions.glob("*.signed") if file.stem.isdecimal()]
        going = channel.rollout if channel is not None else None
        return 1 + max([*there, channel.version if channel else 0, going.version if going else 0])

    def write_manifest(self, manifest: Manifest) -> str:
        """Sign and write the manifest of a version, and return the SHA-256 of the document.

        Raises:
            UsageError: It cannot be written.
        """
        document = sign("manifest", canonical(manifest), self.keys)
        self._write(manifest_name(manifest.version), document)
        return hashlib.sha256(document).hexdigest()

    def write_channel(self, channel: Channel) -> None:
        """Sign and write the channel, in another second than before.

        Web servers, nginx among them, call a file the same while its size and the second of its writing are: two
        channels are mostly of one size, and a stand that saw the first would never be sent the other.

        Raises:
            UsageError: It cannot be written.
        """
        file = self.folder / CHANNEL
        before = int(file.stat().st_mtime) if file.exists() else 0
        self._write(CHANNEL, sign("channel", canonical(channel), self.keys))
        with writing(file):
            if (written := int(file.stat().st_mtime)) <= before:
                os.utime(file, (written, before + 1))

    def write_file(self, data: bytes, sha256: str) -> bool:
        """Write a file unless it is there, and tell whether it was new.

        Raises:
            UsageError: It cannot be written.
        """
        name = file_name(sha256)
        with writing(self.folder / name):
            there = self.folder / name
            if there.is_file() and hashlib.sha256(there.read_bytes()).hexdigest() == sha256:
                return False
            self._write(name, data)
        return True

    def _write(self, name: str, data: bytes) -> None:
        file = self.folder / name
        with writing(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            disk.write(file, data, mode=0o644)


def publication(folder: Path, keys: Sequence[Path], trusted: Sequence[Path] = ()) -> Publication:
    """Return the folder of a publisher.

    Args:
        folder: It need not be there yet.
        keys: Files of private keys: each signs.
        trusted: Files of public keys by which what is there is believed, beside those of the private ones.

    Raises:
        UsageError: A key cannot be used.
    """
    private = [private_key(file) for file in keys]
    public = {key_id(key.public_key()): key.public_key() for key in private}
    return Publication(folder, private, {**public, **(trusted_keys(trusted) if trusted else {})})


def publish(
    root: Path, to: Publication, now: datetime, *, days: int = DAYS, hold: bool = False, again: bool = False
) -> Published:
    """Publish a pack as the next version.

    Args:
        root: The folder of the pack.
        to: Where to.
        now: With its zone.
        days: How long the version counts.
        hold: Whether no stand takes it before a rollout says so.
        again: Whether to publish what is there already, with a new date.

    Raises:
        UsageError: It has errors, a rollout is on its way, or the folder is another pack's.
    """
    before = fingerprint(root)
    if errors := errors_in(root):
        raise UsageError(words.PUBLISH_ERRORS.format(side=root, count=len(errors), first=errors[0]))
    contents, pack = contents_of(root), load_pack(root)
    if fingerprint(root) != before:
        raise UsageError(words.PUBLISH_TOUCHED)
    files = tuple(
        File(name, len(contents[name]), hashlib.sha256(contents[name]).hexdigest()) for name in sorted(contents)
    )
    with to.alone():
        channel = to.channel()
        if channel is not None:
            _fits(channel, pack.name, files, to, again=again)
        now = now.replace(microsecond=0)
        manifest = Manifest(
            name=pack.name,
            version=to.next_version(channel),
            issued=now,
            expires=now + timedelta(days=days),
            digest=pack.digest,
            learning_digest=pack.learning_digest,
            fingerprint=before,
            made_with=__version__,
            needs=NEEDS,
            same_as=None,
            files=files,
        )
        try:
            read_manifest(canonical(manifest), manifest_name(manifest.version))
        except RefusedError as error:  # no stand would take it
            raise UsageError(str(error)) from error
        fresh = sum(to.write_file(contents[file.name], file.sha256) for file in files)
        listed = to.write_manifest(manifest)
        if hold:
            after = channel or Channel(pack.name, 0, now, manifest.expires, 0, "")
        else:
            after = Channel(pack.name, channel.serial if channel else 0, now, now, manifest.version, listed)
        to.write_channel(renewed(after, now, days))
    return Published(manifest, fresh)


def renewed(channel: Channel, now: datetime, days: int) -> Channel:
    """Return a channel with the next number, and a date from which on it counts for some days."""
    now = now.replace(microsecond=0)
    return replace(channel, serial=channel.serial + 1, issued=now, expires=now + timedelta(days=days))


def contents_of(root: Path) -> dict[str, bytes]:
    """Return the files of a pack by their names, with the vectors that it ships.

    Raises:
        PackError: One cannot be read.
    """
    report = Report()
    contents = read_all(root, names_of(root, report), report)
    if report.problems:
        raise PackError(report.problems)
    vectors = root / VECTORS
    if vectors.is_file() and disk.stays_in(vectors, root):
        contents[VECTORS] = vectors.read_bytes()
    return contents


def _fits(channel: Channel, name: str, files: tuple[File, ...], to: Publication, *, again: bool) -> None:
    if channel.name != name:
        raise UsageError(words.PUBLISH_OTHER.format(folder=to.folder, there=channel.name, name=name))
    if channel.rollout is not None:
        raise UsageError(words.PUBLISH_ROLLOUT.format(version=channel.rollout.version, folder=to.folder))
    if channel.version and not again and to.manifest(channel.version).files == files:
        raise UsageError(words.PUBLISH_SAME.format(version=channel.version))


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Turn an error of the disk into one that says which file cannot be written.

    Raises:
        UsageError: What was done meanwhile raised an OSError.
    """
    try:
        yield
    except OSError as error:
        raise UsageError(words.NO_ROOM.format(what=error.filename or file, why=disk.reason(error))) from error
