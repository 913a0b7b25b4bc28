"""Starts the stand."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.errors import UsageError
from dimchat.files import python
from dimchat.journal import ready
from dimchat.kiosk.last_good import locate
from dimchat.kiosk.pin import state_folder
from dimchat.visit.limits import deaden_signals, forbid_core_dumps, forbid_reading
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dimchat.kiosk.pack_watch import Stored
    from dimchat.kiosk.stand_settings import Settings
    from dimchat.kiosk.supervisor import Supervisor
    from dimchat.release.follow_settings import Follow

ENDING = ("SIGTERM", "SIGHUP")
PROGRAM = tuple(python.command("dimchat.apps.stand"))
"""Starts a visitor's process, with a few arguments more."""


def run_kiosk(settings: Settings, follow: Follow | None = None) -> int:
    """Run the stand until the staff, or a signal, ends it; return the exit status.

    Args:
        settings: What the operator chose.
        follow: Where newer answers come from; None where the pack's files are all there is.

    Raises:
        DimchatError: It cannot start; see `startable`.
    """
    settings = startable(settings)
    forbid_reading()
    return keep(make_supervisor(settings, follow=follow))


def startable(settings: Settings) -> Settings:
    """Return the settings of a stand that can start, with the full address of its journal.

    The stand asks here before it starts, and so does its self-test: what one refuses the other does not promise.

    Raises:
        UsageError: There is no terminal, or this platform has none that can be kept.
        JournalError: The journal cannot be written, or its extra is not installed.
        PackError: There is no pack, and none was kept.
    """
    if sys.platform == "win32":
        raise UsageError(words.NO_WINDOWS)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(words.NO_TERMINAL)
    locate(Path(settings.pack) if settings.pack else None, state_folder())
    return replace(settings, journal=ready(settings.journal))


def make_supervisor(
    settings: Settings,
    *,
    follow: Follow | None = None,
    clock: Callable[[], float] = time.monotonic,
    today: Callable[[], date] = date.today,
    program: Sequence[str] | None = None,
) -> Supervisor:
    """Return what keeps the stand.

    Args:
        settings: What the operator chose.
        follow: Where newer answers come from; None for nowhere.
        clock: Seconds, never set back.
        today: The day that is counted.
        program: What starts a visitor's process; None for dimchat's own.

    Raises:
        PackError: There is no pack, and none was kept.
    """
    from dimchat.journal.fleet.sending import SendingProcess  # noqa: PLC0415
    from dimchat.kiosk.pack_watch import PackWatch  # noqa: PLC0415
    from dimchat.kiosk.supervisor import Supervisor  # noqa: PLC0415
    from dimchat.kiosk.terminal import Terminal, Watchdog  # noqa: PLC0415
    from dimchat.release.following import Follower  # noqa: PLC0415
    from dimchat.release.life_signs import LifeSigns, sign_file  # noqa: PLC0415
    from dimchat.visit.process import StartedProcess  # noqa: PLC0415 - what they build on is not there on Windows

    def spawn(stored: Stored) -> StartedProcess:
        command = [*(program or PROGRAM), settings.to_json(), str(stored.fd), stored.digest, stored.root]
        return StartedProcess(command, (stored.fd,), stored.digest)

    return Supervisor(
        terminal=Terminal(),
        packs=PackWatch(Path(settings.pack) if settings.pack else None, clock, state_folder()),
        answers=Follower(follow, clock) if follow is not None else None,
        life=LifeSigns(sign_file(state_folder().parent, settings.stand)) if settings.stand is not None else None,
        sending=SendingProcess(settings.journal, clock, log=log_file()) if settings.journal.fleet is not None else None,
        spawn=spawn,
        clock=clock,
        today=today,
        watchdog=Watchdog.from_environment(),
    )


def log_file() -> Path | None:
    """Return where is said what fails beside visits: a file where stderr is the visitors' terminal, else None."""
    return state_folder() / "log" if os.isatty(2) else None


def keep(supervisor: Supervisor) -> int:
    """Let it keep the stand until it, or a signal, ends; return the exit status."""
    forbid_core_dumps()
    deaden_signals()
    for name in ENDING:
        signal.signal(getattr(signal, name), lambda *_: supervisor.end())
    return supervisor.run()
