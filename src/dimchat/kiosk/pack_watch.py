"""The pack that visitors get: the last one that passed its check, kept in memory, and on the disk for a restart.

A process of its own checks the files and writes the index into a descriptor without a name. So a pack that is
being edited, or a full disk, never reaches a visitor, and the parent never parses anything. A stand begins with what
it kept, at once, and looks at the files then.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dimchat.errors import DimchatError
from dimchat.files import python
from dimchat.kiosk.last_good import locate
from dimchat.pack import fingerprint
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


EVERY = 15.0
"""Seconds between looks at the files."""
AGAIN = 600.0
"""Seconds after which files that did not pass are checked once more: it may have been the machine, not they."""
PATIENCE = 120.0
"""Seconds that a check may take."""
PACKING_MODULE = "dimchat.kiosk.check_pack"
KEPT_MODULE = "dimchat.kiosk.last_good"
Outcome = Literal["taken", "same", "bad"]


@dataclass(frozen=True, slots=True)
class Stored:
    """A pack with its matcher, as bytes in an open file without a name."""

    fd: int
    digest: str
    root: str


class PackWatch:
    """Looks at the files of a pack now and then, and keeps what passed."""

    def __init__(self, pack: Path | None, clock: Callable[[], float], state: Path | None = None) -> None:
        """Take the folder, or None for the bundled pack; and the folder where a good one is kept, or None for nowhere.

        Raises:
            PackError: There is no pack, and none was kept.
        """
        self.root, self._kept = locate(pack.absolute() if pack is not None else None, state)
        self.stored: Stored | None = None
        self.outcome: Outcome | None = None
        """How the last look ended."""
        self.problems = ""
        """What the last look that ended badly found, a line for each problem."""
        self._clock = clock
        self._next = clock()
        self._again = clock()
        self._seen: str | None = None
        self._work: tuple[subprocess.Popen[bytes], int, float] | None = None
        self._unread = self._kept is not None and os.path.exists(self._kept)  # noqa: PTH110 - as in `locate`
        """Whether there is a kept pack that nobody asked for yet."""
        self._reading = False
        """Whether the process at work reads it."""

    @property
    def busy(self) -> bool:
        """Return whether a check runs."""
        return self._work is not None

    @property
    def why(self) -> str:
        """Return the first problem that the last look found; nothing where it found none."""
        return self.problems.partition("\n")[0] if self.outcome == "bad" else ""

    def look_now(self) -> None:
        """Look at the files at the next turn, also where they were looked at before."""
        self._seen = None
        self._next = self._clock()
        self.outcome = None

    def turn(self) -> bool:
        """Go on with what is to be done, and tell whether there is another pack now."""
        if self._work is not None:
            return self._collect()
        if self._unread:
            self._unread, self._reading = False, True
            self._start(KEPT_MODULE, [str(self._kept)])
        elif self._clock() >= self._next:
            self._next = self._clock() + EVERY
            self._look()
        return False

    def close(self) -> None:
        """Stop a check, and let the pack go."""
        if self._work is not None:
            self._abandon()
        if self.stored is not None:
            os.close(self.stored.fd)
            self.stored = None

    def _look(self) -> None:
        """Begin a check where the files are others than those that were looked at last."""
        try:
            digest = fingerprint(self.root)
        except DimchatError as error:
            self._bad(error)
            return
        if self.stored is not None and digest == self.stored.digest:
            self._seen = digest
            self.outcome = "same"
        elif digest != self._seen or self._clock() >= self._again:
            self._seen = digest
            self._again = self._clock() + AGAIN
            kept = [str(self._kept)] if self._kept is not None else []
            self._start(PACKING_MODULE, [str(self.root), *kept])

    def _start(self, module: str, arguments: Sequence[str]) -> None:
        try:
            fd = _nameless()
            process = subprocess.Popen(  # noqa: S603 - our own module
                python.command(module, str(fd), *arguments),
                pass_fds=(fd,),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=python.environment(),
                cwd=python.FOLDER,
            )
        except OSError as error:
            self._bad(words.PACK_UNCHECKED.format(reason=error.strerror))
            self._seen = None
            return
        self._work = (process, fd, self._clock() + PATIENCE)

    def _collect(self) -> bool:
        if self._work is None:
            return False
        process, fd, until = self._work
        if process.poll() is None:
            if self._clock() > until:
                self._abandon()
                self._bad(words.PACK_SLOW.format(seconds=PATIENCE))
            return False
        self._work = None
        reading, self._reading = self._reading, False
        told = process.stdout.read().decode("utf-8", "replace").strip() if process.stdout else ""
        if process.stdout:
            process.stdout.close()
        if process.returncode or not told:
            os.close(fd)
            if not reading:
                self._bad(told or words.PACK_ENDED.format(status=process.returncode))
            return False
        if self.stored is not None:
            os.close(self.stored.fd)
        self.stored, self.outcome = Stored(fd, told, str(self.root)), None if reading else "taken"
        return True

    def _bad(self, problems: object) -> None:
        self.outcome, self.problems = "bad", str(problems)

    def _abandon(self) -> None:
        if self._work is None:
            return
        process, fd, _ = self._work
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
        os.close(fd)
        self._work, self._reading = None, False


def _nameless() -> int:
    """Return a descriptor of a new file that no folder lists."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("dimchat-pack")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
