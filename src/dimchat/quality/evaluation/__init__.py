"""Evaluation: how good a pack is on what it has not learnt."""

from __future__ import annotations

from dimchat.quality.evaluation.cross_validation import (
    Answered,
    Line,
    averages,
    confusions,
    fitted,
    held_out,
    histogram,
    lines_of,
    parts,
    scores,
    sweep,
)
from dimchat.quality.evaluation.evaluate import Blind, Paired, compare, mcnemar, score

__all__ = [
    "Answered",
    "Blind",
    "Line",
    "Paired",
    "averages",
    "compare",
    "confusions",
    "fitted",
    "held_out",
    "histogram",
    "lines_of",
    "mcnemar",
    "parts",
    "score",
    "scores",
    "sweep",
]
