"""Two states of an answer set compared by what they reply, and the baseline that keeps one of them."""

from __future__ import annotations

from dimchat.regress.diff.baseline import (
    BASELINE,
    Baseline,
    Blessing,
    read_head,
    write_baseline,
)
from dimchat.regress.diff.baseline import to_text as baseline_text
from dimchat.regress.diff.changes import CLASSES, Cause, Change
from dimchat.regress.diff.compare import Comparison, compared
from dimchat.regress.diff.moves import Move, described
from dimchat.regress.diff.reading import read_baseline
from dimchat.regress.diff.report import counted, summary, to_data, to_text, uncalibrated
from dimchat.regress.diff.revision import checked_out
from dimchat.regress.diff.snapshot import Opened, Snapshot, opened, snapshot

__all__ = [
    "BASELINE",
    "CLASSES",
    "Baseline",
    "Blessing",
    "Cause",
    "Change",
    "Comparison",
    "Move",
    "Opened",
    "Snapshot",
    "baseline_text",
    "checked_out",
    "compared",
    "counted",
    "described",
    "opened",
    "read_baseline",
    "read_head",
    "snapshot",
    "summary",
    "to_data",
    "to_text",
    "uncalibrated",
    "write_baseline",
]
