"""What `dimchat tune` costs: `python benchmarks/tune.py [--pack DIR] [--against CHECKOUT --python ITS_PYTHON]`.

A cold tune, one where nothing changed, and one after the edit of a phrase; with a checkout of another state, its cold
tune as well, all in turns, so that whatever else the machine does falls on all alike. What is compared is processor
time, of all threads.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pages

from dimchat.pack import find_pack
from dimchat.pack.folder import copy_pack

RUNS = 3
AIM, AIM_AGAIN = 5, 1.0
COMMAND = ("-m", "dimchat", "tune", "--dry-run", "--pack")


class Run(NamedTuple):
    """One process."""

    processor: float
    """Seconds, of user and system."""
    seconds: float
    """On the clock."""
    peak: float
    """In MB."""


def run(python: str, pack: Path, cache: Path, source: Path | None) -> Run:
    """Tune a pack, write nothing, and return what that took.

    Args:
        python: The interpreter.
        pack: The folder of the pack.
        cache: The folder of the cache.
        source: Where the interpreter finds dimchat; None where it is installed.
    """
    environment = {**os.environ, "DIMCHAT_CACHE": str(cache)}
    if source is not None:
        environment["PYTHONPATH"] = str(source)
    silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    before = os.times().elapsed
    child = os.posix_spawn(python, (python, *COMMAND, str(pack)), environment, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{python} {' '.join(COMMAND)} ended with {os.waitstatus_to_exitcode(status)}")
    peak = usage.ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)
    return Run(usage.ru_utime + usage.ru_stime, os.times().elapsed - before, peak)


def section(runs: int, root: Path | None = None, against: Path | None = None, python: str = sys.executable) -> str:
    """Measure and return the table.

    Args:
        runs: How many of each command.
        root: The folder of the pack; None for the bundled one.
        against: A checkout of another state; None for none.
        python: Its interpreter, with what it needs.
    """
    taken: dict[str, list[Run]] = {}
    with tempfile.TemporaryDirectory() as folder:
        pack, caches = Path(folder, "pack"), Path(folder, "caches")
        copy_pack(find_pack(root), pack)
        vocabulary = max((pack / "intents").glob("*.yaml"), key=lambda file: file.read_text().count("  phrases:\n"))
        for number in range(runs):
            cache = caches / str(number)
            if against is not None:
                run_against = run(python, pack, caches / f"{number} against", against / "src")
                taken.setdefault(f"cold, {against.name}", []).append(run_against)
            taken.setdefault("cold", []).append(run(sys.executable, pack, cache, None))
            taken.setdefault("nothing changed", []).append(run(sys.executable, pack, cache, None))
            text = vocabulary.read_text()
            vocabulary.write_text(text.replace("  phrases:\n", f"  phrases:\n    - another {number} phrase\n", 1))
            taken.setdefault("one phrase changed", []).append(run(sys.executable, pack, cache, None))
            vocabulary.write_text(text)
    rows = [
        (
            name,
            f"{statistics.median(one.processor for one in own):.1f}",
            f"{statistics.median(one.seconds for one in own):.1f}",
            f"{max(one.peak for one in own):.0f}",
        )
        for name, own in taken.items()
    ]
    again = statistics.median(one.processor for one in taken["nothing changed"])
    reached = pages.verdict(reached=again <= AIM_AGAIN)
    told = [f"Where nothing changed {again:.2f} s (aim: at most {AIM_AGAIN:g} s, {reached})."]
    if against is not None:
        pairs = zip(taken[f"cold, {against.name}"], taken["cold"], strict=True)
        ratio = statistics.median(other.processor / own.processor for other, own in pairs)
        told.append(
            f"Median ratio of {runs} pairs in turns: {ratio:.2f} (aim: at least {AIM}, "
            f"{pages.verdict(reached=ratio >= AIM)})."
        )
    return f"{pages.table(('tune', 'processor s', 'clock s', 'peak MB'), rows)}\n\n{' '.join(told)}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, help="of each command")
    parser.add_argument("--pack", type=Path, help="the folder of the pack; the bundled one by default")
    parser.add_argument("--against", type=Path, help="a checkout of another state, whose cold tune is compared")
    parser.add_argument("--python", default=sys.executable, help="an interpreter with what that checkout needs")
    chosen = parser.parse_args()
    print(section(chosen.runs, chosen.pack, chosen.against, chosen.python))


if __name__ == "__main__":
    main()
