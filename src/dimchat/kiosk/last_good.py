"""The last pack that passed its check, kept on the disk: `python -m dimchat.kiosk.last_good FD FILE` reads it back.

A stand whose pack was broken, or is out of reach, when the power came back starts over this one.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

from dimchat.errors import DimchatError, IndexFileError
from dimchat.files import disk
from dimchat.pack import find_pack
from dimchat.pack.folder import PACK_FILE

FAILED = 1
MOST = 512 * 1024 * 1024
"""Bytes of the largest index that is read back."""


def kept_file(folder: Path, root: Path) -> Path:
    """Return where the pack of a folder is kept, so that a stand over another folder never gets it.

    Args:
        folder: Of the kiosk's state.
        root: Of the pack.
    """
    name = hashlib.sha256(os.fsencode(root.absolute())).hexdigest()[:16]
    return folder / "packs" / f"{name}.index"


def locate(pack: Path | None, state: Path | None) -> tuple[Path, Path | None]:
    """Return the folder of a pack and the file that keeps it; a folder that is gone counts where its pack was kept.

    Args:
        pack: The folder, or its `pack.yaml`; None for the bundled pack.
        state: The folder of the kiosk's state; None where nothing is kept.

    Raises:
        PackError: There is no pack, and none was kept.
    """
    try:
        root = find_pack(pack)
    except DimchatError:
        if pack is None or state is None:
            raise
        root = pack.parent if pack.name == PACK_FILE else pack
        if not os.path.exists(kept_file(state, root)):  # noqa: PTH110 - False too for a folder that may not be read
            raise
    return root, kept_file(state, root) if state is not None else None


def keep(file: Path, data: bytes) -> bool:
    """Keep a pack's index in place of the one before, and tell whether there was room."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        disk.write(file, data, mode=disk.PRIVATE)
        return True
    return False


def digest_of(file: Path, root: Path) -> str:
    """Return the digest of a kept pack that can be opened.

    Raises:
        IndexFileError: It is damaged, or another version of dimchat wrote it.
        OSError: It cannot be read.
    """
    return _read(file, root)[0]


def _read(file: Path, root: Path) -> tuple[str, bytes]:
    from dimchat.index import prebuilt  # noqa: PLC0415 - as above

    data = disk.read(file, MOST)
    if data is None:
        raise IndexFileError(f"{file} is larger than any index.")
    return prebuilt.check_whole(data, root), data


def main() -> int:
    """Write a kept pack into a descriptor, and print its digest."""
    try:
        digest, data = _read(Path(sys.argv[2]), Path())
        with open(int(sys.argv[1]), "wb", closefd=False) as file:
            file.write(data)
    except (IndexFileError, OSError):
        return FAILED
    os.write(1, digest.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
