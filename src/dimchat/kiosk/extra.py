"""The library that only the kiosk needs: an extra of the package."""

from __future__ import annotations

from importlib.util import find_spec

from dimchat.errors import UsageError
from dimchat.wording.measures import NEEDS_EXTRA


def need_extra() -> None:
    """Make sure of the extra `kiosk` before a visitor's process would end for want of it.

    Raises:
        UsageError: It is not installed; the message says how to install it.
    """
    if find_spec("segno") is None:
        raise UsageError(NEEDS_EXTRA.format(module="segno", extra="kiosk"))
