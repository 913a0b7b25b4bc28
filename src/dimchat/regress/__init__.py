"""Regression testing of an answer set: cases are read, run and reported."""

from __future__ import annotations

from dimchat.regress import remember
from dimchat.regress.cases import CASES_FOLDER, Expectation, Item, inspect_cases, load_items, selected
from dimchat.regress.report import failure_text
from dimchat.regress.runner import Outcome, differences, run_item, run_items, running

__all__ = [
    "CASES_FOLDER",
    "Expectation",
    "Item",
    "Outcome",
    "differences",
    "failure_text",
    "inspect_cases",
    "load_items",
    "remember",
    "run_item",
    "run_items",
    "running",
    "selected",
]
