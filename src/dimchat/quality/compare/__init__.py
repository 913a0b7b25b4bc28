"""Two states of an answer set compared by what they reply, and the baseline that keeps one of them."""

from __future__ import annotations

from dimchat.quality.compare.baseline import (
    BASELINE,
    Baseline,
    Blessing,
    read_baseline,
    read_head,
    write_baseline,
)
from dimchat.quality.compare.baseline import to_text as baseline_text
from dimchat.quality.compare.causes import Cause
from dimchat.quality.compare.comparison import CLASSES, Change, Comparison, compared
from dimchat.quality.compare.comparison_report import counted, document, to_text, uncalibrated
from dimchat.quality.compare.edits import Edit, described
from dimchat.quality.compare.git_revision import checked_out
from dimchat.quality.compare.snapshot import Opened, Snapshot, opened, snapshot

__all__ = [
    "BASELINE",
    "CLASSES",
    "Baseline",
    "Blessing",
    "Cause",
    "Change",
    "Comparison",
    "Edit",
    "Opened",
    "Snapshot",
    "baseline_text",
    "checked_out",
    "compared",
    "counted",
    "described",
    "document",
    "opened",
    "read_baseline",
    "read_head",
    "snapshot",
    "to_text",
    "uncalibrated",
    "write_baseline",
]
