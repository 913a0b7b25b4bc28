"""What `dimchat watch` takes to show an edit: `python benchmarks/watching.py [--sizes 200 2000]`.

Packs are made up as in `growth.py`, with answers, cases and a calibration. The command runs as a curator runs it; an
edit counts from the moment when its file is written until the line that says what it moved. It ends with 1 where an
edit takes longer than it may.
"""

from __future__ import annotations

import argparse
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from growth import made_up

from dimchat.files.yaml.write import dumped

PHRASES, CASES = 8, 3
"""For each intent; phrases that are learnt, and questions that are cases."""
STEMS = 20
"""Files of intents."""
AIMS = {200: (1.0, 3.0), 2000: (3.0, 15.0)}
"""Seconds for an answer and for a phrase, by intents."""
SHOWN = " asked, "
"""Stands in the line that ends what an edit is shown with."""


def write(root: Path, n_intents: int) -> None:
    """Write a pack of made-up words."""
    phrases, _, _ = made_up(n_intents, PHRASES + CASES, 0)
    stems = [f"part{number:02}" for number in range(STEMS)]
    topics = []
    for number, stem in enumerate(stems):
        intents, answers, cases = [], [], []
        for one in range(number, n_intents, STEMS):
            own = phrases[one * (PHRASES + CASES) : (one + 1) * (PHRASES + CASES)]
            name = f"t{one}.overview"
            topics.append({"id": f"t{one}", "kind": "subject", "names": [f"topic {one}"]})
            intents.append({"id": name, "title": own[0].capitalize(), "phrases": own[:PHRASES]})
            answers.append(
                {"id": name, "short": f"Answer {one}.", "text": f"The answer to question {one} stands here."}
            )
            cases.append({"intent": name, "ask": own[PHRASES:]})
        for folder, data in (("intents", intents), ("answers", answers), ("tests/cases", cases)):
            file = root / folder / f"{stem}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dumped(data), encoding="utf-8")
    head = {"format": "2", "name": root.name, "title": "Made up", "version": "1", "language": "en", "profile": "faq"}
    (root / "pack.yaml").write_text(dumped({**head, "categories": {stem: stem for stem in stems}}), encoding="utf-8")
    aspects = [{"id": "overview", "title": "overview", "cues": ["overview"]}]
    (root / "intents/vocabulary.yaml").write_text(dumped({"topics": topics, "aspects": aspects}), encoding="utf-8")


class Watch:
    """The command at work."""

    def __init__(self, root: Path, cache: Path) -> None:
        """Start it, and wait until it has shown what it watches."""
        self.root = root
        self._lines: queue.Queue[str] = queue.Queue()
        program = Path(sys.executable).with_name("dimchat")
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [program, "watch", "--pack", root],
            env={**os.environ, "DIMCHAT_CACHE": str(cache)},
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()
        self.until("Ctrl+C")

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._lines.put(line)

    def until(self, part: str, patience: float = 600) -> None:
        """Wait for a line that holds a text."""
        end = time.monotonic() + patience
        while part not in self._lines.get(timeout=end - time.monotonic()):
            pass

    def worked(self) -> float:
        """Return the processor time that it took so far; 0 where the system does not tell."""
        try:
            numbers = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    def edited(self, name: str, old: str, new: str) -> tuple[float, float]:
        """Edit a file, and return the seconds until what that moved was shown, and the processor time till then."""
        file = self.root / name
        text = file.read_text(encoding="utf-8")
        if old not in text:
            raise ValueError(f"{name} holds no {old!r}")
        begun, worked = time.monotonic(), self.worked()
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        self.until(SHOWN)
        return time.monotonic() - begun, self.worked() - worked

    def end(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


def main() -> int:
    """Measure and print; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(AIMS), metavar="N", help="Intents of the packs.")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    missed = False
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder, f"made{size}")
            write(root, size)
            watch = Watch(root, Path(folder, "cache"))
            try:
                took = {
                    "an answer": [
                        watch.edited("answers/part00.yaml", "stands here", f"stands here {number} times")
                        for number in range(options.rounds)
                    ],
                    "a phrase": [
                        watch.edited("intents/part00.yaml", "\n    - ", f"\n    - word{number} and ")
                        for number in range(options.rounds)
                    ],
                }
            finally:
                watch.end()
        for (what, seconds), aim in zip(took.items(), AIMS.get(size, (float("inf"),) * 2), strict=True):
            clock, worked = zip(*seconds, strict=True)
            missed |= max(clock) > aim
            told = [", ".join(f"{one:.2f}" for one in some) for some in (clock, worked)]
            print(f"{size} intents, {what:<10} {told[0]} s, of the processor {told[1]} s   at most {aim:g}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
