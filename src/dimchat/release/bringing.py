"""Brings the answers that a stand is to have: verified before they are read, checked before a visitor gets them.

`python -m dimchat.release.bringing` does it once and prints how it ended; the stand and the server start that by
schedule, so that neither parses anything itself. The order: the signature of the channel, its date and number; the
version that this stand may take; the signature and the lists of its manifest; then the files, each by its size and
SHA-256 into a folder of its own; `dimchat check`; the index, built by this version of dimchat where none has learnt the
same lines; a self-test; and only then the switch. Whatever fails, the current version stays.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from dimchat import __version__
from dimchat.errors import DimchatError
from dimchat.files import disk
from dimchat.files.disk import printable
from dimchat.release.follow_settings import Follow
from dimchat.release.kept_answers import KeptAnswers, Seen, writing
from dimchat.release.manifest import (
    MOST_DOCUMENT,
    Channel,
    Manifest,
    in_time,
    numbers_of,
    read_channel,
    read_manifest,
)
from dimchat.release.origin import CHANNEL, Origin, file_name, manifest_name, origin, sha256_of
from dimchat.release.refusal import RefusedError
from dimchat.release.signing import Trusted, opened, trusted_keys
from dimchat.wording import release as words

if TYPE_CHECKING:
    from collections.abc import Sequence

REFUSED = 1
WRONG_USE = 2


class Brought(NamedTuple):
    """How a look ended, where nothing was refused."""

    outcome: Literal["taken", "same"]
    version: int


@dataclass(frozen=True)
class Bringer:
    """One stand's way to its answers."""

    source: Origin
    trusted: Trusted
    kept: KeptAnswers
    stand: str
    allow_rollback: bool = False
    """Whether a channel, a version or a pack may be taken that the rules against old copies would refuse."""

    def bring(self, now: datetime) -> Brought:
        """Look once, and take what is offered where it is newer and in order.

        Args:
            now: With its zone.

        Raises:
            RefusedError: It is not taken; the reason is remembered too.
            UsageError: Another process does the same for this stand.
        """
        with self.kept.alone():
            try:
                return self._bring(now)
            except RefusedError as error:
                self.kept.refuse(error)
                raise

    def _bring(self, now: datetime) -> Brought:
        seen = self.kept.seen()
        whole = self._whole(seen.version)
        got = self.source.read(CHANNEL, MOST_DOCUMENT, seen.tag if whole else "")
        if got is None:
            data = disk.read(self.kept.folder / CHANNEL, MOST_DOCUMENT) or b""
            in_time(self._channel(data), now, CHANNEL)
            return Brought("same", seen.version)
        channel = self._channel(got.data)
        in_time(channel, now, CHANNEL)
        self._newer(channel, seen)
        version, listed = channel.wanted(self.stand, seen.version)
        after = replace(seen, name=channel.name, serial=channel.serial, tag=got.tag, error="")
        if version == 0 or (version == seen.version and whole):
            self._keep_channel(got.data, after)
            return Brought("same", seen.version)
        if version < seen.version and not self.allow_rollback:
            raise RefusedError("older", words.OLDER.format(version=version, held=seen.version))
        manifest, document = self.manifest(version, listed)
        in_time(manifest, now, manifest_name(version))
        if numbers_of(manifest.needs) > numbers_of(__version__):
            newer = words.NEEDS_NEWER.format(version=version, needs=manifest.needs, own=__version__)
            raise RefusedError("unfit", newer)
        with self.kept.fresh(version) as folder:
            self._files(manifest, folder)
            self._prove(manifest, folder)
            disk.write(self.kept.version_folder(version).with_suffix(".signed"), document)
        self._keep_channel(got.data, after)
        self.kept.switch(replace(after, version=version, digest=manifest.digest))
        return Brought("taken", version)

    def _channel(self, data: bytes) -> Channel:
        said, _ = opened("channel", data, self.trusted, CHANNEL)
        return read_channel(said, CHANNEL)

    def _newer(self, channel: Channel, seen: Seen) -> None:
        if self.allow_rollback:
            return
        if seen.name and channel.name != seen.name:
            raise RefusedError("unfit", words.OTHER_PACK.format(name=channel.name, held=seen.name))
        if channel.serial < seen.serial:
            raise RefusedError("older", words.OLDER_CHANNEL.format(serial=channel.serial, seen=seen.serial))

    def _keep_channel(self, data: bytes, seen: Seen) -> None:
        with writing(self.kept.folder):
            disk.write(self.kept.folder / CHANNEL, data)
        self.kept.remember(seen)

    def manifest(self, version: int, listed: str) -> tuple[Manifest, bytes]:
        """Return the manifest of a version, and the document that it was signed in.

        Args:
            version: Its number.
            listed: The SHA-256 that the channel has of the document.

        Raises:
            RefusedError: It cannot be had, or is not the one that is meant.
        """
        name = manifest_name(version)
        got = self.source.read(name, MOST_DOCUMENT)
        data = got.data if got is not None else b""
        said, _ = opened("manifest", data, self.trusted, name)
        if hashlib.sha256(data).hexdigest() != listed:
            raise RefusedError("manifest", words.NOT_AS_LISTED.format(what=name))
        manifest = read_manifest(said, name)
        if manifest.version != version:
            raise RefusedError("manifest", words.NOT_AS_LISTED.format(what=name))
        return manifest, data

    def _files(self, manifest: Manifest, folder: Path) -> None:
        """Put the files of a version into a folder: those that the current one has as well are copied."""
        for file in manifest.files:
            target = folder / file.name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            here = self.kept.current / file.name
            with suppress(OSError):
                if disk.stays_in(here, self.kept.current) and here.stat().st_size == file.size:
                    shutil.copyfile(here, target)
                    if sha256_of(target) == file.sha256:
                        continue
            part = self.kept.part(file.sha256)
            self.source.bring(file_name(file.sha256), file.size, part)
            if part.stat().st_size != file.size or sha256_of(part) != file.sha256:
                part.unlink()
                raise RefusedError("file", words.WRONG_FILE.format(version=manifest.version, name=file.name))
            part.replace(target)

    def _prove(self, manifest: Manifest, folder: Path) -> None:
        """Check a version as a stand does before a visitor gets it, build its index, and ask it something.

        Raises:
            RefusedError: It is no good here.
        """
        from dimchat.index import open_assistant  # noqa: PLC0415 - most looks bring nothing
        from dimchat.pack import fingerprint  # noqa: PLC0415 - the same
        from dimchat.release.proving import errors_in, faults  # noqa: PLC0415 - the same

        version = manifest.version
        if errors := errors_in(folder):
            raise RefusedError("pack", words.PACK_BAD.format(version=version, first=errors[0]))
        try:
            assistant = open_assistant(folder)
        except DimchatError as error:
            raise RefusedError("pack", words.PACK_BAD.format(version=version, first=error)) from error
        here = (assistant.pack.digest, fingerprint(folder))
        if manifest.made_with == __version__ and here != (manifest.digest, manifest.fingerprint):
            raise RefusedError("pack", words.OTHER_DIGEST.format(version=version))
        if wrong := faults(assistant):
            raise RefusedError("pack", words.SELF_TEST.format(version=version, first=wrong[0]))

    def _whole(self, version: int) -> bool:
        """Return whether the current version lies here as its manifest lists it: a disk, or a person, may spoil it."""
        if not version:
            return False
        folder = self.kept.version_folder(version)
        try:
            data = disk.read(folder.with_suffix(".signed"), MOST_DOCUMENT) or b""
            said, _ = opened("manifest", data, self.trusted, folder.name)
            files = read_manifest(said, folder.name).files
            linked = self.kept.current.resolve() == folder.resolve()
            return linked and all(sha256_of(folder / file.name) == file.sha256 for file in files)
        except (OSError, RefusedError):
            return False


def bringer(follow: Follow) -> Bringer:
    """Return what brings the answers of a stand.

    Raises:
        UsageError: A key or the source makes no sense.
    """
    keys = trusted_keys([Path(key) for key in follow.keys])
    kept = KeptAnswers(Path(follow.folder))
    return Bringer(origin(follow.source), keys, kept, follow.stand, follow.allow_rollback)


def main(arguments: Sequence[str]) -> int:
    """Look once and print `taken VERSION`, `same VERSION` or `refused KIND`: words of ours alone.

    Args:
        arguments: What `Follow.to_json` returned.
    """
    try:
        brought = bringer(Follow.from_json(arguments[0])).bring(datetime.now(UTC))
    except RefusedError as error:
        sys.stdout.write(f"refused {error.kind}\n")
        sys.stderr.write(f"{printable(str(error))}\n")
        return REFUSED
    except DimchatError as error:
        sys.stderr.write(f"{printable(str(error))}\n")
        return WRONG_USE
    sys.stdout.write(f"{brought.outcome} {brought.version}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
