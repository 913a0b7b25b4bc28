"""What pytest within pytest needs is imported before.

pytester forgets what was imported within a run: numpy and the C half of yaml do not bear a second import, and the rest
would be paid for in each run.
"""

from __future__ import annotations

import shutil
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[str, str, str], None]

for name in (
    *("dimchat.dialogue", "dimchat.files.disk", "dimchat.pack.load", "dimchat.index.prebuilt"),
    *("dimchat.quality.cases", "dimchat.quality.report.case_report", "dimchat.quality.runner"),
    *("hypothesis", "rapidfuzz.distance", "rapidfuzz.process"),
):
    import_module(name)


@pytest.fixture
def after(toy: Path, tmp_path: Path) -> Path:
    """A copy of the toy pack, to be edited."""
    copy = tmp_path / "after"
    shutil.copytree(toy, copy)
    return copy


@pytest.fixture
def edit(after: Path) -> Edit:
    """Replaces a text that stands once in a file of the copy."""

    def replace(name: str, old: str, new: str) -> None:
        text = (after / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        (after / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace
