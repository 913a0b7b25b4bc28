"""The way in: `dimchat` and `python -m dimchat`."""

from __future__ import annotations

import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    # A short command makes no garbage worth looking for, and its arrays are too small for threads: both cost
    # more at the start than all of the answering. The chat, which lives long, collects again.
    gc.disable()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    stand_in()
    from dimchat.cli import run  # noqa: PLC0415 - `import dimchat.__main__` stays free of click

    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    # Nothing is left to tidy up, and taking an answer set apart object by object takes as long as an answer.
    os._exit(status)


def stand_in() -> None:
    """Put something in the place of the streams that were closed before the start, as in `dimchat <&-`.

    Input is empty then. What is written to stdout is refused by the system, so that nobody takes for done what
    reached nobody; where it is stderr, nobody can be told.
    """
    for name, mode, access in (("stdin", "r", os.O_RDONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, access), mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - a number


if __name__ == "__main__":
    main()
