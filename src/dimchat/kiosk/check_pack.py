"""Checks a pack and writes its index into a descriptor: `python -m dimchat.kiosk.check_pack FD FOLDER [KEPT]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.errors import DimchatError, PackError
from dimchat.files import disk
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant
    from dimchat.model import Pack


FAILED = 1
SAID = 8192
"""Bytes of what is said of a pack that does not pass: less than a pipe holds, since it is read at the end."""


def pack_into(fd: int, root: Path, kept: Path | None = None) -> str:
    """Write a pack that passes `dimchat check` into a descriptor, and return its digest.

    Args:
        fd: Of an empty file.
        root: The folder of the pack.
        kept: The file that keeps it over a restart; a full disk keeps the one before.

    Raises:
        DimchatError: It does not pass, or was edited meanwhile.
    """
    from dimchat.index import open_pack, prebuilt  # noqa: PLC0415
    from dimchat.kiosk.last_good import keep  # noqa: PLC0415 - a visitor's process needs none of these
    from dimchat.pack import fingerprint  # noqa: PLC0415
    from dimchat.release.proving import errors_in  # noqa: PLC0415

    before = fingerprint(root)
    if errors := errors_in(root):
        raise PackError(errors)
    data = prebuilt.to_bytes(*open_pack(root))
    if fingerprint(root) != before:  # edited meanwhile: what was checked and what was read may differ
        raise DimchatError(words.PACK_EDITED)
    with open(fd, "wb", closefd=False) as file:
        file.write(data)
    if kept is not None:
        keep(kept, data)
    return before


def unpack(fd: int, digest: str, root: str) -> tuple[Pack, Assistant]:
    """Return what `pack_into` wrote, ready to answer: mapped, so that all processes that do so share it.

    Raises:
        IndexFileError: The data is damaged, or of another pack.
    """
    from dimchat.index import prebuilt  # noqa: PLC0415 - the parent imports this module's neighbours only

    opened = prebuilt.from_bytes(disk.mapped(fd), digest, Path(root))
    return opened.pack, opened.assistant()


def main() -> int:
    """Do it, and print the digest; or what is wrong, and return 1."""
    try:
        told, status = pack_into(int(sys.argv[1]), Path(sys.argv[2]), *map(Path, sys.argv[3:4])), 0
    except (DimchatError, OSError) as error:
        told, status = str(error), FAILED
    os.write(1, told.encode("utf-8", "replace")[:SAID])
    return status


if __name__ == "__main__":
    sys.exit(main())
