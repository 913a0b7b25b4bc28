"""What many sets of phrases said about how sure a match is: where a pack's own calibration begins.

How much words and meaning weigh hangs above all on how many phrases an intent has: with one, the nearest phrase by
meaning says most; with ten, what was learnt from all of them does. `scripts/make_prior.py` finds the numbers.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dimchat.match.options import DEFAULT, MEANING

if TYPE_CHECKING:
    from dimchat.match.features import Parameters
    from dimchat.match.options import Options
    from dimchat.model import Calibration

FILE = Path(__file__).with_name("prior.json")


class Prior(NamedTuple):
    """Numbers of a calibration, for packs that have so many lines for each intent."""

    weights: tuple[float, ...]
    """Of `scores.confidence`."""
    meaning: tuple[float, ...]
    """See `options.MEANING`."""
    floors: tuple[float, ...]
    """The floor for words alone, then that for words and meaning: what is asked from outside stays below it."""
    alone: tuple[float, ...]
    """The curve of a matcher that nobody calibrated: its constant, and what `meaning.softened` weighs."""


class Weights(NamedTuple):
    """What the confidences of a matcher are made of."""

    words: tuple[float, ...]
    """Of `scores.confidence`."""
    meaning: tuple[float, ...]
    """See `options.MEANING`, then what `meaning.softened` weighs, if anything; nothing where words alone decide."""


def prior(lines: float) -> Prior:
    """Return where a calibration begins.

    Args:
        lines: How many different lines an intent has, in the mean. Between two numbers that were tried the result lies
            between theirs, by the logarithm; beyond them it is that of the last.

    >>> few, many = prior(1).meaning, prior(10).meaning
    >>> few[2] > many[2], few[1] < many[1]
    (True, True)
    """
    rows = tried()
    counts = list(rows)
    lines = min(max(lines, counts[0]), counts[-1])
    above = next(count for count in counts if count >= lines)
    below = max(count for count in counts if count <= lines)
    part = 0.0 if above == below else math.log(lines / below) / math.log(above / below)
    first, last = rows[below], rows[above]
    return Prior(
        *(
            tuple(round(a + part * (b - a), 4) for a, b in zip(mine, theirs, strict=True))
            for mine, theirs in zip(first, last, strict=True)
        )
    )


def weights(calibration: Calibration | None, learnt: Parameters, options: Options, *, meaning: bool) -> Weights:
    """Return what the confidences of a matcher are made of.

    Args:
        calibration: Its numbers count if there are as many as there must be. Without one those of the prior do, where
            meaning is asked beside the words: words that are said to be surer than they are would not ask it.
        learnt: It says how many lines an intent has.
        options: Of the matcher.
        meaning: Whether it can ask what a text means.
    """
    if calibration is None and meaning:
        lines = np.diff(learnt.first)[~np.asarray(learnt.is_outside, bool)]
        found = prior(float(lines.mean()) if lines.size else 1.0)
        constant, softened = found.alone
        return Weights(found.weights, (*found.meaning[:3], constant, 0.0, 0.0, softened))
    own = calibration.weights if calibration else ()
    weighed = dict(calibration.meaning) if calibration and meaning else {}
    return Weights(
        own if len(own) == len(DEFAULT.coefficients) else options.coefficients,
        tuple(weighed.get(name, 0.0) for name in MEANING) if weighed else (),
    )


@cache
def tried() -> dict[int, Prior]:
    """Return the numbers for each count of lines that was tried."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))["lines"]
    return {int(count): Prior(*(tuple(row[name]) for name in Prior._fields)) for count, row in rows.items()}
