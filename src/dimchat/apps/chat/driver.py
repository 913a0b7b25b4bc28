"""Which driver the app gets: ours on a POSIX terminal, else Textual's own choice."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from textual import constants

if TYPE_CHECKING:
    from textual.driver import Driver


def driver_class() -> type[Driver] | None:
    """Return the driver for this platform, or None where Textual's own choice is right."""
    if sys.platform == "win32" or constants.DRIVER is not None:
        return None
    from dimchat.apps.base.terminal import SturdyDriver  # noqa: PLC0415 - what it builds on is not there on Windows

    return SturdyDriver
