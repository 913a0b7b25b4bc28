"""A visitor's process: a stand-in, or a real one with another clock, which two signals make fail from within."""

from __future__ import annotations

import os
import signal
import site
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(sys.argv[1])  # where dimchat lies: the stand starts this without `site`

from clock import Clock
from standin import FAULT, visit

if TYPE_CHECKING:
    from dimchat.apps.base.app import OpenAssistant, OpenRecorder
    from dimchat.apps.stand.app import KioskApp
    from dimchat.kiosk.stand_settings import Settings
    from dimchat.visit.signals import Link
    from dimchat.wording import Catalogue

QUICK = 0.02
"""Real seconds between looks at the clock, and between signs of life: time passes faster here."""


def main() -> int:
    """Hold one visit: a real one each so many times."""
    clock = Clock(Path(sys.argv[2]))
    if clock.start() % int(sys.argv[3]):
        return visit(clock, sys.argv[4:])
    site.main()
    return real_visit(clock, sys.argv[4:])


def real_visit(clock: Clock, arguments: list[str]) -> int:
    """Hold a visit as dimchat does, but for the clock."""
    from dimchat.apps.stand import app as kiosk  # noqa: PLC0415 - a stand-in needs nothing of all this
    from dimchat.apps.stand.app import run_visitor  # noqa: PLC0415

    kiosk.TICK = kiosk.BEAT = QUICK

    def make(
        open_assistant: OpenAssistant, *, settings: Settings, link: Link, open_recorder: OpenRecorder, words: Catalogue
    ) -> KioskApp:
        clock.take(real=True)
        app = kiosk.KioskApp(
            open_assistant,
            settings=settings,
            link=link,
            clock=clock.now,
            today=clock.today,
            open_recorder=open_recorder,
            words=words,
        )
        tick = app.tick

        def watched() -> None:
            now = clock.now()
            tick()
            clock.saw(now)

        def fail() -> None:
            raise RuntimeError(app.home.prompt.value)

        def fail_in_thread() -> None:
            app.run_worker(fail, thread=True)

        app.tick = watched  # type: ignore[method-assign]
        signal.signal(signal.SIGUSR1, lambda *_: app.loop and app.loop.call_soon_threadsafe(app.call_later, fail))
        signal.signal(signal.SIGUSR2, lambda *_: app.loop and app.loop.call_soon_threadsafe(fail_in_thread))
        return app

    return run_visitor(arguments, make)


if __name__ == "__main__":
    try:
        status = main()
    except Exception:  # noqa: BLE001 - as in the real one
        status = FAULT
    os._exit(status)
