"""How long a stand is without its screen: python benchmarks/kiosk.py [--times 15].

start over  from the touch to the attract screen of the next visitor, in a process of its own. At most 1.5 s.
crash       from the death of a visitor's process to the same. At most 3 s.
twice       the same where the process that was kept warm died with it, so that another one must be loaded. At most 3 s.

Each is the longest of so many times, after a visit long enough for the next process to be loaded; between two crashes
somebody starts over, for crashes in a row are meant to wait longer each time. Ends with 1 if a bar is missed.
Needs Linux.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.files import python
from dimchat.wording import catalogue_of

sys.path.insert(0, str(Path(__file__).with_name("soak")))

from terminal import Terminal, click
from watch import children

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = catalogue_of("en")

BARS = {"start over": 1.5, "crash": 3.0, "twice": 3.0}


class Stand:
    """A `dimchat kiosk` in a terminal."""

    def __init__(self, folder: Path) -> None:
        """Start it, and wait for its screen."""
        self.terminal = Terminal()
        environment = {**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": str(folder)}
        self.process = self.terminal.start(python.command("dimchat", "kiosk"), environment, folder)
        self.attract()

    def attract(self) -> None:
        """Wait for the attract screen."""
        self.terminal.until(lambda: self.terminal.shows(WORDS("stand.attract.touch")), "the attract screen")

    def begin(self) -> None:
        """Begin a visit that lasts until the next process is loaded: it uses no processor then."""
        self.terminal.send(b"x")
        self.terminal.until(lambda: self.terminal.shows(WORDS("stand.start_over")), "the topics")
        before = -1.0
        while len(children(self.process.pid)) <= 1 or self.spent() != before:
            before = self.spent()
            self.terminal.read(0.3)
            time.sleep(0.3)

    def spent(self) -> float:
        """Return the processor time of the next visitor's process."""
        return float(Path(f"/proc/{children(self.process.pid)[-1]}/stat").read_text().rpartition(")")[2].split()[11])

    def start_over(self) -> None:
        """Touch what ends the visit."""
        place = self.terminal.place(WORDS("stand.start_over"))
        if place is not None:
            self.terminal.send(click(*place))

    def crash(self) -> None:
        """Let the visitor's process die."""
        os.kill(children(self.process.pid)[0], signal.SIGSEGV)

    def crash_twice(self) -> None:
        """Let the warm one die too."""
        for pid in children(self.process.pid):
            os.kill(pid, signal.SIGSEGV)


def longest(stand: Stand, name: str, act: Callable[[], None], times: int) -> float:
    """Return the longest time until the next screen, and print it with the median."""
    measured = []
    for _ in range(times):
        stand.begin()
        wipes, began = stand.terminal.wipes, time.perf_counter()
        act()
        stand.terminal.until(lambda: stand.terminal.wipes > wipes, "the wipe")  # noqa: B023 - it is done with at once
        stand.attract()
        measured.append(time.perf_counter() - began)
        if name != "start over":
            stand.begin()
            stand.start_over()
            stand.terminal.until(lambda: stand.terminal.wipes > wipes + 1, "the wipe")  # noqa: B023 - as above
            stand.attract()
    print(f"{name:10}  {times} times, median {statistics.median(measured):.2f} s, longest {max(measured):.2f} s")
    return max(measured)


def main() -> int:
    """Measure each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=15)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory(prefix="dimchat-kiosk-") as folder:
        stand = Stand(Path(folder))
        acts = {"start over": stand.start_over, "crash": stand.crash, "twice": stand.crash_twice}
        missed = [name for name, act in acts.items() if longest(stand, name, act, times) > BARS[name]]
        stand.process.terminate()
        stand.terminal.until(lambda: stand.process.poll() is not None, "the end")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    for name in missed:
        print(f"{name}: above the bar of {BARS[name]} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
