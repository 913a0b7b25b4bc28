"""The places of prebuilt indexes: beside the package, where the wheel has one, and in the user's cache."""

from __future__ import annotations

import os
import time
import zlib
from contextlib import suppress
from fnmatch import fnmatchcase as fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import dimchat
from dimchat.files import disk
from dimchat.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.model import Pack

VARIABLE = "DIMCHAT_CACHE"
"""The environment variable that names another cache folder."""
SUFFIX = ".index"
CALIBRATION = ".calibration"
VECTORS = ".vectors"
KEPT = 4
"""How many indexes the cache holds, and how many calibrations; older ones go."""
_ABANDONED = 3600
"""After this many seconds a half-written file has no writer any more."""
_SHORT = 24
"""How many characters of a digest go into the name of a file."""


def holding(fingerprint: str) -> Iterator[Path]:
    """Yield the files that may hold the index of a pack, best first; they need not exist.

    Args:
        fingerprint: Of the pack.
    """
    yield _prebuilt()
    yield from _named(f"{fingerprint[:_SHORT]}-*-*-{_code()}{SUFFIX}")


def having_learnt(learning_digest: str) -> Iterator[Path]:
    """Yield the files that may have learnt what a pack says, though other things of it have changed since.

    Args:
        learning_digest: Of the pack.
    """
    yield _prebuilt()
    yield from _named(f"*-{learning_digest[:_SHORT]}-*-{_code()}{SUFFIX}")


def having_read(learnt_bytes: str) -> Iterator[Path]:
    """Yield the files that hold a pack with the very same files of what is learnt.

    Args:
        learnt_bytes: Of the pack.
    """
    yield _prebuilt()
    yield from _named(f"*-*-{learnt_bytes[:_SHORT]}-{_code()}{SUFFIX}")


def _prebuilt() -> Path:
    return Path(dimchat.__file__).parent / "_index" / f"pack{SUFFIX}"


def _named(pattern: str) -> list[Path]:
    folder = cache_folder()
    if folder is None:
        return []
    with suppress(OSError), os.scandir(folder) as entries:
        return [folder / entry.name for entry in entries if fnmatch(entry.name, pattern)]
    return []


def cache_folder() -> Path | None:
    """Return the folder of the cache, or None where the system names none."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path  # noqa: PLC0415 - a start from the wheel's index does without

    with suppress(RuntimeError, OSError):
        folder = user_cache_path("dimchat", appauthor=False)
        # Without a home the path stays relative, and a folder named "~" would be made.
        return folder if folder.is_absolute() else None
    return None


def keep(pack: Pack, *data: bytes | memoryview) -> None:
    """Write an index into the cache if that is possible, and let the oldest ones go.

    Args:
        pack: Whose index it is.
        data: The index, or its parts.
    """
    folder = cache_folder()
    if folder is None:
        return
    named = "-".join(one[:_SHORT] for one in (pack.fingerprint, pack.learning_digest, pack.learnt_bytes))
    write(folder / f"{named}-{_code()}{SUFFIX}", *data)


def calibration(found_from: str) -> Path | None:
    """Return the file for a calibration, which need not exist, or None where there is no cache.

    Args:
        found_from: A digest of all that it is found from, but for the code.
    """
    folder = cache_folder()
    return None if folder is None else folder / f"{found_from[:_SHORT]}-{_code()}{CALIBRATION}"


def vectors(encoder: str) -> Path | None:
    """Return the file for the vectors that an encoder made, which need not exist, or None where there is no cache.

    Args:
        encoder: The digest of the encoder.
    """
    folder = cache_folder()
    return None if folder is None else folder / f"{encoder}{VECTORS}"


def write(file: Path, *data: bytes | memoryview) -> None:
    """Write a file of the cache if that is possible, and let the oldest of its kind go.

    Args:
        file: In the cache folder.
        data: What goes into it, one after the other.
    """
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        disk.write(file, *data, durable=False)
        _tidy(file)


def _tidy(newest: Path) -> None:
    now = time.time()
    aged: list[tuple[float, Path]] = []
    for path in newest.parent.iterdir():
        with suppress(OSError):
            age = now - path.stat().st_mtime
            if path.suffix == newest.suffix and path != newest:
                aged.append((age, path))
            elif path.name.startswith(".") and path.name.endswith(disk.SUFFIX) and age > _ABANDONED:
                path.unlink()
    for _, path in sorted(aged)[KEPT - 1 :]:
        with suppress(OSError):
            path.unlink()


def _code() -> str:
    """Return a short name for the state of the code that indexes depend on: a checkout changes without its version."""
    package = Path(dimchat.__file__).parent
    state = 0
    for room in (
        "files",
        "language",
        "match",
        "pack",
        "pack/base",
        *(path.relative_to(package).as_posix() for path in (package / "pack/base").glob("*/intents")),
        *(f"wording/{language}" for language in LANGUAGES),
        "dialogue/interpret",
        "dialogue/understand",
        "index",
    ):
        with os.scandir(package / room) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".bin", ".json", ".yaml")):
                    found = entry.stat()
                    state ^= zlib.crc32(f"{room}/{entry.name} {found.st_size} {found.st_mtime_ns}".encode())
    return f"{state:08x}"
