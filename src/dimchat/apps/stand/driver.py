"""The chat's driver without a way to suspend."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

from textual import constants

if TYPE_CHECKING:
    from textual.driver import Driver

JOB_SIGNALS = ("SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGCONT")


def driver_class() -> type[Driver] | None:
    """Return the driver for this platform, or None where Textual's own choice is right: a browser's."""
    if sys.platform == "win32" or constants.DRIVER is not None:
        return None
    from dimchat.apps.base.terminal import SturdyDriver  # noqa: PLC0415 - what it builds on is not there on Windows

    class LockedDriver(SturdyDriver):
        """Ignores what a shell's job control would send, which Textual's own handlers obey."""

        @property
        def can_suspend(self) -> bool:
            """Return that it cannot."""
            return False

        def start_application_mode(self) -> None:
            """Take the terminal, and ignore the signals that Textual listens to."""
            _ignore()
            super().start_application_mode()  # type: ignore[no-untyped-call] # Textual leaves it so
            _ignore()

    return LockedDriver


def _ignore() -> None:
    for name in JOB_SIGNALS:
        signal.signal(getattr(signal, name), signal.SIG_IGN)
