"""What a visitor's process may use, so that no message can take the machine from the next visitor."""

from __future__ import annotations

from contextlib import suppress

MEMORY = 256 * 1024 * 1024
"""Bytes of private memory that a visit may add to what was loaded before it."""
PROCESSOR = 30
"""Seconds of processor time that one turn may take."""


def limit_memory(bytes_: int = MEMORY) -> bool:
    """Let this process take so much more private memory and no more, and tell whether the system could be told.

    What is over it raises MemoryError. Linux counts private memory with RLIMIT_DATA (since 4.7); other systems
    have nothing that counts only what is private, so there is no limit there.
    """
    import resource  # noqa: PLC0415 - not there on Windows

    taken = _private()
    if taken is None:
        return False
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (taken + bytes_, taken + bytes_))
        return True
    return False


def limit_processor(seconds: int = PROCESSOR) -> None:
    """End this process once it has used so many seconds of processor time from now on; call it at each turn.

    The system sends SIGXCPU, which ends a process that does not catch it.
    """
    import resource  # noqa: PLC0415 - as above

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, most))


def _private() -> int | None:
    """Return the bytes of data that this process has mapped for itself, None where Linux's /proc does not tell."""
    with suppress(OSError, ValueError, StopIteration):
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - a Path costs an import here
            line = next(line for line in status if line.startswith("VmData:"))
        return int(line.split()[1]) * 1024
    return None
