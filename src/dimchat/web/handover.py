"""How the server passes a visitor's connection on to the visitor's process, and what the two say to each other.

The server says one thing, `Handover`, with the connection's descriptor beside it; closing the channel means "end". The
process answers with single bytes, so that no word of a visitor can travel.
"""

from __future__ import annotations

import json
import socket
from dataclasses import asdict, dataclass

READY = b"r"
"""From the process: the pack is open."""
BEAT = b"b"
"""From the process: it is alive."""
DRAWN = b"d"
"""From the process: the first screen went out."""
MOST = 65536
"""Bytes of the longest handover."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A request for a websocket, and the settings for this visit."""

    headers: dict[str, str]
    """Those of the request that belong to the websocket."""
    width: int
    height: int
    idle: float
    """Seconds of silence after which the conversation ends; 0 for never."""
    notice_at: float
    """Seconds of silence after which the visitor is warned."""

    def request(self) -> bytes:
        """Return the request for the websocket, as it would have come through the connection."""
        lines = ["GET /ws HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers.items())]
        return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1", "replace")


def hand_over(channel: socket.socket, handover: Handover, descriptor: int) -> None:
    """Send a handover with the descriptor of a connection.

    Raises:
        OSError: The process is gone.
    """
    socket.send_fds(channel, [json.dumps(asdict(handover)).encode() + b"\n"], [descriptor])


def take_over(channel: socket.socket) -> tuple[Handover, socket.socket] | None:
    """Wait for a handover, and return it with the connection; None when the server wants no more."""
    data, connection = b"", None
    while not data.endswith(b"\n"):
        more, descriptors, _, _ = socket.recv_fds(channel, MOST, 1)
        if not more:
            return None
        data += more
        for descriptor in descriptors:
            connection = socket.socket(fileno=descriptor)
    if connection is None:
        return None
    return Handover(**json.loads(data)), connection
