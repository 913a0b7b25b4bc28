"""Starts one visitor's process."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from dimchat.apps.base.reply_lines import lines_of
from dimchat.apps.chat.app import CRASHED
from dimchat.apps.stand.app import RESET, KioskApp, make_kiosk
from dimchat.journal import Opener, load_early
from dimchat.kiosk.check_pack import unpack
from dimchat.kiosk.stand_settings import Settings
from dimchat.visit import limits
from dimchat.visit.limits import deaden_signals, forbid_core_dumps, forbid_reading
from dimchat.visit.signals import Link, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dimchat.apps.base.session import Asks
    from dimchat.apps.chat.app import OpenAssistant, OpenRecorder
    from dimchat.model import Pack

ENDING = ("SIGTERM", "SIGHUP")
FACE = "kiosk"
CLOSING = 0.5
"""Seconds in which the journal is written once a visit is over; the next visitor does not wait longer."""


def run_visitor(arguments: Sequence[str], make: Callable[..., KioskApp] = make_kiosk) -> int:
    """Load the pack, wait for the terminal, hold one visit, and return the exit status.

    Args:
        arguments: The settings, the descriptor of the pack, its digest, its folder, the descriptor of the link.
        make: What makes the app.
    """
    settings, fd, digest, root, link_fd = arguments
    link = Link.from_descriptor(int(link_fd))
    _harden()
    pack, assistant = unpack(int(fd), digest, root)
    lines_of("")  # imports the parser
    stand = Settings.from_json(settings)
    load_early(stand.journal)
    limits.limit_visit()
    link.send(Signal.READY)
    lost = 0
    while (sign := link.wait()) is Signal.LOST:
        lost += 1
    if sign is not Signal.GO:
        return RESET
    opener = Opener(stand.journal, FACE, lost)
    try:
        app = make(lambda: (pack, limits.Limited(assistant)), settings=stand, link=link, open_recorder=opener)
        app.at_beat = limits.limit_processor
        return _run(app)
    finally:
        link.send(Signal.LOST, opener.close(CLOSING).untold)


def run_once(open_assistant: OpenAssistant, settings: Settings, open_recorder: OpenRecorder | None = None) -> int:
    """Hold one visit without a parent, and return the exit status: 0 when it ended, 1 after a fault.

    Args:
        open_assistant: Returns the pack and the assistant.
        settings: How the stand behaves.
        open_recorder: Returns what takes note of the replies; closing it is the caller's.

    Raises:
        DimchatError: The pack cannot be opened.
    """
    limited = sys.platform != "win32"
    if limited:
        _harden()

    def open_limited() -> tuple[Pack, Asks]:
        pack, assistant = open_assistant()
        limits.limit_visit()
        return pack, limits.Limited(assistant)

    app = make_kiosk(open_limited if limited else open_assistant, settings=settings, open_recorder=open_recorder)
    if limited:
        app.at_beat = limits.limit_processor
    status = _run(app)
    if app.failure is not None:
        raise app.failure
    return status


def _harden() -> None:
    forbid_core_dumps()
    forbid_reading()
    deaden_signals()


def _run(app: KioskApp) -> int:
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]  # set but empty means colour; Textual takes it for a no
    for name in ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: app.leave_with(RESET))
    app.run()
    return CRASHED if app.return_code is None else app.return_code
