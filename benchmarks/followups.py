"""Find the weights of follow-ups: those that make the right intents of known conversations most likely.

Run `python benchmarks/followups.py FILE...` from a checkout, with files of cases that have turns. It prints the
weights, and how often the right intent is first when a file is left out. The conversations are held with the program
as it is, so a second run after the weights were changed may move them a little more.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.dialogue.interpret.followup import WEIGHTS
from dimchat.index import open_assistant
from dimchat.model import OUTSIDE, Context
from dimchat.pack import find_pack
from dimchat.quality import load_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dimchat.dialogue import Assistant

RIDGE = 1.0
"""How strongly the weights are held near nothing."""
ROUNDS = 40
DECLINES = 0.35
"""What all turns that want a decline count together, in parts of those that want an answer."""
NAMES = tuple(WEIGHTS)


class Lesson(NamedTuple):
    """A turn of a conversation."""

    pulls: NDArray[np.float64]
    """Of each intent: intents by names."""
    right: NDArray[np.bool_]
    declines: bool


def lessons(file: Path, assistant: Assistant) -> list[Lesson]:
    """Return the turns of a file that want an answer or a decline."""
    found = []
    learnt = {phrase.text.casefold().rstrip("?") for group in assistant.pack.outside for phrase in group.phrases}
    for item in load_items((file,), find_pack(None), assistant.pack):
        if item.ask.casefold().rstrip("?") in learnt:
            # It is known word for word, which says nothing about how much its words should weigh.
            continue
        context = Context()
        for text in item.after:
            _, context = assistant.ask(text, context)
        wanted = {item.expect.intent, *item.expect.also} - {None}
        declines = item.expect.kind == "decline"
        held = assistant.pulls(item.ask, context)
        if held is None or not (wanted or declines):
            continue
        ids, pulls = held
        matrix = np.zeros((len(ids), len(NAMES)))
        for name, where, much in pulls:
            matrix[where, NAMES.index(name)] += much
        right = np.array([i in wanted or (declines and i.startswith(f"{OUTSIDE}.")) for i in ids])
        if right.any():
            found.append(Lesson(matrix, right, declines))
    return found


def fitted(taught: Sequence[Lesson]) -> NDArray[np.float64]:
    """Return the weights by Newton's method with halved steps."""
    weights = np.zeros(len(NAMES))
    weights[0] = 1.0
    loss, slope, bend = _loss(taught, weights)
    for _ in range(ROUNDS):
        step = np.linalg.solve(bend, slope)
        while True:
            tried = _loss(taught, weights - step)
            if tried[0] <= loss or np.abs(step).max() < 1e-6:  # noqa: PLR2004  as near as it gets
                break
            step /= 2
        weights, (loss, slope, bend) = weights - step, tried
        if np.abs(step).max() < 1e-4:  # noqa: PLR2004
            break
    return weights


def _loss(
    taught: Sequence[Lesson], weights: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    loss, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
    bend = 2 * RIDGE * np.eye(len(weights))
    n_declines = sum(lesson.declines for lesson in taught)
    of_decline = DECLINES * (len(taught) - n_declines) / max(n_declines, 1)
    for pulls, right, declines in taught:
        counts = of_decline if declines else 1.0
        scores = pulls @ weights
        parts = np.exp(scores - scores.max())
        parts /= parts.sum()
        own = parts * right / (parts @ right)
        loss -= counts * float(np.log(parts @ right))
        slope = slope + counts * pulls.T @ (parts - own)
        centred = pulls - parts @ pulls
        # Without the curvature of the right side the loss stays convex, and the step a descent.
        bend = bend + counts * (centred.T * parts) @ centred
    return loss, slope, bend


def first(taught: Sequence[Lesson], weights: NDArray[np.float64], *, declines: bool) -> str:
    """Return how often the right one is first."""
    of_kind = [lesson for lesson in taught if lesson.declines == declines]
    hits = sum(bool(right[np.argmax(pulls @ weights)]) for pulls, right, _ in of_kind)
    return f"{hits}/{len(of_kind)}"


def main() -> None:
    """Print what is left out, and the weights."""
    assistant = open_assistant(None)
    files = {file: lessons(Path(file), assistant) for file in sys.argv[1:]}
    for out in files if len(files) > 1 else ():
        weights = fitted([lesson for file, held in files.items() if file != out for lesson in held])
        answers, declines = (first(files[out], weights, declines=d) for d in (False, True))
        print(f"{out}: left out, answers {answers}, declines {declines}", file=sys.stderr)
    weights = fitted([lesson for held in files.values() for lesson in held])
    for name, weight in zip(NAMES, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
