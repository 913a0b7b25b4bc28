"""A stand under strain: python benchmarks/soak [--visitors 2000] [--hours 24] [--seed 7].

A real `dimchat kiosk`, parent and processes, on a pseudo-terminal. Visitors type, paste, touch and go away at random,
each with a marker of its own; processes crash and hang, the pack is edited well and badly, the disk is full, clocks
jump, the terminal is resized and lost. Only time is faked: a clock that all processes share is set forward. After each
visitor the markers of all are looked for in the memory of the parent (at each tenth visitor, of every process), in
every file, and in what the terminal holds.

Where --every is above 1, most visitors have a stand-in for their process, which speaks with the parent and shows what
is typed, but has none of dimchat's screens: that is quicker by far.

Ends with 1 where a word was left, a screen was missing for more than 3 seconds, or the parent's memory is not flat.
Needs Linux; without root, the memory of the visitors' processes is not looked through, and the disk is never full.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path

from day import Run
from results import Results
from terminal import Stuck


def main() -> int:
    """Run it, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=2000)
    parser.add_argument("--hours", type=float, default=24.0, help="simulated; the first is for warming up")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--every", type=int, default=1, help="each so many visitors have a real process, the others a stand-in"
    )
    parser.add_argument(
        "--lenient", action="store_true", help="leave times without a screen out of the verdict, on a busy machine"
    )
    arguments = parser.parse_args()
    if sys.platform != "linux":
        parser.error("this looks at processes as Linux shows them")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the disk is let go
    began, load = time.monotonic(), os.getloadavg()[0]
    results = Results(lambda line: print(line, file=sys.stderr, flush=True))
    with tempfile.TemporaryDirectory(prefix="dimchat-soak-") as folder:
        run = Run(
            Path(folder),
            visitors=arguments.visitors,
            hours=arguments.hours,
            seed=arguments.seed,
            every=arguments.every,
            results=results,
        )
        try:
            run.go()
        except Stuck as error:
            results.fault(f"stuck, waiting for {error}")
        finally:
            run.close()
    print(results.report(lenient=arguments.lenient))
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    used = [usage.ru_utime + usage.ru_stime for usage in (own, others)]
    minutes = (time.monotonic() - began) / 60
    print(f"processor time     {used[0]:.0f} s here, {used[1]:.0f} s in the stand")
    print(f"load average       {load:.1f} before, {os.getloadavg()[0]:.1f} after")
    print(f"{arguments.hours:g} simulated hours, seed {arguments.seed}, in {minutes:.1f} minutes")
    return 0 if results.good(lenient=arguments.lenient) else 1


if __name__ == "__main__":
    sys.exit(main())
