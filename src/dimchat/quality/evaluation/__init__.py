"""Evaluation: how good a pack is on what it has not learnt."""

from __future__ import annotations

from dimchat.quality.evaluation.evaluate import Blind, Paired, compare, mcnemar, score
from dimchat.quality.evaluation.held_out import Answered, Line, fitted, held_out, lines_of, parts
from dimchat.quality.evaluation.scores import averages, confusions, histogram, scores, sweep

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
