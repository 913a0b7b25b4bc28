"""Limits on a visitor's process: what it may use, and who may look into it.

No message can take the machine from the next visitor, and no word leaves the process that heard it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from typing import Any, Protocol

MEMORY = 256 * 1024 * 1024
"""Bytes of private memory that a visit may add to what was loaded before it."""
PROCESSOR = 30
"""Seconds of processor time that one turn may take."""


class Asks(Protocol):
    """The assistant of a visitor."""

    def ask(self, text: str, context: Any) -> Any:  # noqa: ANN401 - this room knows no replies
        """Return the reply to a message."""

    def explain(self, text: str, context: Any) -> Any:  # noqa: ANN401 - as above
        """Return why a message gets its reply."""


class Limited:
    """The assistant of a visitor, with a budget of processor time for each turn; typing is none."""

    def __init__(self, assistant: Asks, processor: int = PROCESSOR) -> None:
        """Take what answers, and the seconds of processor time that one turn may take."""
        self._assistant = assistant
        self._processor = processor

    def ask(self, text: str, context: Any) -> Any:  # noqa: ANN401 - as above
        """Return the reply to a message."""
        limit_processor(self._processor)
        return self._assistant.ask(text, context)

    def explain(self, text: str, context: Any) -> Any:  # noqa: ANN401 - as above
        """Return why a message gets its reply."""
        limit_processor(self._processor)
        return self._assistant.explain(text, context)

    def near(self, text: str, *language: str) -> Any:  # noqa: ANN401 - as above
        """Return what is near to what is being typed; nothing where the assistant cannot tell."""
        find = getattr(self._assistant, "near", None)
        return find(text, *language) if find is not None else ()


def limit_visit() -> None:
    """Limit this process, which has loaded what it needs, to what one visit may use: its memory, and its first turn."""
    with suppress(ValueError, AttributeError):
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)  # what another process ignores would stay ignored in this one
    limit_memory()
    limit_processor()


def limit_memory(bytes_: int = MEMORY) -> bool:
    """Let this process take so much more private memory and no more, and tell whether the system could be told.

    What is over it raises MemoryError, or RuntimeError where a thread cannot start. Linux counts private memory with
    RLIMIT_DATA (since 4.7), 8 MiB for each thread's stack among it; other systems have nothing that counts only what is
    private, so there is no limit there. A limit that is lower already stays.
    """
    import resource  # noqa: PLC0415 - not there on Windows

    taken = _private()
    if taken is None:
        return False
    before = resource.getrlimit(resource.RLIMIT_DATA)
    most = min([taken + bytes_, *(limit for limit in before if limit != resource.RLIM_INFINITY)])
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        return True
    return False


def limit_processor(seconds: int = PROCESSOR) -> None:
    """End this process once it has used a number of seconds of processor time from now on; call it at each turn.

    The system sends SIGXCPU, which ends a process that does not catch it.
    """
    import resource  # noqa: PLC0415 - as above

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    wanted = int(used.ru_utime + used.ru_stime) + 1 + seconds
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (min(wanted, most) if most != resource.RLIM_INFINITY else wanted, most))


def _private() -> int | None:
    """Return the bytes of data that this process has mapped for itself, None where Linux's /proc does not tell."""
    with suppress(OSError, ValueError, StopIteration):
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - a Path costs an import here
            line = next(line for line in status if line.startswith("VmData:"))
        return int(line.split()[1]) * 1024
    return None


DEAD_SIGNALS = ("SIGINT", "SIGQUIT", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGPIPE", "SIGUSR1", "SIGUSR2")
"""What a terminal or a stranger's key could send; ignored by the parent, and so by every child."""

_SET_PDEATHSIG, _SET_DUMPABLE = 1, 4  # PR_SET_... in linux/prctl.h


def forbid_core_dumps() -> None:
    """Let no core file of this process, or of its children, be written."""
    import resource  # noqa: PLC0415 - not there on Windows

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def forbid_reading() -> bool:
    """Let no other process of the same user read this one's memory, and tell whether that could be had."""
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None, use_errno=True).prctl(_SET_DUMPABLE, 0, 0, 0, 0) == 0)
    return False


def end_with(parent: int) -> None:
    """Let this process end at once when its parent does; only Linux can.

    Args:
        parent: Its number.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before
        os._exit(1)


def deaden_signals() -> None:
    """Ignore what keys of a terminal could send."""
    for name in DEAD_SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
