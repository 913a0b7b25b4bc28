"""A server of PostgreSQL of our own, and a database of a fleet in it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dimchat.journal.fleet.database import database_at

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from fleet_faults import week
from fleet_server import FAST, Server, missing, served

if TYPE_CHECKING:
    from dimchat.journal.fleet.database import Database

__all__ = ["FAST", "Fleet", "Server", "missing", "served", "week"]


@dataclass(frozen=True)
class Fleet:
    """A database of a fleet that holds nothing yet."""

    server: Server
    name: str

    def at(self, user: str = "owner") -> str:
        return self.server.address(self.name, user)

    def database(self, user: str = "owner") -> Database:
        return database_at(self.at(user))

    def rows(self, select: str, user: str = "owner") -> list[Any]:
        with self.database(user).connect() as connection:
            return connection.execute(select).fetchall()
