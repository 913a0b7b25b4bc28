"""Scores the blind set: `python benchmarks/blind.py [--seed N] [--reveal]`.

Prints totals by group, for the questions as written and for a misspelt copy of each. A question that
happens to be a learnt line, word for word, judges nothing: it is counted and left out. Single questions
are never printed, unless `--reveal`, which retires the set: once read, it can no longer say how the pack does
with people who have never seen it.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dimchat.match import normalise
from dimchat.model import Context
from dimchat.pack import find_pack
from dimchat.regress import differences, load_items
from dimchat.store import open_assistant

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant
    from dimchat.model import Reply
    from dimchat.regress import Item

Result = Literal["right", "offered", "wrong", "silent"]
RESULTS: tuple[Result, ...] = ("right", "offered", "wrong", "silent")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST = 3
SHARE = 0.15
"""The share of words of three letters or more that get one edit, as in the public typo sets."""


def neighbours(letter: str) -> str:
    """Return the letters beside and above or below this one on a keyboard."""
    for row, keys in enumerate(ROWS):
        at = keys.find(letter)
        if at >= 0:
            near = [keys[i] for i in (at - 1, at + 1) if 0 <= i < len(keys)]
            near += [ROWS[r][at] for r in (row - 1, row + 1) if 0 <= r < len(ROWS) and at < len(ROWS[r])]
            return "".join(near)
    return letter


def misspelt(text: str, seed: int) -> str:
    """Return the text with some words misspelt; the same text and seed give the same copy."""
    rng = random.Random(f"{seed}:{text}")  # noqa: S311 - a reproducible copy, no secret
    return " ".join(edited(word, rng) if rng.random() < SHARE else word for word in text.split(" "))


def edited(word: str, rng: random.Random) -> str:
    """Return the word with one substitution, insertion, deletion or transposition on neighbouring keys."""
    if sum(letter.isalpha() for letter in word) < SHORTEST:
        return word
    at = rng.randrange(len(word))
    near = rng.choice(neighbours(word[at].lower()))
    match rng.randrange(4):
        case 0:
            return word[:at] + near + word[at + 1 :]
        case 1:
            return word[:at] + near + word[at:]
        case 2:
            return word[:at] + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def judge(item: Item, reply: Reply) -> Result:
    """Return what the reply was worth."""
    if not list(differences(item.expect, reply)):
        return "right"
    wanted = {item.expect.intent, *item.expect.also}
    if reply.kind == "clarify":
        return "offered" if wanted & {option.intent for option in reply.options} else "silent"
    return "silent" if reply.kind == "decline" else "wrong"


def score(items: list[Item], assistant: Assistant) -> dict[str, Counter[Result]]:
    """Return the results by group."""
    table: dict[str, Counter[Result]] = defaultdict(Counter)
    for item in items:
        context = Context()
        for text in item.after:
            _, context = assistant.ask(text, context)
        reply, _ = assistant.ask(item.ask, context)
        table[item.group or "none"][judge(item, reply)] += 1
    return table


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0, help="of the misspellings")
    parser.add_argument("--reveal", action="store_true", help="print what was not right, which retires the set")
    options = parser.parse_args()
    root = find_pack(None)
    pack, assistant = open_assistant(None)
    learnt = {normalise(line.text) for one in (*pack.intents, *pack.outside) for line in one.phrases}
    every = load_items((root / "tests" / "blind",), root, pack)
    items = [item for item in every if item.in_conversation or normalise(item.ask) not in learnt]
    print(f"{len(every) - len(items)} of {len(every)} questions are learnt lines and left out")
    copies = [replace(item, ask=misspelt(item.ask, options.seed)) for item in items]
    for name, asked in (("as written", items), (f"misspelt, seed {options.seed}", copies)):
        print(f"{name:<22} {'n':>5} " + " ".join(f"{result:>8}" for result in RESULTS))
        for group, counts in score(asked, assistant).items():
            total = counts.total()
            print(
                f"  {group:<20} {total:>5} " + " ".join(f"{100 * counts[result] / total:>7.1f}%" for result in RESULTS)
            )
    if options.reveal:
        for item in items:
            context = Context()
            for text in item.after:
                _, context = assistant.ask(text, context)
            reply, _ = assistant.ask(item.ask, context)
            if judge(item, reply) != "right":
                print(f"{item.place.file}:{item.place.line}  {item.ask}  ->  {reply.kind} {' '.join(reply.intents)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
