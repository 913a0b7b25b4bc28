"""Tells systemd that the stand lives, where systemd asked for it."""

from __future__ import annotations

import os
import socket
from contextlib import suppress


class Watchdog:
    """Speaks the protocol of sd_notify(3)."""

    def __init__(self, address: str | None = None) -> None:
        """Take the socket's address, usually from NOTIFY_SOCKET; None says nothing to anybody."""
        self._address = "\0" + address[1:] if address and address.startswith("@") else address

    @classmethod
    def from_environment(cls) -> Watchdog:
        """Return the watchdog that the service manager asked for."""
        return cls(os.environ.get("NOTIFY_SOCKET"))

    def say(self, state: str) -> None:
        """Send a state, such as `READY=1` or `WATCHDOG=1`."""
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
            link.sendto(state.encode(), self._address)
