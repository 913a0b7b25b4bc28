"""Starts the stand."""

from __future__ import annotations

import signal
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.errors import UsageError
from dimchat.kiosk.hardening import deaden_signals, forbid_core_dumps, forbid_reading
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from dimchat.kiosk.settings import Settings

ENDING = ("SIGTERM", "SIGHUP")


def run_kiosk(settings: Settings) -> int:
    """Run the stand until the staff, or a signal, ends it; return the exit status.

    Raises:
        UsageError: There is no terminal, or this platform has none that can be kept.
        PackError: There is no pack.
    """
    if sys.platform == "win32":
        raise UsageError(words.NO_WINDOWS)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(words.NO_TERMINAL)
    from dimchat.kiosk.child import spawner  # noqa: PLC0415 - what they build on is not there on Windows
    from dimchat.kiosk.shelf import Shelf  # noqa: PLC0415
    from dimchat.kiosk.supervisor import Supervisor  # noqa: PLC0415
    from dimchat.kiosk.terminal import Terminal  # noqa: PLC0415
    from dimchat.kiosk.watchdog import Watchdog  # noqa: PLC0415

    forbid_core_dumps()
    forbid_reading()
    deaden_signals()
    supervisor = Supervisor(
        terminal=Terminal(),
        shelf=Shelf(Path(settings.pack) if settings.pack else None, time.monotonic),
        spawn=spawner(settings),
        clock=time.monotonic,
        today=date.today,
        watchdog=Watchdog.from_environment(),
    )
    for name in ENDING:
        signal.signal(getattr(signal, name), lambda *_: supervisor.end())
    return supervisor.run()
