"""What an edit costs: processor time of `ask` after an answer was edited, against another checkout.

    python benchmarks/relearn.py --against OTHER/.venv/bin/dimchat [--rounds 5]

Both programs run in turn, each over a copy of the pack that its own checkout has, each with a cache of its own, so that
a machine that is busy now and then is busy for both. Figures are seconds of user and system time, children included.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from dimchat.pack.folder import copy_pack

QUESTION = "what degree do I need"


class Side:
    """One dimchat with a pack and a cache of its own."""

    def __init__(self, program: Path, folder: Path) -> None:
        """Copy the pack of the checkout that the program was installed from, and let it be learnt."""
        self._program = program
        self._pack = folder / "pack"
        checkout = program.absolute().parents[2]
        copy_pack(checkout, self._pack)
        self._environment = {**os.environ, "DIMCHAT_CACHE": str(folder / "cache")}
        self.first = self.run("ask", "--pack", str(self._pack), QUESTION)

    def run(self, *arguments: str) -> float:
        """Run a command and return its processor time."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(  # noqa: S603 - the programs that were named
            [self._program, *arguments], env=self._environment, check=True, stdout=subprocess.DEVNULL
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def edited(self, number: int) -> float:
        """Edit one answer and ask."""
        file = self._pack / "answers" / "pay.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"  text: \|\n    ", rf"\g<0>Edit {number}. ", text, count=1), encoding="utf-8")
        return self.run("ask", "--pack", str(self._pack), QUESTION)

    def unchanged(self) -> float:
        """Ask without an edit."""
        return self.run("ask", "--pack", str(self._pack), QUESTION)


def main() -> int:
    """Measure and print; 0 unless a program fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", type=Path, required=True, help="The other checkout's program.")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    own = Path(sys.executable).with_name("dimchat")
    with tempfile.TemporaryDirectory() as folder:
        here, there = Side(own, Path(folder) / "here"), Side(options.against, Path(folder) / "there")
        print(f"load average {os.getloadavg()[0]:.1f}; seconds of processor time: here, there, ratio")
        told("first ask, everything learnt", [here.first], [there.first])
        edits = [(here.edited(number), there.edited(number)) for number in range(options.rounds)]
        told("ask after an answer was edited", *zip(*edits, strict=True))
        asks = [(here.unchanged(), there.unchanged()) for _ in range(options.rounds)]
        told("ask, nothing edited", *zip(*asks, strict=True))
    return 0


def told(what: str, here: tuple[float, ...] | list[float], there: tuple[float, ...] | list[float]) -> None:
    """Print the medians of two rows of figures, and their ratio."""
    one, other = statistics.median(here), statistics.median(there)
    print(f"{what:<32} {one:7.2f} {other:7.2f} {one / other:6.3f}")


if __name__ == "__main__":
    sys.exit(main())
