"""Where a journal lies: an address is a URL, so that another kind of database can follow."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dimchat.errors import JournalError

FILE = "journal.db"
_SQLITE = "sqlite"
_SLASHES = "sqlite:///"


def default_url() -> str:
    """Return the address of the journal in the platform's place for a user's data.

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
    return url_of(folder / FILE)


def url_of(file: Path) -> str:
    """Return the address of a journal in a file."""
    return _SLASHES + file.absolute().as_posix()


def file_of(url: str) -> Path:
    """Return the file that an address names.

    Args:
        url: `sqlite:////absolute/path` or `sqlite:///relative/path`.

    Raises:
        JournalError: It is no address, or one of a database that this version does not write.
    """
    scheme = urlsplit(url).scheme.partition("+")[0]
    if not scheme or "://" not in url:
        raise JournalError(f"{url!r} is no address of a journal: a file is named as {url_of(Path(url or FILE))}")
    if scheme != _SQLITE:
        raise JournalError(f"this version keeps journals in SQLite, not in {scheme!r}: sqlite:////folder/{FILE}")
    if not url.startswith(_SLASHES) or len(url) == len(_SLASHES) or "?" in url:
        raise JournalError(
            f"{url!r} names no file: an address is sqlite:////folder/{FILE}, four slashes for a full path"
        )
    return Path(unquote(url[len(_SLASHES) :]))


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
        if not stat.S_ISREG(file.stat().st_mode) or not os.access(file, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if file.stat().st_mode & 0o077:
            file.chmod(0o600)
    except OSError as error:
        raise JournalError(f"the journal {file} cannot be written: {(error.strerror or str(error)).lower()}") from None
