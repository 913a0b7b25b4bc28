"""Coverage: the parts of a pack that its cases do not test."""

from __future__ import annotations

from dimchat.quality.coverage.confusions import Pair, confusable, with_cases
from dimchat.quality.coverage.coverage_report import document
from dimchat.quality.coverage.reached import KINDS, Coverage, Seen, Share, Target, coverage_of, seen_by

__all__ = [
    "KINDS",
    "Coverage",
    "Pair",
    "Seen",
    "Share",
    "Target",
    "confusable",
    "coverage_of",
    "document",
    "seen_by",
    "with_cases",
]
