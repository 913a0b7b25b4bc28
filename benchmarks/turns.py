"""What a reply costs, measured in rankings: with context, and alone, on the conversations of the cases.

Run `python benchmarks/turns.py` from a checkout. A reply ranks its message once or twice; everything else the
dialogue does should cost less than that. A ranking is timed twice: bare, and with the words of every candidate read,
which a matcher works out on demand and a reply needs. Rounds alternate, and the least of each is taken: a busy
machine shifts all of them.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.index import open_assistant, open_pack
from dimchat.model import Context
from dimchat.pack import find_pack
from dimchat.quality import load_items

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 7
MOST = 2.5
"""What a reply with context may cost."""


def least(jobs: Sequence[Callable[[], object]]) -> list[float]:
    """Return the least time of each job in seconds, over alternating rounds."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, taken in zip(jobs, times, strict=True):
            start = time.perf_counter()
            job()
            taken.append(time.perf_counter() - start)
    return [min(taken) for taken in times]


def main() -> None:
    """Print the ratios."""
    root = find_pack(None)
    assistant = open_assistant(None)
    pack = assistant.pack
    _, matcher = open_pack()
    turns = []
    for item in load_items((Path(root, "tests/cases/conversations.yaml"),), root, pack):
        context = Context()
        for text in item.after:
            _, context = assistant.ask(text, context)
        turns.append((item.ask, context))
    within, alone, ranked, bare = least(
        (
            lambda: [assistant.ask(text, context) for text, context in turns],
            lambda: [assistant.ask(text) for text, _ in turns],
            lambda: [found.words for text, _ in turns for found in matcher.rank(text, 12)],
            lambda: [matcher.rank(text, 12) for text, _ in turns],
        )
    )
    print(f"{len(turns)} turns; a ranking that is read takes {1000 * ranked / len(turns):.2f} ms")
    print(f"a bare ranking       {bare / ranked:.2f} of it")
    print(f"a reply alone        {alone / ranked:.2f} rankings that are read, {alone / bare:.2f} bare ones")
    print(f"a reply with context {within / ranked:.2f} rankings that are read, {within / bare:.2f} bare ones")
    print(f"at most              {MOST}")


if __name__ == "__main__":
    main()
