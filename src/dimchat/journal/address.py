"""The address of a journal: a URL, so that other databases can follow."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from dimchat.errors import JournalError

FILE = "journal.db"
OUTBOX_FILE = "outbox.db"
_SQLITE = "sqlite"
_SLASHES = "sqlite:///"


def default_url(name: str = FILE) -> str:
    """Return the address of the journal, or of an outbox, in the platform's place for a user's data.

    Raises:
        JournalError: The system names no such place.
    """
    from platformdirs import user_data_path  # noqa: PLC0415 - dear to import, and only the journal needs it

    try:
        folder = user_data_path("dimchat", appauthor=False)
    except (RuntimeError, OSError):
        folder = Path()
    if not folder.is_absolute():
        raise JournalError("this system names no place for a journal: give its address with --journal-url")
    return url_of(folder / name)


def url_of(file: Path) -> str:
    """Return the address of a journal in a file; what has a meaning in a URL, or is no UTF-8, is quoted."""
    return _SLASHES + quote_from_bytes(os.fsencode(file.absolute().as_posix()), safe="/:")


def file_of(url: str) -> Path:
    """Return the file that an address names.

    Args:
        url: `sqlite:////absolute/path` or `sqlite:///relative/path`; `%3F` stands for a question mark, and so on.

    Raises:
        JournalError: It is no address, or one of a database that this version does not write.
    """
    scheme, slashes, _ = url.partition("://")
    if not scheme or not slashes:
        raise JournalError(f"{url!r} is no address of a journal: a file is named as {url_of(Path(url or FILE))}")
    scheme = scheme.partition("+")[0].lower()
    if scheme != _SQLITE:
        raise JournalError(f"this version keeps journals in SQLite, not in {scheme!r}: sqlite:////folder/{FILE}")
    name = unquote_to_bytes(url.removeprefix(_SLASHES))
    if not url.startswith(_SLASHES) or "?" in url or b"\0" in name or name in {b"", b":memory:"}:
        raise JournalError(
            f"{url!r} names no file: an address is sqlite:////folder/{FILE}, four slashes for a full path, "
            "with %3F for a question mark and %25 for a percent sign"
        )
    return Path(os.fsdecode(name))


def is_server(address: str) -> bool:
    """Return whether an address names a database server rather than a file."""
    return address.startswith(("postgresql://", "postgres://"))


def make_file(file: Path) -> None:
    """Make the file of a journal, for its owner alone, if it is not there; the folders above it too.

    Raises:
        JournalError: It cannot be made, or is no file that can be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # SQLite gives the files beside it the same mode as this one. A file that is there is never opened here:
        # to close it again would take away the locks that this process holds on it.
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _check(file, os.R_OK | os.W_OK)
        if file.stat().st_mode & 0o077:
            file.chmod(0o600)
    except OSError as error:
        raise JournalError(f"the journal {file} cannot be written: {(error.strerror or str(error)).lower()}") from None


def need_file(file: Path) -> None:
    """Make sure that a journal is there and may be read.

    Raises:
        JournalError: There is none, it is no file, or it may not be read.
    """
    try:
        _check(file, os.R_OK)
    except (FileNotFoundError, NotADirectoryError):
        raise JournalError(f"there is no journal at {file}: dimchat --journal counts, or full, begins one") from None
    except OSError as error:
        raise JournalError(f"the journal {file} cannot be read: {(error.strerror or str(error)).lower()}") from None


def _check(file: Path, rights: int) -> None:
    mode = file.stat().st_mode
    if not stat.S_ISREG(mode):
        number = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
        raise OSError(number, os.strerror(number))
    if not os.access(file, rights):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
