"""What the cases of a pack leave untested."""

from __future__ import annotations

from dimchat.quality.coverage.confusions import Pair, confusable, with_cases
from dimchat.quality.coverage.coverage import KINDS, Coverage, Share, Target, coverage_of
from dimchat.quality.coverage.reached import Seen, seen_by
from dimchat.quality.coverage.report import to_data, to_text

__all__ = [
    "KINDS",
    "Coverage",
    "Pair",
    "Seen",
    "Share",
    "Target",
    "confusable",
    "coverage_of",
    "seen_by",
    "to_data",
    "to_text",
    "with_cases",
]
