"""Scores the blind set: `python benchmarks/blind.py [--seed N] [--reveal]`.

Prints totals by group, for the questions as written and for a misspelt copy of each. A question that
happens to be a learnt line, word for word, judges nothing: it is counted and left out. Single questions
are never printed, unless `--reveal`, which retires the set: once read, it can no longer say how the pack does
with people who have never seen it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from dimchat.index import open_assistant
from dimchat.language.tokens import normalise
from dimchat.pack import find_pack
from dimchat.quality import load_items
from dimchat.quality.grading import GRADES, grade, reply_to
from dimchat.quality.robustness.variants import misspelt

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant
    from dimchat.quality import Item
    from dimchat.quality.grading import Grade

EMERGENCY = "safety.emergency"


def score(items: list[Item], assistant: Assistant) -> dict[str, Counter[Grade]]:
    """Return the results by group."""
    table: dict[str, Counter[Grade]] = defaultdict(Counter)
    for item in items:
        table[item.group or "none"][grade(item, reply_to(item, assistant))] += 1
    return table


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0, help="of the misspellings")
    parser.add_argument("--reveal", action="store_true", help="print what was not right, which retires the set")
    options = parser.parse_args()
    root = find_pack(None)
    assistant = open_assistant(None)
    pack = assistant.pack
    learnt = {normalise(line.text) for one in (*pack.intents, *pack.outside) for line in one.phrases}
    every = load_items((root / "tests" / "blind",), root, pack)
    items = [item for item in every if item.in_conversation or normalise(item.ask) not in learnt]
    print(f"{len(every) - len(items)} of {len(every)} questions are learnt lines and left out")
    # What a conversation takes from questions that need none: the same ones, alone.
    items += [replace(item, after=(), group="full, alone") for item in items if item.group == "full"]
    copies = [replace(item, ask=misspelt(item.ask, options.seed)) for item in items]
    for name, asked in (("as written", items), (f"misspelt, seed {options.seed}", copies)):
        print(f"{name:<22} {'n':>5} " + " ".join(f"{result:>8}" for result in GRADES))
        for group, counts in score(asked, assistant).items():
            total = counts.total()
            print(
                f"  {group:<20} {total:>5} " + " ".join(f"{100 * counts[result] / total:>7.1f}%" for result in GRADES)
            )
        alarms = [item for item in asked if item.expect.intent == EMERGENCY]
        missed = sum(EMERGENCY not in reply_to(item, assistant).intents for item in alarms)
        print(f"  emergencies missed: {missed} of {len(alarms)}")
    if options.reveal:
        for item in items:
            reply = reply_to(item, assistant)
            if grade(item, reply) != "right":
                print(f"{item.place.file}:{item.place.line}  {item.ask}  ->  {reply.kind} {' '.join(reply.intents)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
