"""Evaluation: how good a pack is on what it has not learnt."""

from __future__ import annotations

from dimchat.regress.evaluation.blind import Blind, score
from dimchat.regress.evaluation.figures import averages, confusions, histogram, scores, sweep
from dimchat.regress.evaluation.held_out import Answered, Line, fitted, held_out, lines_of, parts
from dimchat.regress.evaluation.paired import Paired, compare, mcnemar

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
