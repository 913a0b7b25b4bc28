"""Failures as workflow commands of GitHub Actions, which stand beside their line in a pull request.

Their form: docs.github.com, Workflow commands for GitHub Actions, "Setting an error message".
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dimchat.regress.reports.run import Result


def to_annotations(results: Sequence[Result], root: Path, start: Path) -> Iterator[str]:
    """Yield a line for each failure.

    Args:
        results: Of the run.
        root: The folder of the pack, which the places of cases are relative to.
        start: The folder of the checkout, which GitHub's are.
    """
    for outcome, text in results:
        if not outcome.ok:
            place = outcome.item.place
            file = os.path.relpath(root / place.file, start).replace(os.sep, "/")
            yield (
                f"::error file={_property(file)},line={place.line},col={place.column},"
                f"title={_property(outcome.item.ask)}::{_data(text)}"
            )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
