"""Why a conversation ended: the code that closes its websocket. static/page.js knows them too."""

from __future__ import annotations

from enum import IntEnum


class Ending(IntEnum):
    """One reason."""

    LEFT = 4000
    """The visitor left."""
    AGAIN = 4001
    """The kiosk was reset: the next visit begins."""
    IDLE = 4002
    """The visitor was silent for too long."""
    FULL = 4003
    """There is no place."""
    FAILED = 4004
    """A fault."""
    STOPPED = 4005
    """The server ends."""
    CROWDED = 4006
    """There is no place for one more from this address."""
