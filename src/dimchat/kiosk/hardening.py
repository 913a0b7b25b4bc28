"""What keeps a visitor's words inside the process that heard them."""

from __future__ import annotations

import ctypes
import signal
import sys
from contextlib import suppress

DEAD_SIGNALS = ("SIGINT", "SIGQUIT", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGPIPE", "SIGUSR1", "SIGUSR2")
"""What a terminal or a stranger's key could send; ignored by the parent, and so by every child."""

_SET_DUMPABLE = 4  # PR_SET_DUMPABLE in linux/prctl.h


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


def deaden_signals() -> None:
    """Ignore what keys of a terminal could send."""
    for name in DEAD_SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
