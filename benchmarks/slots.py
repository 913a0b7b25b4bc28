"""Measure what slots and tables cost: a question that names nothing, and opening a pack with many rows.

Run `python benchmarks/slots.py` from a checkout. Both sides are measured in turns in one run, and processor time is
compared: a question without a name in it against the same pack without slots, and an index with 50 tables of 200 rows
against the same without. It ends with 1 where one misses its bar.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.dialogue import Assistant
from dimchat.index import prebuilt
from dimchat.pack import find_pack
from dimchat.quality import load_items
from dimchat.tables import Column, Slot, SlotValue, Table, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.model import Pack

QUESTIONS, ROUNDS = 200, 40
MOST_QUESTION, MOST_OPENING = 1.02, 1.3
TABLES, ROWS, CELLS = 50, 200, 6


def slot() -> Slot:
    """Return the slot of the pack, or one as large as that of the states where it has none."""
    names = [f"Place{first}{second}" for first in "abcdefghijklmnopq" for second in ("land", "ville", "burg")]
    values = (SlotValue(f"P{at}", (name, f"P{at}X"), (f"town{at}", f"city {at}")) for at, name in enumerate(names))
    return Slot("place", "place", tuple(values))


def with_slots(pack: Pack, slots: tuple[Slot, ...]) -> Pack:
    """Return a pack with other slots; nothing that is learnt changes, so that both sides rank alike."""
    return replace(pack, vocabulary=pack.vocabulary._replace(slots=slots))


def with_tables(pack: Pack) -> Pack:
    """Return a pack with many tables."""
    names = ["key", *(f"c{at}" for at in range(CELLS))]
    columns = tuple(Column(name, "number" if at else "text") for at, name in enumerate(names))
    rows = joined([f"r{at}", *(str(at * cell + 12345) for cell in range(CELLS))] for at in range(ROWS))
    made = (Table(f"t{at}", "T", "s", None, "2025", ("key",), columns, rows) for at in range(TABLES))
    return replace(pack, tables=tuple(made))


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that some work takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def ratio(name: str, plain: Callable[[], object], other: Callable[[], object], most: float) -> bool:
    """Print how much longer one thing takes than another, and tell whether that is within its bar."""
    plain(), other()
    rounds = [(seconds(plain), seconds(other)) for _ in range(ROUNDS)]
    # What else the machine does only ever adds to a time: the least is nearest to what it costs.
    first, second = (min(times) for times in zip(*rounds, strict=True))
    print(f"{name}: {second / first:.3f} times (bar {most}), {first * 1000:.1f} ms without")
    return bool(second <= first * most)


def main() -> int:
    """Print both ratios."""
    root = find_pack(None)
    pack, matcher = prebuilt.open_pack(root)
    asked = [item.ask for item in load_items((), root, pack) if not item.in_conversation][:QUESTIONS]
    slots = pack.vocabulary.slots or (slot(),)
    words = matcher.with_meaning(None)  # meaning takes the same on both sides, and would hide what slots cost
    sides = [Assistant(with_slots(pack, own), words) for own in ((), slots)]
    found = sides[1]._analyser.slots.find  # noqa: SLF001 - the questions that name nothing are what is measured
    reading = {answer.id for answer in pack.answers if answer.table}  # which a pack without slots cannot tell
    asked = [text for text in asked if not found(text) and reading.isdisjoint(sides[1].ask(text)[0].intents)]
    held = [prebuilt.to_bytes(own, matcher) for own in (replace(pack, tables=()), with_tables(pack))]
    fine = [
        ratio(
            f"{len(asked)} questions that name nothing",
            lambda: [sides[0].ask(text) for text in asked],
            lambda: [sides[1].ask(text) for text in asked],
            MOST_QUESTION,
        ),
        ratio(
            f"opening an index with {TABLES} tables of {ROWS} rows",
            lambda: prebuilt.from_bytes(held[0], pack.fingerprint, Path(root)),
            lambda: prebuilt.from_bytes(held[1], pack.fingerprint, Path(root)),
            MOST_OPENING,
        ),
    ]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
