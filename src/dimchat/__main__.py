"""The way in: `dimchat` and `python -m dimchat`."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command line and leave with its exit status."""
    # A short command makes no garbage worth looking for, and its arrays are too small for threads: both cost
    # more at the start than all of the answering. The chat, which lives long, collects again.
    gc.disable()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed before the start, as in `dimchat <&-`
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for as long as it runs
    from dimchat.cli import run  # noqa: PLC0415 - `import dimchat.__main__` stays free of click

    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    # Nothing is left to tidy up, and taking an answer set apart object by object takes as long as an answer.
    os._exit(status)


if __name__ == "__main__":
    main()
