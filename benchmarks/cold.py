"""A question to a cold process, against what importing the libraries costs: `python benchmarks/cold.py`.

With `--against OTHER/.venv/bin/python` several questions are asked of another state of the project as well, whose
environment that is. Commands are run in turns, so that whatever else the machine does falls on all alike, with the
bytecode that an installed program has.
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


QUESTIONS = {
    "how often do I renew the CRA": 1.05,
    "what is the CRA": 1.1,
    "what degree do I need": 1.1,
    "what is the weather in boston": 1.1,
    "pay in Texas": 1.1,
    "salery of a manger": 1.1,
}
"""What is asked of both states of the project, and how many times the time of the other one is allowed; words decide
the first."""


class Run(NamedTuple):
    """One process."""

    seconds: float
    busy: float
    """Seconds of the processor's time."""
    peak: float
    """In MB."""


def run(arguments: tuple[str, ...], python: str = sys.executable) -> Run:
    """Start Python, wait for it, and return what it took.

    Args:
        arguments: What Python is given.
        python: Which one.
    """
    # Not subprocess: wait4 tells the peak of this very child, and nothing runs in between.
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = time.perf_counter()
    child = os.posix_spawn(python, (python, "-P", *arguments), environment, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - before
    # `ask` ends with 1 where there is no answer.
    if os.waitstatus_to_exitcode(status) > 1:
        raise SystemExit(f"{' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}")
    peak = usage.ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak)


def against(other: str, runs: int = RUNS) -> bool:
    """Print what questions cost beside another state of the project, and return whether all keep to their bars.

    Args:
        other: The Python of its environment.
        runs: How many pairs for each question.
    """
    kept = True
    for question, most in QUESTIONS.items():
        arguments = ("-m", "dimchat", "ask", question)
        for python in (sys.executable, other):
            run(arguments, python)
        pairs = [(run(arguments), run(arguments, other)) for _ in range(runs)]
        ratio = statistics.median(own.busy / theirs.busy for own, theirs in pairs)
        wall = statistics.median(own.seconds / theirs.seconds for own, theirs in pairs)
        own, theirs = (statistics.median(one.busy for one in each) * 1000 for each in zip(*pairs, strict=True))
        kept = kept and ratio <= most
        print(f"{question!r}: {own:.0f} / {theirs:.0f} ms busy, {ratio:.3f} (wall {wall:.3f}), at most {most}")
    return kept


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


def main() -> int:
    """Print the table, or the comparison; return 1 where that misses a bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, help="of each command")
    parser.add_argument("--against", help="the Python of another state of the project")
    arguments = parser.parse_args()
    if arguments.against:
        return 0 if against(arguments.against, arguments.runs) else 1
    print(section(arguments.runs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
