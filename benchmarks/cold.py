"""A question to a cold process, against what importing the libraries costs: `python benchmarks/cold.py`.

Both commands are run in turns, so that whatever else the machine does falls on both alike.
"""

from __future__ import annotations

import argparse
import os
import shlex
import statistics
import sys
import time
from typing import NamedTuple

import pages

RUNS = 31
ASK = ("-m", "dimchat", "ask", "what degree do I need")
IMPORTS = ("-c", "import numpy, rapidfuzz, yaml, click")
AIM, AIM_PEAK = 1.5, 120


class Run(NamedTuple):
    """One process."""

    seconds: float
    peak: float
    """In MB."""


def run(arguments: tuple[str, ...]) -> Run:
    """Start Python, wait for it, and return what it took.

    Args:
        arguments: What Python is given.
    """
    # Not subprocess: wait4 tells the peak of this very child, and nothing runs in between.
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    before = time.perf_counter()
    child = os.posix_spawn(sys.executable, (sys.executable, "-P", *arguments), os.environ, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - before
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}")
    return Run(seconds, usage.ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1))


def section(runs: int = RUNS) -> str:
    """Measure and return the table.

    Args:
        runs: How many of each command.
    """
    for arguments in (ASK, IMPORTS):
        run(arguments)  # the first builds the index where there is none
    pairs = [(run(ASK), run(IMPORTS)) for _ in range(runs)]
    ratio = statistics.median(ask.seconds / imports.seconds for ask, imports in pairs)
    peak = max(ask.peak for ask, _ in pairs)
    rows = [
        (
            f"`python {shlex.join(arguments)}`",
            f"{statistics.median(one.seconds for one in own) * 1000:.0f}",
            f"{max(one.peak for one in own):.0f}",
        )
        for arguments, own in zip((ASK, IMPORTS), zip(*pairs, strict=True), strict=True)
    ]
    return (
        f"{pages.table(('command', 'median ms', 'peak MB'), rows)}\n\n"
        f"Median ratio of {runs} pairs in turns: {ratio:.2f} (aim: at most {AIM}, "
        f"{pages.verdict(reached=ratio <= AIM)}); at most {AIM_PEAK} MB {pages.verdict(reached=peak <= AIM_PEAK)}."
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, help="of each command")
    print(section(parser.parse_args().runs))


if __name__ == "__main__":
    main()
