"""The stand under test: `dimchat kiosk` with another clock. Unlike the real one it lets its memory be read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from clock import Clock

import dimchat
from dimchat.kiosk.stand_settings import Settings
from dimchat.kiosk.start import keep, make_supervisor

VISITOR = Path(__file__).with_name("visitor.py")


def main() -> int:
    """Keep the stand; the arguments are the settings, the file of the clock, and which visitors are real."""
    settings, file, every = sys.argv[1:]
    clock = Clock(Path(file))
    supervisor = make_supervisor(
        Settings.from_json(settings),
        clock=clock.now,
        today=clock.today,
        # A stand-in needs no installed package but dimchat: without `site` it starts in a third of the time.
        program=(sys.executable, "-S", str(VISITOR), str(Path(dimchat.__file__).parents[1]), file, every),
    )
    turn = supervisor.turn

    def counted() -> None:
        turn()
        clock.turned(warm=supervisor.spare is not None and supervisor.spare.ready)

    supervisor.turn = counted  # type: ignore[method-assign] # so that the watcher knows when it has noticed something
    return keep(supervisor)


if __name__ == "__main__":
    os._exit(main())
