"""How the server passes a visitor's connections on, and what the processes say to each other.

The server says one thing to the forker, a `Handover`, with two descriptors beside it: the visitor's connection, and
one end of a channel for the visitor's process. The forker answers with the number of that process. The process says
`Signal`s; when the server closes the channel, that means "end". A visitor of the page has more than one connection:
the further ones come through the channel, each with the signal `CALL`.
"""

from __future__ import annotations

import json
import socket
from dataclasses import asdict, dataclass, field

MOST = 65536
"""Bytes of the longest handover."""
DESCRIPTORS = 2
VISIT, API, ANSWER = "visit", "api", "answer"
"""What a process is for: a visitor; the requests of the API, whose connections come through the one that it is given;
or to answer what is asked on that connection."""
CLIENT, ANSWERER = b"c", b"a"
"""What comes to the API with a descriptor: the connection of a client, or one to a process that answers."""


@dataclass(frozen=True, slots=True)
class Handover:
    """What a new process is to know: what it is for, a request for a websocket, and the settings for this visit."""

    idle: float
    """Seconds of silence after which the conversation ends; 0 for never."""
    notice_at: float
    """Seconds of silence after which the visitor is warned."""
    headers: dict[str, str] = field(default_factory=dict)
    """Of the terminal: those of the request that belong to the websocket."""
    width: int = 80
    height: int = 24
    role: str = VISIT
    lost: int = 0
    """How many rows of the journal other visitors' processes could not keep, and could not tell it of."""

    def request(self) -> bytes:
        """Return the request for the websocket, as it would have come through the connection."""
        lines = ["GET /ws HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers.items())]
        return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1", "replace")


def hand_over(forker: socket.socket, handover: Handover, connection: int, channel: int) -> None:
    """Send a handover with the descriptors of a connection and of a channel.

    Raises:
        OSError: The forker is gone.
    """
    socket.send_fds(forker, [json.dumps(asdict(handover)).encode() + b"\n"], [connection, channel])


def take_over(forker: socket.socket) -> tuple[Handover, socket.socket, socket.socket] | None:
    """Wait for a handover, and return it with the connection and the channel; None when the server is gone."""
    data, sockets = b"", []
    while not data.endswith(b"\n"):
        more, descriptors, _, _ = socket.recv_fds(forker, MOST, DESCRIPTORS)
        if not more:
            return None
        data += more
        sockets += [socket.socket(fileno=descriptor) for descriptor in descriptors]
    connection, channel = sockets
    return Handover(**json.loads(data)), connection, channel
