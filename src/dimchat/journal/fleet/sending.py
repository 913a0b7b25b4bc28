"""The process that sends a stand's outbox on, as the stand and the server keep it running; they never see a row."""

from __future__ import annotations

import subprocess
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING

from dimchat.files import python

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import IO

    from dimchat.journal.recording import Switch

SECRETS = ("PGPASSWORD", "PGPASSFILE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""What it may see of the environment besides: passwords and certificates, which no command line shows."""
AGAIN = 60.0
"""Seconds before it is started again where it ended by itself."""
LONGEST_LOG = 1_000_000
"""Bytes after which the file of what it said begins anew."""
GRACE = 5.0
"""Seconds that it has to end in."""


def arguments(switch: Switch) -> list[str]:
    """Return what `dimchat` is told to send the outbox of a switch on; nothing where there is no fleet."""
    fleet = switch.fleet
    if fleet is None:
        return []
    building = ["--building", fleet.building] if fleet.building else []
    password = ["--password-file", fleet.password_file] if fleet.password_file else []
    outbox = ["--outbox", switch.address, "--attached"]
    return ["fleet", "send", "--stand", fleet.stand, *building, *password, *outbox, "--", fleet.address]


class SendingProcess:
    """A process that sends while its parent lives: it ends when the pipe to it is closed, by whatever end."""

    def __init__(
        self,
        switch: Switch,
        clock: Callable[[], float],
        *,
        log: Path | None = None,
        start: Sequence[str] | None = None,
    ) -> None:
        """Take what is needed; `turn` starts it.

        Args:
            switch: With a fleet, as `ready` returned it.
            clock: Seconds, never set back.
            log: The file to which what it says of failures is added; None for our own stderr.
            start: The program; None for the usual one.
        """
        self._command = [*(start or python.command("dimchat")), *arguments(switch)]
        self._clock = clock
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._not_before = clock()

    def turn(self) -> None:
        """Start it where it does not run."""
        if self._process is not None and self._process.poll() is not None:
            self._let_go()
            self._not_before = self._clock() + AGAIN
        if self._process is None and self._clock() >= self._not_before:
            self._not_before = self._clock() + AGAIN
            with suppress(OSError), self._said() as said:  # no process or no memory is left just now
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    env=python.environment(*SECRETS),
                    cwd=python.FOLDER,
                )

    def _said(self) -> AbstractContextManager[IO[bytes] | int | None]:
        """Return where it says what fails: the file, begun anew where it has grown too long."""
        if self._log is None:
            return nullcontext()
        try:
            self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            grown = self._log.exists() and self._log.stat().st_size > LONGEST_LOG
            return self._log.open("wb" if grown else "ab")
        except OSError:
            return nullcontext(subprocess.DEVNULL)  # a full disk must not keep rows from leaving it

    def close(self) -> None:
        """End it; what it did not send waits in the outbox."""
        if self._process is None:
            return
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._let_go()

    def _let_go(self) -> None:
        if self._process is not None:
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process.wait()
            self._process = None
