"""Runs one visitor's chat or kiosk between the pipes of the server, or describes the pack to it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from dimchat.errors import DimchatError
from dimchat.store import open_assistant

CRASHED = 1
WRONG_INPUT = 2


def main() -> int:
    """Run and return the exit status: 0 when the visitor left, 1 after a fault, 2 when the pack cannot be opened."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pack", type=Path)
    parser.add_argument("--kiosk", action="store_true")
    parser.add_argument("--describe", action="store_true")
    arguments = parser.parse_args()
    if arguments.describe:
        return describe(arguments.pack)
    keep_no_cores()
    from dimchat.web.visitor.chat import make_browser_chat  # noqa: PLC0415 - describing needs no screen

    app = make_browser_chat(lambda: open_assistant(arguments.pack))
    app.run()
    if app.failure is not None:
        return WRONG_INPUT
    return CRASHED if app.return_code is None else app.return_code


def describe(pack_dir: Path | None) -> int:
    """Print the title and the language of the pack as JSON, or on stderr what is wrong with it."""
    try:
        pack, _ = open_assistant(pack_dir)
    except DimchatError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_INPUT
    sys.stdout.write(json.dumps({"title": pack.title, "language": pack.language}))
    return 0


def keep_no_cores() -> None:
    """Let no core file be written: it would hold the visitor's words."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not there on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # nothing is left to tidy up, and a thread that hangs must not keep the process
