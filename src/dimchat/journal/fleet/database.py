"""The fleet's database: its address, who may come near it, and what keeps a password out of sight."""

from __future__ import annotations

import ipaddress
import os
import ssl
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg
import sqlalchemy as sa
from psycopg.conninfo import conninfo_to_dict

from dimchat.errors import JournalError
from dimchat.journal.address import is_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = "dimchat"
"""The schema of PostgreSQL in which everything of ours lies."""
_FORM = "postgresql://NAME@HOST/DATABASE"
_PLAIN = frozenset({"allow", "prefer"})
_SETTINGS = {
    "search_path": SCHEMA,
    "synchronous_commit": "on",  # what is acknowledged is on the disk, whatever the server's default
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
}
_DEFAULTS = {"connect_timeout": "10", "tcp_user_timeout": "60000", "application_name": "dimchat"}


@dataclass(frozen=True)
class Database:
    """A database of PostgreSQL and how to get there; what is printed of it shows no password."""

    parameters: dict[str, str]
    """Of libpq, without a password."""
    password: str | None = field(default=None, repr=False)
    """None to leave it to libpq: PGPASSWORD, or a file that PGPASSFILE names."""

    def __str__(self) -> str:
        """Return host and name."""
        port = self.parameters.get("port")
        return f"{self.parameters['host']}{f':{port}' if port else ''}/{self.parameters['dbname']}"

    def connect(self, *, autocommit: bool = True) -> psycopg.Connection[Any]:
        """Return a connection.

        Args:
            autocommit: Whether a statement outside of a block of its own is kept at once.

        Raises:
            JournalError: The database cannot be reached, or refuses.
        """
        options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        given = {**_DEFAULTS, **self.parameters, **({} if self.password is None else {"password": self.password})}
        with self.saying():
            return psycopg.connect(**given, options=options, autocommit=autocommit)  # type: ignore[arg-type]

    def engine(self) -> sa.Engine:
        """Return what SQLAlchemy connects with, once."""
        return sa.create_engine(
            "postgresql+psycopg://", creator=lambda: self.connect(autocommit=False), poolclass=sa.pool.StaticPool
        )

    @contextmanager
    def saying(self) -> Iterator[None]:
        """Turn what PostgreSQL says into our error, on one line.

        Raises:
            JournalError: What it said, and of which database.
        """
        try:
            yield
        except (psycopg.Error, sa.exc.DBAPIError) as error:
            said = getattr(error, "orig", None) or error
            primary = getattr(getattr(said, "diag", None), "message_primary", None)
            text = primary or "; ".join(filter(None, map(str.strip, str(said).splitlines())))
            raise JournalError(f"the database {self}: {text}") from None


def database_at(address: str, password_file: Path | None = None) -> Database:
    """Return the database that an address names.

    Args:
        address: `postgresql://NAME@HOST:PORT/DATABASE?sslmode=...`, with any parameter of libpq but a password.
        password_file: Holds the password; nobody but its owner may read it.

    Raises:
        JournalError: It is no such address, it holds a password, or TLS would not show who answers.
    """
    if not is_server(address):
        raise JournalError(f"this is no address of a database: {_FORM}")
    try:
        found = {name: str(value) for name, value in conninfo_to_dict(address).items()}
    except psycopg.Error:  # its message may hold a part of a password
        raise JournalError(f"the address of the database cannot be read: {_FORM}") from None
    # A slash in a password makes a database of what follows it.
    if set("@/") & set(found.get("dbname", "")) or found.get("port", "").strip(",0123456789"):
        raise JournalError(f"the address of the database cannot be read: {_FORM}")
    if "password" in found or "sslpassword" in found:
        raise JournalError(
            "an address with a password in it is shown to everybody who lists processes: take it out, and give it "
            "with --password-file, PGPASSWORD or PGPASSFILE"
        )
    if not {"host", "dbname"} <= set(found) or {"options", "service"} & set(found):
        raise JournalError(f"the address of a database names its host and the database, and no options: {_FORM}")
    mode = found.get("sslmode")
    if not all(map(_is_here, found["host"].split(","))):
        if mode in _PLAIN:
            raise JournalError(
                f"sslmode={mode} does not say whether {found['host']} is spoken to in the clear: leave it out for "
                "verify-full, or say require, or disable"
            )
        found.setdefault("sslmode", "verify-full")
    if found.get("sslmode") == "verify-full" and not {"sslrootcert", "PGSSLROOTCERT"} & {*found, *os.environ}:
        # The OpenSSL in psycopg's wheels looks for the system's authorities in a folder that no system has.
        found["sslrootcert"] = ssl.get_default_verify_paths().cafile or "system"
    return Database(found, None if password_file is None else _password_in(password_file))


def _is_here(host: str) -> bool:
    """Return whether a host is this machine: by a socket's folder, by name or by number."""
    if not host or host[0] in "/@" or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _password_in(file: Path) -> str:
    try:
        if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise JournalError(f"{file} holds a password and others may read it: chmod 600 {file}")
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "is no UTF-8"
        raise JournalError(f"the password in {file} cannot be read: {reason.lower()}") from None
    password = text.partition("\n")[0].rstrip("\r")
    if not password or "\0" in password:
        raise JournalError(f"{file} holds no password: it stands alone on the first line")
    return password
