"""Scores Spanish questions on a pack's second language: `python benchmarks/spanish.py FILE.yaml [--show] [--visit es]`.

FILE is a list of `say` and `expect`: an id, several of which any is right, `none` where nothing may be answered,
`emergency` or `notice` where safety must speak. Each is asked alone, by default in an English visit: that it is
Spanish has to be told from its words. Prints totals alone; with --show the questions that failed as well, which is for
questions that may be learnt from.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from dimchat.index import open_assistant
from dimchat.model import Context

if TYPE_CHECKING:
    from dimchat.model import Reply

GRADES = ("right", "in three", "declined", "wrong")
_FIRST = 3


def main() -> None:
    """Print the totals."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--visit", choices=("en", "es"), default="en")
    parser.add_argument("--pack", type=Path)
    options = parser.parse_args()
    assistant = open_assistant(options.pack)
    visit = Context(language=None if options.visit == "en" else options.visit)
    counts: Counter[str] = Counter()
    spoken = total = 0
    for file in options.files:
        for question in yaml.safe_load(file.read_text("utf-8")):
            expected = question["expect"] if isinstance(question["expect"], list) else [question["expect"]]
            reply, _ = assistant.ask(question["say"], visit)
            grade = grade_of(reply, expected)
            counts[grade] += 1
            total += 1
            spoken += reply.spoken == "es"
            if options.show and grade != "right":
                print(f"{grade:<9} {question['say']}\n{'':<9} {expected}: {_of(reply)}")
    print(", ".join(f"{name} {counts[name]} ({100 * counts[name] / total:.1f} %)" for name in GRADES), f"of {total}")
    print(f"answered in Spanish: {spoken} of {total}")


def grade_of(reply: Reply, expected: list[str]) -> str:
    """Return how a reply does: what was expected is answered, stands among the first three offers, or neither."""
    if expected == ["none"]:
        return "wrong" if reply.kind == "answer" else "right"
    if expected in (["emergency"], ["notice"]):
        urgent = reply.kind == "safety" and ("safety.emergency" in reply.intents) == (expected == ["emergency"])
        return "right" if urgent else "wrong"
    if not set(expected).isdisjoint(reply.intents):
        return "right"
    if reply.kind in ("answer", "safety"):
        return "wrong"
    return "declined" if set(expected).isdisjoint(_offered(reply)) else "in three"


def _offered(reply: Reply) -> list[str]:
    return [*(one.intent for one in reply.options), *(one.intent for one in reply.suggestions)][:_FIRST]


def _of(reply: Reply) -> str:
    return f"{reply.spoken} {reply.kind} {reply.confidence:.2f} {' '.join((*reply.intents, *_offered(reply)))}"


if __name__ == "__main__":
    main()
