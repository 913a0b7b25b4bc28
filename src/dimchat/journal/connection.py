"""A journal's file as SQLite sees it: opened to write, or to read and change nothing. It loads no SQLAlchemy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

from dimchat.errors import JournalError

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 5
"""The version of a journal's tables that this program writes; `migrations/sqlite` leads to it."""
_SETTINGS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")
_NO_FOLDER = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
"""What SQLite says where it cannot make the files that it wants beside a database."""
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_KIND = 0xFF
"""The part of an extended error code that names its kind."""


def to_write(file: Path, patience: float) -> sqlite3.Connection:
    """Return a connection that writes through a log, to the disk, and overwrites what is deleted.

    Args:
        file: The journal; made where it is not there.
        patience: Seconds to wait for another process.

    Raises:
        sqlite3.Error: SQLite cannot open it, or it is no database.
        JournalError: It holds something else, or a newer program wrote it.
    """
    # No transactions by the driver: it would begin them too late.
    connection = sqlite3.connect(file.absolute(), timeout=patience, isolation_level=None)
    try:
        version_in(connection, file)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}").close()
    except BaseException:
        connection.close()
        raise
    return connection


def to_read(file: Path, patience: float) -> sqlite3.Connection:
    """Return a connection that cannot write; it opens a journal in a folder that cannot be written as well.

    Args:
        file: The journal, which is there.
        patience: Seconds to wait for another process.

    Raises:
        sqlite3.Error: SQLite cannot read it, or it is no database.
        JournalError: It holds something else, a newer program wrote it, or what was written last cannot be read here.
    """
    try:
        return _read(file, patience, "mode=ro")
    except sqlite3.OperationalError as error:
        if _kind(error) not in _NO_FOLDER:
            raise
        for log in logs_of(file):
            if log.exists() and log.stat().st_size:
                raise JournalError(
                    f"the journal {file} cannot be read here: what was written last lies in {log.name}, which SQLite "
                    "reads only where it may write beside it; copy both into such a folder"
                ) from error
    # There is no log, so nobody is writing and the file holds everything: it may be taken for one that never changes.
    return _read(file, patience, "mode=ro&immutable=1")


def in_memory() -> sqlite3.Connection:
    """Return a database that holds nothing and lies in no file."""
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def _read(file: Path, patience: float, how: str) -> sqlite3.Connection:
    path = bytes(file.absolute())
    # A path may begin with two slashes, whose first part would be read as the name of a machine.
    address = f"file:{'//' if path.startswith(b'/') else ''}{quote_from_bytes(path)}?{how}"
    connection = sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)
    try:
        version_in(connection, file)
    except BaseException:
        connection.close()
        raise
    return connection


def logs_of(file: Path) -> tuple[Path, Path]:
    """Return where SQLite keeps what is not yet, or not for certain, in the file itself."""
    return file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-journal")


def version_in(connection: sqlite3.Connection, file: Path) -> int:
    """Return the version of the journal in a file, 0 where nothing has been written yet.

    Raises:
        sqlite3.Error: It cannot be read.
        JournalError: It holds something else, or a newer program wrote it.
    """
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not names:
        return 0
    if not {"journal_version", "entry"} <= names:
        raise JournalError(f"{file} is no journal: it is a database that holds something else")
    ((version,),) = connection.execute("SELECT coalesce(max(version), 0) FROM journal_version")
    if version > VERSION:
        raise JournalError(
            f"the journal {file} has version {version}, this dimchat reads up to {VERSION}: use a newer dimchat"
        )
    return int(version)


def try_to_write(file: Path, patience: float) -> None:
    """Open a journal and take the right to write it, as the first row will; a journal that is only busy passes.

    Raises:
        JournalError: No row could be kept there.
    """
    try:
        with closing(to_write(file, patience)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        if _kind(error) not in _BUSY:
            raise unwritable(file, error) from error


def unwritable(file: Path, error: sqlite3.Error) -> JournalError:
    """Return what to say where a journal cannot be written."""
    return JournalError(f"the journal {file} cannot be written: {error}")


def _kind(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & _KIND
