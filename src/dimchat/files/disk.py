"""Files: reading what is a file and no more of it than wanted, replacing one whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

SUFFIX = ".tmp"
"""Ends the name of a file that is still being written: `.NAME.PID-CHANCE.tmp`, beside its target."""
PRIVATE = 0o600
"""The mode of a file that only its owner may read."""
# A pipe is opened without waiting for its writer, and a link that was put there meanwhile is not followed.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

_PIECE = 1 << 20
"""Bytes that are read at a time."""


def read(path: Path | str, most: int) -> bytes | None:
    """Return the bytes of a file, or None where there are more than wanted.

    Args:
        path: The file; a link at its end is an error, follow it before.
        most: So many bytes are wanted.

    Raises:
        OSError: It cannot be read, is a link, or is a folder, a pipe or a device.
        ValueError: The path can name no file.
    """
    handle = os.open(path, _READ)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Not a regular file", str(path))
        pieces, left = [], most + 1
        while left and (piece := file.read(min(left, _PIECE))):  # asked for all at once, it would take room for it all
            pieces.append(piece)
            left -= len(piece)
    return b"".join(pieces) if left else None


def mapped(path: Path | int) -> memoryview:
    """Return the bytes of a file without reading them: the system does where one is looked at, for all processes once.

    Args:
        path: The file, or the descriptor of an open one, which stays open; as long as its bytes are held it may be
            replaced, but not changed.

    Raises:
        OSError: It cannot be read.
    """
    import mmap  # noqa: PLC0415 - most files are read

    with open(path, "rb", closefd=not isinstance(path, int)) as file:
        if not os.fstat(file.fileno()).st_size:
            return memoryview(b"")  # the system maps no empty file
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def write(path: Path, *data: bytes | memoryview, mode: int | None = None, durable: bool = True) -> None:
    """Replace a file, so that a reader sees the old bytes or all of the new ones, and a crash loses neither.

    A file that is there keeps its mode; a new one gets what the umask leaves. A link is followed: what it
    points at is replaced, the link stays. What is no file, such as a pipe or `/dev/null`, is written to as it is.

    Args:
        path: The file; its folder must be there.
        data: What it is to hold, one part after the other.
        mode: The mode whatever was before, such as `PRIVATE`.
        durable: Whether to wait until the disk has the bytes; a cache need not.

    Raises:
        OSError: It cannot be written; what was there before still is, and nothing else is left behind.
    """
    try:
        _write(path, data, mode, durable=durable)
    except OSError as error:
        error.filename, error.filename2 = os.fspath(path), None  # not the name of what was to become the file
        raise


def _write(path: Path, data: tuple[bytes | memoryview, ...], mode: int | None, *, durable: bool) -> None:
    target = path.resolve()
    try:
        there = path.stat().st_mode
    except FileNotFoundError:
        there = None
    if there is not None and not stat.S_ISREG(there) and not stat.S_ISDIR(there):
        path.write_bytes(b"".join(data))
        return
    fresh = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}{SUFFIX}")
    wanted = mode if mode is not None or there is None else stat.S_IMODE(there)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), wanted or 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            for part in data:
                file.write(part)
            file.flush()
            if wanted is not None:
                fresh.chmod(wanted)  # the umask took bits from what `open` was told
            if durable:
                os.fsync(file.fileno())
        fresh.replace(target)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def reason(error: Exception) -> str:
    """Return why the system refused, in its words.

    >>> reason(PermissionError(13, "Permission denied"))
    'permission denied'
    """
    return (getattr(error, "strerror", None) or str(error)).lower()


def printable(path: Path | str) -> str:
    r"""Return a path as text that any stream can print and no terminal obeys, though its name may be no valid text.

    >>> printable("answers/\x1b[31m.yaml")
    'answers/\\x1b[31m.yaml'
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def stays_in(path: Path, folder: Path) -> bool:
    """Return whether a path that begins with a folder leads to something in that folder, links followed."""
    part, top = os.fspath(path), len(os.fspath(folder))
    while len(part) > top:
        if os.path.islink(part):  # noqa: PTH114 - this runs for each file at each start
            return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
        part = os.path.dirname(part)  # noqa: PTH120 - as above
    return True
