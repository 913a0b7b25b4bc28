"""Fit the weights of follow-ups to the conversations of some files, and say how good they are on those left out.

Run `python benchmarks/followups.py FILE...` from a checkout, with files of cases that have turns. It prints the weights
(`dimchat tune` finds those of a pack's own cases), and how often the right intent is first when a file is left out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dimchat.index import open_assistant
from dimchat.pack import find_pack
from dimchat.quality import load_items
from dimchat.quality.followup_weights import NAMES, Turn, fitted, turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


RIDGE = 5.0
"""How strongly the weights are held near those that ship now: what they were found from is among the files."""


def first(found: Sequence[Turn], weights: NDArray[np.float64], *, declines: bool) -> str:
    """Return how often the right one is first."""
    of_kind = [turn for turn in found if turn.declines == declines]
    hits = sum(bool(turn.right[np.argmax(turn.facts @ weights)]) for turn in of_kind)
    return f"{hits}/{len(of_kind)}"


def main() -> None:
    """Print what is left out, and the weights."""
    assistant = open_assistant(None)
    pack = assistant.pack
    files = {file: turns(load_items((Path(file),), find_pack(None), pack), assistant) for file in sys.argv[1:]}
    for out in files if len(files) > 1 else ():
        weights = fitted([turn for file, held in files.items() if file != out for turn in held], RIDGE)
        answers, declines = (first(files[out], weights, declines=d) for d in (False, True))
        print(f"{out}: left out, answers {answers}, declines {declines}", file=sys.stderr)
    for name, weight in zip(NAMES, fitted([turn for held in files.values() for turn in held], RIDGE), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
