"""Text to ranked intents, with evidence: a library of its own.

`Matcher.fit(phrases, intents)` learns, `matcher.rank(text)` finds, `calibrate` says how sure is sure enough.

Confidences, coverages and shares are from 0 to 1, logarithms natural, scores without a unit, distances between
words in edits. Where a formula has a source, the docstring of what computes it names it; one that says "own" was made
for dimchat. Weights in formulas that name no source were mostly chosen by trial on the validation splits of public data
sets (see docs/benchmarks.md). A saved matcher that cannot be used is an `IndexFileError`; no text that is asked
raises anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.match.matcher import Matcher
from dimchat.match.options import Options
from dimchat.model import Candidate, Vocabulary

if TYPE_CHECKING:
    from dimchat.match.calibration import Bin, calibrate, reliability

__all__ = [
    "Bin",
    "Candidate",
    "Matcher",
    "Options",
    "Vocabulary",
    "calibrate",
    "reliability",
]


def __getattr__(name: str) -> object:
    """Import what only tuning needs when it is first asked for.

    Raises:
        AttributeError: There is nothing of that name.
    """
    if name not in ("Bin", "calibrate", "reliability"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module("dimchat.match.calibration"), name)
