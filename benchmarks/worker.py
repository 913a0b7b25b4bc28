"""Measures one peer on one set, in a process of its own: `python worker.py PEER FOLDER TRAIN OUT`.

Started by run.py, with the Python of the peers or with dimchat's own.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import data
from peers import PEERS

if TYPE_CHECKING:
    from peers import Guess

LONGEST = 60.0
"""Where a peer can answer many at once, single questions are timed for about so many seconds."""


def peak() -> float:
    """Return the most memory that this process had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Unlike what getrusage says, this does not begin with the parent's.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 / (1024 if sys.platform == "darwin" else 1)


def version(package: str) -> str | None:
    """Return the version of a distribution, or None where it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def measure(name: str, cls: str, folder: Path, train: Path) -> dict[str, Any]:
    """Fit a peer and ask it every question of a set.

    Learning and answering are timed by the processor, all threads together: a peer that has to wait while others use
    the machine is none the slower for it.

    Args:
        name: Of the peer.
        cls: The class in its module.
        folder: Of the set.
        train: The file that it learns.
    """
    before = time.perf_counter()
    module = importlib.import_module(f"peers.{PEERS[name].module}")
    imported = time.perf_counter() - before
    matcher = getattr(module, cls)()
    matcher.language = data.language(folder)
    lines = data.read(train)
    before = time.process_time()
    matcher.fit([line.text for line in lines], [line.intent for line in lines])
    fitted = time.process_time() - before
    together = getattr(matcher, "ask_all", None)
    guesses: dict[str, list[Guess]] = {}
    times: list[float] = []
    for split in data.questions(folder):
        texts = [line.text for line in data.read(folder / f"{split}.jsonl")]
        own: list[Guess] = []
        for text in texts:
            if together is not None and (split != data.CLEAN or sum(times) > LONGEST):
                break
            before = time.process_time()
            own.append(matcher.ask(text))
            if split == data.CLEAN:
                times.append(time.process_time() - before)
        rest = texts[len(own) :]
        guesses[split] = own + together(rest) if together is not None and rest else own
    return {
        "import": imported,
        "fit": fitted,
        "times": times,
        "peak": peak(),
        "guesses": guesses,
        "python": sys.version.split()[0],
        "versions": {package: version(package) for package in PEERS[name].packages},
    }


def main() -> None:
    """Measure and write the result."""
    name, cls, folder, train, out = sys.argv[1:]
    Path(out).write_text(json.dumps(measure(name, cls, Path(folder), Path(train))), encoding="utf-8")


if __name__ == "__main__":
    main()
