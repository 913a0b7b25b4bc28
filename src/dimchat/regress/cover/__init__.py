"""What the cases of a pack leave untested."""

from __future__ import annotations

from dimchat.regress.cover.coverage import KINDS, Coverage, Share, Target, coverage_of
from dimchat.regress.cover.pairs import Pair, confusable, with_cases
from dimchat.regress.cover.report import to_data, to_text
from dimchat.regress.cover.seen import Seen, seen_by

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
