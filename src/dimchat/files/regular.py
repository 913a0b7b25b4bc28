"""Reading what is a file, and no more of it than wanted."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# A pipe is opened without waiting for its writer, and a link that was put there meanwhile is not followed.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def read(path: Path | str, most: int) -> bytes | None:
    """Return the bytes of a file, or None where there are more than wanted.

    Args:
        path: The file; a link at its end is an error, follow it before.
        most: So many bytes are wanted.

    Raises:
        OSError: It cannot be read, is a link, or is a folder, a pipe or a device.
        ValueError: The path can name no file.
    """
    handle = os.open(path, _FLAGS)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Not a regular file", str(path))
        data = file.read(most + 1)
    return data if len(data) <= most else None
