"""Where indexes lie: beside the package where the wheel put one, and in the user's cache."""

from __future__ import annotations

import os
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import dimchat
from dimchat.match import container

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "DIMCHAT_CACHE"
"""The environment variable that names another cache folder."""
SUFFIX = ".index"
KEPT = 4
"""How many indexes the cache holds; older ones go."""
_ABANDONED = 3600
"""After this many seconds a half-written file has no writer any more."""


def candidates(digest: str) -> Iterator[Path]:
    """Yield the files that may hold the index of a pack, best first; they need not exist.

    Args:
        digest: Of the pack.
    """
    package = Path(dimchat.__file__).parent
    yield package / "_index" / f"pack{SUFFIX}"
    cached = cache_file(digest)
    if cached is not None:
        yield cached


def cache_file(digest: str) -> Path | None:
    """Return where the cache keeps the index of a pack, or None where there is no cache."""
    folder = cache_folder()
    if folder is None:
        return None
    return folder / f"{digest[:24]}-{_code()}{SUFFIX}"


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


def keep(file: Path, data: bytes) -> None:
    """Write an index into the cache if that is possible, and let the oldest ones go.

    Args:
        file: What `cache_file` returned.
        data: The index.
    """
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        container.write_file(file, data)
        _tidy(file)


def _tidy(newest: Path) -> None:
    now = time.time()
    aged: list[tuple[float, Path]] = []
    for path in newest.parent.iterdir():
        with suppress(OSError):
            age = now - path.stat().st_mtime
            if path.suffix == SUFFIX and path != newest:
                aged.append((age, path))
            elif path.name.startswith(".") and path.name.endswith(f"{SUFFIX}.tmp") and age > _ABANDONED:
                path.unlink()
    for _, path in sorted(aged)[KEPT - 1 :]:
        with suppress(OSError):
            path.unlink()


def _code() -> str:
    """Return a short name for the state of the code that indexes depend on: a checkout changes without its version."""
    package = Path(dimchat.__file__).parent
    state = 0
    for room in ("match", "pack", "store"):
        with os.scandir(package / room) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".bin")):
                    found = entry.stat()
                    state ^= zlib.crc32(f"{room}/{entry.name} {found.st_size} {found.st_mtime_ns}".encode())
    return f"{state:08x}"
