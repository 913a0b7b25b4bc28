"""Regression testing of an answer set: cases are read, run and reported.

Names are imported when they are first asked for: pytest imports the plugin in this room at every start, in projects
that have no pack as well.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dimchat.quality.cases import CASES_FOLDER, Expectation, Item, inspect_cases, load_items, selected
    from dimchat.quality.near_duplicates import inspect_phrases
    from dimchat.quality.report.case_report import failure_text
    from dimchat.quality.runner import (
        Outcome,
        differences,
        failed_to_front,
        load_failed,
        run_item,
        run_items,
        running,
        save_failed,
    )

__all__ = [
    "CASES_FOLDER",
    "Expectation",
    "Item",
    "Outcome",
    "differences",
    "failed_to_front",
    "failure_text",
    "inspect_cases",
    "inspect_phrases",
    "load_failed",
    "load_items",
    "run_item",
    "run_items",
    "running",
    "save_failed",
    "selected",
]

_ROOMS = {
    **dict.fromkeys(("CASES_FOLDER", "Expectation", "Item", "inspect_cases", "load_items", "selected"), "cases"),
    **dict.fromkeys(("Outcome", "differences", "run_item", "run_items", "running"), "runner"),
    **dict.fromkeys(("failed_to_front", "load_failed", "save_failed"), "runner"),
    "failure_text": "report.case_report",
    "inspect_phrases": "near_duplicates",
}


def __getattr__(name: str) -> object:
    """Import what is asked for."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"dimchat.quality.{_ROOMS[name]}"), name)
