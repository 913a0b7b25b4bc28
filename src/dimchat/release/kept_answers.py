"""What a stand keeps of the answers that it fetched: two versions, which one is current, and what was seen.

lock                one process at a time writes here
channel.signed      the last one that counted
state.json          the newest number that was seen, the server's tag, how the last look ended
parts/SHA256        a file that is still coming
versions/7/         a pack; versions/7.signed its manifest
current             a link to one of them, switched in one step
log                 what was taken and refused, for the operator
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dimchat.errors import UsageError
from dimchat.files import disk, json_text
from dimchat.release.refusal import RefusedError
from dimchat.wording import release as words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CURRENT = "current"
KEPT = 2
"""So many versions stay: the current one, and the one before for whoever still has it open."""
_MOST_STATE = 4096
_LINES = 200
"""Lines that the log holds."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a stand remembers between two looks."""

    name: str = ""
    """Of the pack."""
    serial: int = 0
    """The greatest that a channel had: an older one is somebody's copy."""
    version: int = 0
    """The current one; 0 for none."""
    digest: str = ""
    tag: str = ""
    """Of the channel, where all that it asks for is here."""
    error: str = ""
    """The kind of the last refusal; empty where the last look ended well."""


def folder_for(state: Path, source: str, stand: str) -> Path:
    """Return where a stand keeps the answers of a source, so that neither another stand nor another source gets them.

    Args:
        state: The folder of this user's state.
        source: As it was given.
        stand: Its name.
    """
    return state / "answers" / hashlib.sha256(f"{stand}\n{source}".encode()).hexdigest()[:16]


class KeptAnswers:
    """The folder of a stand's answers."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which need not be there yet."""
        self.folder = folder
        self.current = folder / CURRENT
        self.log_file = folder / "log"

    def seen(self) -> Seen:
        """Return what is remembered; a file that cannot be read is as none, and the next look writes it anew."""
        with suppress(OSError, ValueError, TypeError, RecursionError):
            data = disk.read(self.folder / "state.json", _MOST_STATE)
            if data is not None:
                return Seen(**json_text.loads(data))
        return Seen()

    def remember(self, seen: Seen) -> None:
        """Keep what was seen.

        Raises:
            RefusedError: There is no room.
        """
        with writing(self.folder):
            disk.write(self.folder / "state.json", json_text.dumps(asdict(seen)).encode(), mode=disk.PRIVATE)

    def refuse(self, error: RefusedError) -> None:
        """Keep why the last look ended badly, for the heartbeat, and say it in the log; a full disk keeps neither."""
        with suppress(RefusedError):
            self.remember(replace(self.seen(), error=error.kind, tag=""))
        self.log(words.LOG_REFUSED.format(kind=error.kind, why=error))

    def version_folder(self, version: int) -> Path:
        """Return the folder of a version."""
        return self.folder / "versions" / str(version)

    def part(self, sha256: str) -> Path:
        """Return the file for what comes of a file.

        Raises:
            RefusedError: There is no room for its folder.
        """
        with writing(self.folder):
            (self.folder / "parts").mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.folder / "parts" / sha256

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other process write here meanwhile.

        Raises:
            RefusedError: There is no room.
            UsageError: Another one does so now.
        """
        import fcntl  # noqa: PLC0415 - not there on Windows, where nothing is fetched

        with writing(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, disk.PRIVATE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise UsageError(words.BUSY) from None
        try:
            yield
        finally:
            os.close(handle)

    @contextmanager
    def fresh(self, version: int) -> Iterator[Path]:
        """Give an empty folder that becomes that of a version where all went well, and is gone where not.

        Raises:
            RefusedError: There is no room.
        """
        target = self.version_folder(version)
        half = target.with_name(f".{version}{disk.SUFFIX}")
        with writing(self.folder):
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir(mode=0o700, parents=True)
            try:
                yield half
                shutil.rmtree(target, ignore_errors=True)
                half.rename(target)
            finally:
                shutil.rmtree(half, ignore_errors=True)

    def switch(self, seen: Seen) -> None:
        """Make a version current in one step, remember it, and let go of what is older than the one before.

        Raises:
            RefusedError: There is no room.
        """
        before = self.seen().version
        link = self.folder / f".{CURRENT}{disk.SUFFIX}"
        with writing(self.folder):
            link.unlink(missing_ok=True)
            link.symlink_to(f"versions/{seen.version}")
            link.replace(self.current)
        self.remember(seen)
        keep = {str(seen.version), str(before)}
        for entry in (self.folder / "versions").iterdir():
            if entry.name.removesuffix(".signed") not in keep:
                shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink(missing_ok=True)
        shutil.rmtree(self.folder / "parts", ignore_errors=True)
        self.log(words.LOG_TAKEN.format(version=seen.version))

    def log(self, text: str) -> None:
        """Add a line for the operator, unless it says what the last one does; the file stays short."""
        file = self.log_file
        with suppress(OSError):
            before = (disk.read(file, 1 << 20) or b"").decode("utf-8", "replace").splitlines() if file.exists() else []
            if before and before[-1].endswith(disk.printable(text)):
                return
            line = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ} {disk.printable(text)}"
            disk.write(file, "".join(f"{one}\n" for one in [*before, line][-_LINES:]).encode(), durable=False)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn an error of the disk into a refusal.

    Raises:
        RefusedError: What was done meanwhile raised an OSError.
    """
    try:
        yield
    except OSError as error:
        raise RefusedError(
            "disk", words.NO_ROOM.format(what=error.filename or folder, why=disk.reason(error))
        ) from error
