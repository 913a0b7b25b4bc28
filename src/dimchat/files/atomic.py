"""Replacing a file whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".tmp"
"""Ends the name of a file that is still being written: `.NAME.PID-CHANCE.tmp`, beside its target."""
PRIVATE = 0o600
"""The mode of a file that only its owner may read."""


def write(path: Path, data: bytes, *, mode: int | None = None, durable: bool = True) -> None:
    """Replace a file, so that a reader sees the old bytes or all of the new ones, and a crash loses neither.

    A file that is there keeps its mode; a new one gets what the umask leaves. A link is followed: what it
    points at is replaced, the link stays. What is no file, such as a pipe or `/dev/null`, is written to as it is.

    Args:
        path: The file; its folder must be there.
        data: What it is to hold.
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


def _write(path: Path, data: bytes, mode: int | None, *, durable: bool) -> None:
    target = path.resolve()
    there = _mode_of(path)
    if there is not None and not stat.S_ISREG(there) and not stat.S_ISDIR(there):
        path.write_bytes(data)
        return
    fresh = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}{SUFFIX}")
    wanted = mode if mode is not None or there is None else stat.S_IMODE(there)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), wanted or 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
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


def _mode_of(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
