"""Looks for a visitor's words wherever they could be left."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

TAG = "zqxvwk"
"""Begins every visitor's marker, and nothing else."""
FORMS = tuple(TAG.encode(coding).rstrip(b"\0") for coding in ("ascii", "utf-16-le", "utf-32-le"))
"""As memory may hold it. No zero at the end: in memory full of zeros that would make the search slow."""


def marker(number: int) -> str:
    """Return the word that only this visitor says."""
    return f"{TAG}{number:05d}"


def memory_of(pid: int) -> list[bytes]:
    """Return the parts of a process's memory that it can write to.

    Raises:
        OSError: It is gone, or this user may not look.
    """
    parts: list[bytes] = []
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            span, rights, *_ = line.split()
            if rights.startswith("rw"):
                start, end = (int(part, 16) for part in span.split("-"))
                with suppress(OSError, OverflowError):  # a region of the kernel's
                    memory.seek(start)
                    parts.append(memory.read(end - start))
    return parts


def in_memory(pid: int) -> bool:
    """Tell whether any visitor's marker is in a process's memory; a process that is gone holds nothing."""
    try:
        # Without zeros all forms are the same bytes, and memory is mostly zeros: a fifth of the time of three searches.
        return any(TAG.encode() in part.translate(None, b"\0") for part in memory_of(pid))
    except (FileNotFoundError, ProcessLookupError):
        return False


class Files:
    """Looks through the files of folders; those that did not change since are not read again."""

    def __init__(self, *folders: Path) -> None:
        """Take the folders."""
        self._folders = folders
        self._known: dict[Path, tuple[int, int]] = {}

    def with_marker(self) -> list[Path]:
        """Return the files that have a marker in their name or in their bytes."""
        found = []
        for file in (each for folder in self._folders for each in folder.rglob("*")):
            try:
                stamp = file.stat().st_mtime_ns, file.stat().st_size
                if TAG in file.name or (
                    file.is_file() and self._known.get(file) != stamp and any(f in file.read_bytes() for f in FORMS)
                ):
                    found.append(file)
                self._known[file] = stamp
            except FileNotFoundError:
                continue
        return found


def resident(pid: int) -> int:
    """Return the kilobytes of a process that are in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def descriptors(pid: int) -> int:
    """Return how many files a process has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def children(pid: int) -> list[int]:
    """Return the processes that a process started, the oldest first."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def does(pid: int, what: str) -> bool:
    """Tell whether a process was started with this among its arguments."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return what.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def alive(pid: int) -> bool:
    """Tell whether a process is there and no zombie."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
