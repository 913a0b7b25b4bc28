"""Which answers a stand or a server follows: a value that is passed to the process that fetches them."""

from __future__ import annotations

import json
import socket
from dataclasses import asdict, dataclass

EVERY = 300.0
"""Seconds between two looks, a fifth more or less by chance, so that forty stands do not ask at once."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Where answers come from, and whose they are."""

    source: str
    """An address, or a folder."""
    keys: tuple[str, ...]
    """Files of public keys."""
    stand: str
    folder: str
    """Where the fetched answers are kept."""
    every: float = EVERY
    allow_rollback: bool = False

    def to_json(self) -> str:
        """Return the settings for `from_json`."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Follow:
        """Return the settings that `to_json` wrote."""
        values = json.loads(text)
        return cls(**{**values, "keys": tuple(values["keys"])})


def own_name() -> str:
    """Return the name of a stand that nobody named: that of the machine, as a stand may be called."""
    name = "".join(char if char.isascii() and char.isalnum() else "-" for char in socket.gethostname().casefold())
    return (name.strip("-0123456789") or "stand")[:40].rstrip("-")
