"""Checks a pack and writes its index into a descriptor: `python -m dimchat.kiosk.check_pack FD FOLDER [KEPT]`."""

from __future__ import annotations

import mmap
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.errors import DimchatError

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant
    from dimchat.model import Pack


FAILED = 1


def pack_into(fd: int, root: Path, kept: Path | None = None) -> str | None:
    """Write a pack that passes `dimchat check` into a descriptor and return its digest; None where it does not.

    Args:
        fd: Of an empty file.
        root: The folder of the pack.
        kept: The file that keeps it over a restart; a full disk keeps the one before.
    """
    from dimchat.index import open_pack, prebuilt  # noqa: PLC0415
    from dimchat.kiosk.last_good import keep  # noqa: PLC0415 - a visitor's process needs none of these
    from dimchat.pack import fingerprint  # noqa: PLC0415
    from dimchat.release.proving import errors_in  # noqa: PLC0415

    before = fingerprint(root)
    if errors_in(root):
        return None
    data = prebuilt.to_bytes(*open_pack(root))
    if fingerprint(root) != before:  # edited meanwhile: what was checked and what was read may differ
        return None
    with open(fd, "wb", closefd=False) as file:
        file.write(data)
    if kept is not None:
        keep(kept, data)
    return before


def unpack(fd: int, digest: str, root: str) -> tuple[Pack, Assistant]:
    """Return what `pack_into` wrote, ready to answer.

    Raises:
        IndexFileError: The data is damaged, or of another pack.
    """
    from dimchat.index import prebuilt  # noqa: PLC0415 - the parent imports this module's neighbours only

    with mmap.mmap(fd, 0, access=mmap.ACCESS_READ) as mapped:
        data = bytes(mapped)
    opened = prebuilt.from_bytes(data, digest, Path(root))
    return opened.pack, opened.assistant()


def main() -> int:
    """Do it, and print the digest."""
    try:
        digest = pack_into(int(sys.argv[1]), Path(sys.argv[2]), *map(Path, sys.argv[3:4]))
    except (DimchatError, OSError):
        return FAILED
    if digest is None:
        return FAILED
    os.write(1, digest.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
